import type { Reason } from "../../estate/figures/figure.ts";
import type { Bound } from "../bound.ts";
import { type DurationDistribution, type DurationRange, rangeOf, rangeOfSum } from "./distribution.ts";

/** What fails, or what is done: a drain is planned, an operator's error destroys data. */
export type RecoveryScope = "pod" | "node" | "zone" | "region" | "operatorError" | "drain";

export const recoveryScopes: readonly RecoveryScope[] = ["pod", "node", "zone", "region", "operatorError", "drain"];

/** One wait between the failure and serving again. */
interface RecoveryStep {
  readonly label: string;
  readonly seconds: DurationRange;
  readonly reasons: readonly Reason[];
}

/**
 * How a store comes back after one failure. `recovers`: by itself; `byHand`: someone has to act, which is a step;
 * `waits`: only when what failed is back; `lost`: nothing brings it back; `unaffected`: it does not stop.
 */
export interface ScopeTimeline {
  readonly scope: RecoveryScope;
  readonly outcome: "unaffected" | "recovers" | "byHand" | "waits" | "lost" | "unknown";
  /** One sentence: what happens. */
  readonly summary: string;
  readonly steps: readonly RecoveryStep[];
  /** Sum of the steps; undefined where it never serves again, or nobody says when. */
  readonly range: DurationRange | undefined;
  /** Recovery time as a bound: the high end of the sum. */
  readonly rto: Bound;
  /** Span of writes that are lost, in seconds. */
  readonly rpo: Bound;
  /** The change that saves most, with what it saves. */
  readonly lever?: string;
}

export interface PlannedStep {
  readonly label: string;
  readonly duration: DurationDistribution;
  readonly reasons: readonly Reason[];
}

/** What a timeline is made of besides its steps. */
export type TimelineFrame = Pick<ScopeTimeline, "scope" | "outcome" | "summary" | "rpo"> & { readonly lever?: string };

/** Adds up the steps. Only what is unaffected is promised by design; sums of timers are typical. */
export function timelineOf(
  frame: TimelineFrame,
  planned: readonly PlannedStep[],
  strength: "guaranteed" | "design" | "typical" = "typical",
): ScopeTimeline {
  const range = rangeOfSum(planned.map(({ duration }) => duration));
  const steps = planned.map(({ label, duration, reasons }) => ({ label, seconds: rangeOf(duration), reasons }));
  const reasons = planned.flatMap((step) => step.reasons);
  return { ...frame, steps, range, rto: { kind: "within", value: range.high, strength, reasons } };
}

/** A timeline that has no end that could be computed. */
export function endlessTimeline(frame: TimelineFrame, rto: Bound): ScopeTimeline {
  return { ...frame, steps: [], range: undefined, rto };
}
