import type { Bound } from "../bound.ts";
import type { ScopeTimeline } from "./scope-timeline.ts";

/**
 * How a timeline stands to what is declared. `likely`: as a rule, but at worst it takes longer, or nobody promises it;
 * `notEvaluable`: nobody says how long it takes.
 */
export type ObjectiveStanding = "yes" | "likely" | "no" | "notEvaluable";

/** Recovery time against `rtoSeconds`. A time without end is too long for every objective. */
export function outageStanding(
  { range, rto }: Pick<ScopeTimeline, "range" | "rto">,
  askedSeconds: number,
): ObjectiveStanding {
  if (rto.kind === "never") return "no";
  if (range === undefined) return "notEvaluable";
  if (range.high <= askedSeconds) return "yes";
  return range.likely <= askedSeconds ? "likely" : "no";
}

/** Span of lost writes against `rpoSeconds`. What is lost cannot be watched afterwards, so a typical figure is no promise. */
export function lossStanding(rpo: Bound, askedSeconds: number): ObjectiveStanding {
  if (rpo.kind === "unknown") return "notEvaluable";
  if (rpo.kind === "never" || rpo.value > askedSeconds) return "no";
  return rpo.strength === "typical" ? "likely" : "yes";
}
