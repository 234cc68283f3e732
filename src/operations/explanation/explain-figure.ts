import type { Figure } from "../../estate/figures/figure.ts";
import type { Assessment } from "../assessment/assessment.ts";

/** Every figure of an assessment by its id, nested ones included; the outermost wins where one id stands twice. */
export function indexFigures(assessment: Assessment): ReadonlyMap<string, Figure> {
  const figures = new Map<string, Figure>();
  for (const figure of headlineFigures(assessment)) addFigure(figure, figures);
  return figures;
}

/** The figures at the top of the reports, in reading order. */
export function headlineFigures({ cost, availability, structure }: Assessment): Figure[] {
  return [
    cost.monthly,
    ...availability.journeys.flatMap((journey) => [journey.unavailability, journey.downtimeMinutesPerMonth]),
    ...structure.clusters.flatMap((cluster) => cluster.pools.map((pool) => pool.nodes)),
    ...cost.lines.map((line) => line.monthlyCost),
  ];
}

function addFigure(figure: Figure, figures: Map<string, Figure>): void {
  if (figures.has(figure.id)) return;
  figures.set(figure.id, figure);
  for (const reason of figure.reasons) if (reason.kind === "figure") addFigure(reason.figure, figures);
}
