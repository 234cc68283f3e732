import type { CronWindow } from "./cron-windows.ts";
import type { MetricTarget } from "./metric-recommendation.ts";
import type { ScalingBehavior } from "./scaling-behavior.ts";

/**
 * What an autoscaler looks at. `utilization`: use of the requested CPU; `demand`: arrivals a second over all replicas;
 * `waiting`: units that wait, as a queue's length.
 */
export type ScalingSignal =
  | { readonly signal: "utilization"; readonly percent: number }
  | { readonly signal: "demand" | "waiting"; readonly kind: "average" | "value"; readonly value: number };

/** A HorizontalPodAutoscaler. */
export interface HorizontalPodAutoscalerSettings {
  readonly kind: "HorizontalPodAutoscaler";
  readonly minimum: number;
  readonly maximum: number;
  readonly metrics: readonly ScalingSignal[];
  readonly behavior: ScalingBehavior | undefined;
  readonly tolerance: number;
}

/** What makes a ScaledObject active. */
export type KedaTrigger =
  | { readonly type: "metric"; readonly metric: ScalingSignal; readonly activationThreshold: number }
  | { readonly type: "cron"; readonly windows: readonly CronWindow[]; readonly desiredReplicas: number };

/** A KEDA ScaledObject: polling decides between none and some, the autoscaler that KEDA makes between some and many. */
export interface ScaledObjectSettings {
  readonly kind: "ScaledObject";
  readonly minimum: number;
  readonly maximum: number;
  /** Replicas while no trigger is active, where that is fewer than `minimum`. */
  readonly idle: number | undefined;
  readonly pollingSeconds: number;
  readonly cooldownSeconds: number;
  readonly initialCooldownSeconds: number;
  /** Replicas to have when the metric could not be had so many times in a row. */
  readonly fallback: { readonly failureThreshold: number; readonly replicas: number } | undefined;
  readonly triggers: readonly KedaTrigger[];
  readonly behavior: ScalingBehavior | undefined;
  readonly tolerance: number;
}

type JobStrategy = "default" | "accurate" | "eager";

/** A KEDA ScaledJob: every poll makes jobs for what waits. */
export interface ScaledJobSettings {
  readonly kind: "ScaledJob";
  readonly maximum: number;
  readonly pollingSeconds: number;
  /** Units that one job is to take. */
  readonly targetPerJob: number;
  readonly strategy: JobStrategy;
  /** How long one job runs after it is ready. */
  readonly jobSeconds: number;
}

/** Who decides how many replicas there are. */
export type ScalerSettings =
  | { readonly kind: "Fixed"; readonly replicas: number }
  | HorizontalPodAutoscalerSettings
  | ScaledObjectSettings
  | ScaledJobSettings;

/** The form in which the recommendation wants a signal. */
export function metricTarget(signal: ScalingSignal, requestPerPod: number): MetricTarget {
  if (signal.signal === "utilization") return { kind: "utilization", percent: signal.percent, requestPerPod };
  return { kind: signal.kind === "average" ? "externalAverage" : "externalValue", value: signal.value };
}
