import { exactFigure, type Figure, likelyValue, type Reason } from "../../estate/figures/figure.ts";
import type { FaultModel } from "../from-estate/fault-model.ts";
import { MINUTES_PER_MONTH } from "../journey-figures.ts";
import type { JourneySolver, TopSolution } from "../solve-journey.ts";
import type { DowntimeParts, PlannedDowntime } from "./planned-report.ts";

const MONTHS_PER_YEAR = 12;
const UNIT = "minutes/month";

/**
 * The downtime by cause. Bad deployments stand apart, since a canary makes them a share of requests rather than of time:
 * their part is what goes when they never happen. Undefined where only bounds are known.
 */
export function downtimeParts(
  { book }: FaultModel,
  solver: JourneySolver,
  solution: TopSolution,
  planned: PlannedDowntime,
  id: string,
): DowntimeParts | undefined {
  if (solution.expected.kind !== "exact") return undefined;
  const deployments = [...solution.expected.birnbaum.keys()].filter(
    (event) => book.event(event)?.category === "deploy",
  );
  const without = solver.given(solution, new Map(deployments.map((event) => [event, 0])));
  if (without.kind !== "exact") return undefined;
  const figure = (name: string, label: string, minutes: number, reasons: readonly Reason[]): Figure =>
    exactFigure(`${id}/parts/${name}`, label, UNIT, minutes, reasons);
  const unplanned = figure(
    "unplanned",
    "downtime by failures, in an average month",
    without.probability * MINUTES_PER_MONTH,
    [{ kind: "formula", text: "P(journey down) without bad deployments x 43,830 minutes of an average month" }],
  );
  const bad = figure(
    "deployments",
    "downtime by bad deployments, weighted by the requests that meet them, in an average month",
    Math.max(0, solution.expected.probability - without.probability) * MINUTES_PER_MONTH,
    [
      {
        kind: "formula",
        text: "(P(journey down) - P(journey down) without bad deployments) x 43,830 minutes of an average month",
      },
      ...deployments.flatMap((event) => book.event(event)?.reasons ?? []),
    ],
  );
  const upgrades = figure(
    "upgrades",
    "downtime by upgrades of node pools, in an average month",
    (likelyValue(planned.addedMinutesPerYear) ?? 0) / MONTHS_PER_YEAR,
    [
      { kind: "formula", text: "minutes a year / 12" },
      { kind: "figure", figure: planned.addedMinutesPerYear },
    ],
  );
  const parts = [unplanned, bad, upgrades];
  const total = parts.reduce((sum, part) => sum + (likelyValue(part) ?? 0), 0);
  return {
    unplanned,
    deployments: bad,
    upgrades,
    total: figure("total", "downtime by failures, bad deployments and upgrades, in an average month", total, [
      { kind: "formula", text: "failures + bad deployments + upgrades" },
      ...parts.map((part): Reason => ({ kind: "figure", figure: part })),
    ]),
  };
}
