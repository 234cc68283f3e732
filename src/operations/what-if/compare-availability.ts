import { type SolvedJourney, solveJourneys } from "../../availability/improvements/solve-journeys.ts";
import { MINUTES_PER_MONTH } from "../../availability/journey-figures.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import { exactFigure, type Figure, notEvaluableFigure, type Reason } from "../../estate/figures/figure.ts";
import type { Journey } from "../../estate/model/application.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Placement } from "../../scheduling/placement.ts";

/** One journey as it is and with the changes; not evaluable where something is missing. */
interface WhatIfJourney {
  readonly journey: string;
  readonly objective: string | undefined;
  /** Minutes down a month. */
  readonly before: Figure;
  readonly after: Figure;
  /** After less before; undefined where one of them is not known. */
  readonly difference: number | undefined;
  /** Undefined without objective, or where it is not known. */
  readonly meets: { readonly before: boolean | undefined; readonly after: boolean | undefined };
}

/** What changes do to availability: journeys that change most first, then those with an objective, by minutes down. */
export interface WhatIfAvailability {
  readonly journeys: readonly WhatIfJourney[];
  /** Cost of downtime a month, of the journeys that say what a minute costs and are known on both sides. */
  readonly cost: { readonly before: Figure; readonly after: Figure };
}

/** Solved journeys by id. */
export type SolvedSide = ReadonlyMap<string, SolvedJourney>;

export function solveSide(estate: Estate, placement: Placement, catalog: Catalog): SolvedSide {
  return new Map(solveJourneys(estate, placement, catalog).map((each) => [each.journey, each]));
}

const root = "what-if/availability";

export function compareAvailability(
  { journeys, currency }: Estate,
  before: SolvedSide,
  after: SolvedSide,
): WhatIfAvailability {
  const compared = journeys.map((journey) => compareJourney(journey, before.get(journey.id), after.get(journey.id)));
  const costOf = (side: "before" | "after", words: string) =>
    costFigure(`${root}/cost/${side}`, words, `${currency}/month`, journeys, compared, side);
  return {
    journeys: compared.toSorted(
      (left, right) =>
        Math.abs(right.difference ?? 0) - Math.abs(left.difference ?? 0) ||
        Number(left.objective === undefined) - Number(right.objective === undefined) ||
        exactValue(right.after) - exactValue(left.after) ||
        (left.journey < right.journey ? -1 : 1),
    ),
    cost: {
      before: costOf("before", "cost of downtime a month as declared"),
      after: costOf("after", "cost of downtime a month with the changes"),
    },
  };
}

function compareJourney(
  journey: Journey,
  before: SolvedJourney | undefined,
  after: SolvedJourney | undefined,
): WhatIfJourney {
  const allowed = journey.objectiveUnavailability;
  const meets = (share: number | undefined) =>
    allowed === undefined || share === undefined ? undefined : share <= allowed;
  const [was, is] = [knownShare(before), knownShare(after)];
  const difference = was === undefined || is === undefined ? undefined : (is - was) * MINUTES_PER_MONTH;
  return {
    journey: journey.id,
    objective: journey.objective,
    before: minutesFigure(journey, "before", "as declared", before),
    after: minutesFigure(journey, "after", "with the changes", after),
    // Two solutions of one tree may differ in the last digits.
    difference: difference !== undefined && Math.abs(difference) < 1e-6 ? 0 : difference,
    meets: { before: meets(was), after: meets(is) },
  };
}

function knownShare(solved: SolvedJourney | undefined): number | undefined {
  return solved?.missing.length === 0 ? solved.unavailability : undefined;
}

function minutesFigure(
  { id: journey }: Journey,
  side: string,
  words: string,
  solved: SolvedJourney | undefined,
): Figure {
  const id = `${root}/${journey}/${side}`;
  const label = `${journey}: minutes down a month, ${words}`;
  const share = knownShare(solved);
  if (share === undefined) {
    const missing = solved === undefined ? ["the journey"] : solved.missing;
    return notEvaluableFigure(id, label, "minutes/month", missing.length > 0 ? missing : ["an exact solution"]);
  }
  return exactFigure(id, label, "minutes/month", share * MINUTES_PER_MONTH, [
    { kind: "formula", text: `share of time down x ${MINUTES_PER_MONTH} minutes of an average month` },
    {
      kind: "figure",
      figure: exactFigure(`${id}/share`, "share of time down, from the fault tree", "ratio", share, []),
    },
  ]);
}

function costFigure(
  id: string,
  label: string,
  unit: string,
  journeys: readonly Journey[],
  compared: readonly WhatIfJourney[],
  side: "before" | "after",
): Figure {
  const costs = journeys.flatMap(({ downtimeCostPerMinute: perMinute, id: journey }) => {
    const each = compared.find((one) => one.journey === journey);
    if (perMinute === undefined || each?.difference === undefined) return [];
    const minutes = each[side];
    const reasons: readonly Reason[] = [
      { kind: "formula", text: "minutes down a month x cost of a minute" },
      { kind: "figure", figure: minutes },
      { kind: "declared", name: "cost of a minute down", value: perMinute, unit: unit.replace("/month", "/minute") },
    ];
    return [
      exactFigure(`${id}/${journey}`, `${journey}: cost of downtime`, unit, exactValue(minutes) * perMinute, reasons),
    ];
  });
  if (costs.length === 0) return notEvaluableFigure(id, label, unit, ["what a minute of downtime of a journey costs"]);
  const value = costs.reduce((sum, figure) => sum + exactValue(figure), 0);
  return exactFigure(id, label, unit, value, [
    { kind: "formula", text: "sum over the journeys that say what a minute down costs" },
    ...costs.map((figure): Reason => ({ kind: "figure", figure })),
  ]);
}

function exactValue({ result }: Figure): number {
  return result.kind === "exact" ? result.value : 0;
}
