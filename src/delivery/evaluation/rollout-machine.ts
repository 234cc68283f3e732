import type { MetricOutcome } from "../judging/judged-metric.ts";
import type { Measurement } from "../judging/measurement.ts";

/**
 * How a rollout ends. `paused`: it waits for a person because a verdict is inconclusive; `unfinished`: it goes on beyond
 * the horizon of the evaluation.
 */
export type Ending = "promoted" | "rolledBack" | "paused" | "unfinished";

export const endings: readonly Ending[] = ["promoted", "rolledBack", "paused", "unfinished"];

/** Time spent in a state until something is measured or due, and where that leads. */
interface Stay<State> {
  /** At least 0; time is in whole milliseconds. */
  readonly seconds: number;
  /** Percentage of the users' requests that the new version answers meanwhile. */
  readonly weight: number;
  /** Requests a second that the metrics see meanwhile: live, mirrored and of load tests. */
  readonly judgedPerSecond: number;
  /** What is measured at the end. */
  readonly measurements: readonly Measurement[];
  /** The state after it, by the outcomes in the order of the measurements. */
  readonly arrive: (outcomes: readonly MetricOutcome[]) => State | Ending;
}

/** A rollout controller as a state machine: nothing but outcomes of measurements moves it. */
export interface RolloutMachine<State extends object> {
  readonly start: State;
  /** Equal for states that behave alike from here on. */
  readonly keyOf: (state: State) => string;
  readonly stay: (state: State) => Stay<State>;
  /** True: requests of a measurement are those of a whole window, even where the rollout has just begun. */
  readonly assumesFullWindows: boolean;
}
