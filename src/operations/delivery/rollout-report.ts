import type { MechanismChoice } from "../../delivery/advice/choose-mechanism.ts";
import type { GateQuality } from "../../delivery/advice/gate-quality.ts";
import type { PolicyProposals } from "../../delivery/advice/propose-policies.ts";
import type { RolloutOutcome } from "../../delivery/evaluation/rollout-outcome.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { RunningDouble } from "./running-double.ts";

/** Share of simulated rollouts, with the 99 % interval of Wilson around it. */
export interface SimulatedShare {
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
}

/** One point of a curve: what the policy does to a version with this error rate, or at this traffic. */
export interface RolloutCurvePoint {
  readonly requestsPerSecond: number;
  readonly errorRate: number;
  readonly caught: number;
  /** Of a healthy version at the same traffic. */
  readonly falseRollback: number;
  readonly exposedRequests: number;
  readonly minutes: number;
}

/** What an A/B test of the same two error rates takes at this traffic. */
export interface RolloutExperiment {
  readonly requestsPerArm: number;
  readonly minutesAtEvenSplit: number;
  /** Mean requests of a sequential test until its verdict. */
  readonly sequentialRequestsWhenBad: number;
  readonly sequentialRequestsWhenGood: number;
  /** Chance of a false alarm when somebody looks ten times and stops at the first significant result. */
  readonly falseAlarmWhenPeeking: number;
}

/** One policy at one traffic. */
export interface RolloutRun {
  readonly requestsPerSecond: number;
  readonly healthyErrorRate: number;
  /** Chances caught and rolled back falsely, requests exposed, minutes, budget: each with its reasons. */
  readonly figures: readonly Figure[];
  readonly regression: RolloutOutcome;
  readonly healthy: RolloutOutcome;
  readonly simulation: {
    readonly seed: number;
    readonly runs: number;
    readonly caught: SimulatedShare;
    readonly falseRollback: SimulatedShare;
  };
  readonly gate: GateQuality & {
    /** Requests of the check that sees the fewest. */
    readonly smallestCheck: number;
  };
  readonly choice: MechanismChoice;
  readonly experiment?: RolloutExperiment;
  readonly curve: readonly RolloutCurvePoint[];
  readonly proposals?: PolicyProposals;
}

export interface RolloutPolicyReport {
  readonly subject: string;
  readonly tool: "flagger" | "argo-rollouts" | "kubernetes";
  readonly strategy: "canary" | "blueGreen" | "abTest" | "rolling" | "recreate";
  readonly place: Place;
  /** How the tool decides, in words. */
  readonly rules: readonly string[];
  readonly runs: readonly RolloutRun[];
  /** The regression over traffic, from 1 to 1000 requests a second. */
  readonly trafficCurve: readonly RolloutCurvePoint[];
  /** What blue and green side by side cost, where an estate is given. */
  readonly runningDouble?: readonly RunningDouble[];
}

/** A feature flag: what it exposes, and how long it takes to tell. */
export interface RolloutFlagReport {
  readonly id: string;
  readonly place: Place;
  readonly enabled: boolean;
  /** Of users that are neither listed nor in a group. */
  readonly share: number;
  readonly runs: readonly {
    readonly requestsPerSecond: number;
    readonly exposedRequestsPerMinute: number;
    readonly failedRequestsPerMinute: number;
    /** Until an A/B test of those with and without the flag tells; absent when nobody or everybody has it. */
    readonly minutesToTell?: number;
  }[];
}

/** What `scantling simulate rollout -o json` prints. */
export interface RolloutSimulation {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "RolloutSimulation";
  readonly errorRate: number;
  readonly slowRate: number;
  /** Share of requests that may fail. */
  readonly errorBudget: number;
  readonly bounds: { readonly caught: number; readonly falseRollback: number };
  readonly policies: readonly RolloutPolicyReport[];
  readonly flags: readonly RolloutFlagReport[];
  readonly notEvaluable: readonly string[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}
