import type { Place } from "../../estate/sources/place.ts";
import type { JudgedMetric } from "../judging/judged-metric.ts";

/** What all policies have. */
interface PolicyBase {
  /** Kind and name, `Canary/shop/web`. */
  readonly subject: string;
  readonly place: Place;
  /** All metrics that decide, in the order written. */
  readonly metrics: readonly JudgedMetric[];
}

/** One weight of a Flagger canary, judged once an interval until it passes. */
export interface FlaggerStep {
  /** Percentage of the users that the new version answers. */
  readonly weight: number;
  /** Percentage of the users' requests that the metrics see; with mirroring, also of those it does not answer. */
  readonly judgedWeight: number;
}

export interface FlaggerPolicy extends PolicyBase {
  readonly tool: "flagger";
  readonly strategy: "canary" | "blueGreen" | "abTest";
  readonly intervalSeconds: number;
  /** Failed checks, counted over the whole run, that roll back. */
  readonly threshold: number;
  readonly steps: readonly FlaggerStep[];
  /** Requests a second of load tests that the policy itself runs. */
  readonly loadTestPerSecond: number;
}

/** A metric of an analysis run with the limits of Argo Rollouts. */
export interface AnalysisMetric {
  readonly metric: JudgedMetric;
  readonly initialDelaySeconds: number;
  /** Undefined: measured once. */
  readonly intervalSeconds: number | undefined;
  /** Undefined: until the rollout ends it. */
  readonly count: number | undefined;
  /** -1 counts no failures. */
  readonly failureLimit: number;
  readonly inconclusiveLimit: number;
  readonly consecutiveErrorLimit: number;
  readonly consecutiveSuccessLimit: number | undefined;
}

/** One step of a Rollout that takes time: a hold, an analysis that it waits for, or both in that order. */
export interface ArgoStage {
  readonly weight: number;
  readonly holdSeconds: number;
  readonly analysis: readonly AnalysisMetric[];
}

export interface ArgoPolicy extends PolicyBase {
  readonly tool: "argo-rollouts";
  readonly strategy: "canary" | "blueGreen";
  readonly stages: readonly ArgoStage[];
  /** Analysis beside the stages, from the stage on that it names. */
  readonly background: { readonly fromStage: number; readonly analysis: readonly AnalysisMetric[] } | undefined;
}

export interface RollingPolicy extends PolicyBase {
  readonly tool: "kubernetes";
  readonly strategy: "rolling" | "recreate";
  /** Shares of new pods among those that serve, each held until the next batch is ready. */
  readonly batches: readonly { readonly weight: number; readonly holdSeconds: number }[];
}

/** How a new version replaces the one before, as a tool's own document says it. */
export type RolloutPolicy = FlaggerPolicy | ArgoPolicy | RollingPolicy;
