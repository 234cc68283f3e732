import type { AssumptionRule } from "../estate/assumptions/assumption-rule.ts";
import {
  alignedPlacement,
  plannedDowntimeExcluded,
  spareCapacity,
} from "../estate/assumptions/failure-structure-rules.ts";
import type { Figure, FigureResult, Reason } from "../estate/figures/figure.ts";
import type { Solution } from "./fault-tree/solver.ts";
import type { BasicEvent } from "./from-estate/event-book.ts";
import type { FailureModel } from "./from-estate/failure-model.ts";

/** Minutes of an average month: 365.25 days / 12. */
export const MINUTES_PER_MONTH = 43_830;

const SOURCE = "fault tree analysis: Rauzy 1993, Dutuit and Rauzy 1996";

/** How the tree of a journey was solved, for the formula of its figure. */
export interface SolvedTree {
  readonly events: number;
  readonly diagramNodes: number;
}

/** A basic event as a figure: its unavailability with the facts, assumptions and declared values it stands on. */
export function eventFigure(prefix: string, event: BasicEvent, share: number, of = "the journey's downtime"): Figure {
  const text = `accounts for ${percent(share)} of ${of}`;
  return {
    id: `${prefix}/event/${event.id}`,
    label: event.category === "window" ? `condition: ${event.clause}` : event.label,
    unit: "ratio",
    result: { kind: "exact", value: event.unavailability },
    reasons: [{ kind: "formula", text }, ...event.reasons],
  };
}

/** The share of time that a journey is down. */
export function unavailabilityFigure(
  id: string,
  label: string,
  solution: Solution,
  tree: SolvedTree,
  reasons: readonly Reason[],
  top = "journey down",
): Figure {
  const how =
    solution.kind === "exact"
      ? `P(${top}) over ${tree.events} independent events, exact by binary decision diagram (${tree.diagramNodes} nodes)`
      : `P(${top}) lies within certified bounds: ${solution.method}`;
  return {
    id,
    label,
    unit: "ratio",
    result: resultOf(solution, 1),
    reasons: [{ kind: "formula", text: how, source: SOURCE }, ...reasons],
  };
}

/** The same as minutes of an average month. */
export function downtimeFigure(id: string, label: string, unavailability: Figure, solution: Solution): Figure {
  return {
    id,
    label,
    unit: "minutes/month",
    result: resultOf(solution, MINUTES_PER_MONTH),
    reasons: [
      { kind: "formula", text: "share of time down x 43,830 minutes of an average month" },
      { kind: "figure", figure: unavailability },
    ],
  };
}

/** What every figure of the tree stands on, beside its numbers. */
export function structuralReasons(failures: FailureModel): readonly Reason[] {
  const rules: readonly AssumptionRule<Record<never, never>>[] = [
    alignedPlacement,
    spareCapacity,
    plannedDowntimeExcluded,
  ];
  return rules.map((rule) => failures.assume(rule, "Estate", {}));
}

function resultOf(solution: Solution, factor: number): FigureResult {
  if (solution.kind === "exact") return { kind: "exact", value: solution.probability * factor };
  return {
    kind: "bounds",
    lower: solution.lower * factor,
    upper: solution.upper * factor,
    method: solution.method,
  };
}

/** Two significant figures, for sentences. */
function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
