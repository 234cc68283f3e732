import { furtherFigures } from "../../availability/report-figures.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Assessment } from "../assessment/assessment.ts";
import { downtimeCostFigure } from "../availability/downtime-cost.ts";

/**
 * Every figure of an assessment by its id, nested ones included; the outermost wins where one id stands twice.
 * @param further figures that stand beside the assessment
 */
export function indexFigures(assessment: Assessment, further: readonly Figure[] = []): ReadonlyMap<string, Figure> {
  const figures = new Map<string, Figure>();
  const availability = furtherFigures(assessment.availability);
  const ofFindings = assessment.findings.flatMap(({ monthlyCost, downtimeMinutesPerYear }) =>
    [monthlyCost, downtimeMinutesPerYear].flatMap((figure) => figure ?? []),
  );
  for (const figure of [...headlineFigures(assessment), ...further, ...availability, ...ofFindings]) {
    addFigure(figure, figures);
  }
  return figures;
}

/** What the downtime of each journey costs a month, where the estate says what a minute costs. */
export function downtimeCostFigures(estate: Estate, { availability }: Assessment): readonly Figure[] {
  const journeys = new Map(estate.journeys.map((journey) => [journey.id, journey]));
  return availability.journeys.flatMap((each) => {
    const journey = journeys.get(each.journey);
    return (journey && downtimeCostFigure(each, journey, estate.currency)) ?? [];
  });
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

/** Adds a figure and those that it stands on. */
export function addFigure(figure: Figure, figures: Map<string, Figure>): void {
  if (figures.has(figure.id)) return;
  figures.set(figure.id, figure);
  for (const reason of figure.reasons) if (reason.kind === "figure") addFigure(reason.figure, figures);
}
