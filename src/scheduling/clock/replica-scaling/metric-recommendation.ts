/** Pods of a workload by what the autoscaler can say of them. */
export interface PodSamples {
  /** Pods with a value that counts, and the sum of their values. */
  readonly counted: number;
  readonly total: number;
  /** Ready pods without a value. */
  readonly missing: number;
  /** Pods that are pending or not ready, whose value does not count yet. */
  readonly unready: number;
}

/** What a HorizontalPodAutoscaler holds a metric to. */
export type MetricTarget =
  /** Percent of what the pods request; values are usage in the unit of `requestPerPod`. */
  | { readonly kind: "utilization"; readonly percent: number; readonly requestPerPod: number }
  /** A value for each pod, measured pod by pod. */
  | { readonly kind: "podsAverage"; readonly value: number }
  /** A value for each replica, of a metric that is measured as a whole (`External` or `Object` with `AverageValue`). */
  | { readonly kind: "externalAverage"; readonly value: number }
  /** A value that the metric as a whole is to have (`External` or `Object` with `Value`). */
  | { readonly kind: "externalValue"; readonly value: number };

/** A reading of a metric; `total` is undefined when the metric cannot be had. */
export type MetricReading =
  | { readonly target: Extract<MetricTarget, { kind: "utilization" | "podsAverage" }>; readonly samples: PodSamples }
  | {
      readonly target: Extract<MetricTarget, { kind: "externalAverage" | "externalValue" }>;
      readonly total: number | undefined;
      readonly readyPods: number;
    };

/** What kube-controller-manager allows a metric to be off by default. */
const defaultTolerance = 0.1;

/**
 * The replicas that one metric asks for, as the HorizontalPodAutoscaler computes them: ceil(current metric / target x
 * pods), kept as they are inside the tolerance, with pods that have no value filled in so that the change is damped.
 * Undefined when the metric cannot be had. Source: kubernetes pkg/controller/podautoscaler/replica_calculator.go, 1.34.
 */
export function recommendedReplicas(
  reading: MetricReading,
  currentReplicas: number,
  tolerance = defaultTolerance,
): number | undefined {
  if ("samples" in reading) return byPods(reading.target, reading.samples, currentReplicas, tolerance);
  const { target, total, readyPods } = reading;
  if (total === undefined) return undefined;
  switch (target.kind) {
    case "externalAverage": {
      const ratio = total / (target.value * currentReplicas);
      return isWithin(ratio, tolerance) ? currentReplicas : ceiling(total / target.value);
    }
    case "externalValue": {
      const ratio = total / target.value;
      if (currentReplicas === 0) return ceiling(ratio);
      return isWithin(ratio, tolerance) ? currentReplicas : ceiling(ratio * readyPods);
    }
  }
}

/**
 * The replicas that several metrics ask for together: the most of them. When one cannot be had the others may scale up
 * but not down; undefined when none can be had.
 */
export function combinedRecommendation(
  recommendations: readonly (number | undefined)[],
  currentReplicas: number,
): number | undefined {
  const known = recommendations.filter((each) => each !== undefined);
  if (known.length === 0) return undefined;
  const most = Math.max(...known);
  return known.length < recommendations.length ? Math.max(most, currentReplicas) : most;
}

type PodTarget = Extract<MetricTarget, { kind: "utilization" | "podsAverage" }>;

function byPods(target: PodTarget, samples: PodSamples, current: number, tolerance: number): number | undefined {
  const { counted, total, missing, unready } = samples;
  if (counted === 0) return undefined;
  const ratio = usageRatio(target, total, counted);
  const fillsUnready = unready > 0 && ratio > 1;
  if (!fillsUnready && missing === 0) return isWithin(ratio, tolerance) ? current : ceiling(ratio * counted);
  const filledMissing = ratio === 1 ? 0 : missing;
  const pods = counted + filledMissing + (fillsUnready ? unready : 0);
  const filledTotal = ratio < 1 ? total + filledMissing * fallbackValue(target) : total;
  const newRatio = usageRatio(target, filledTotal, pods);
  const flips = (ratio < 1 && newRatio > 1) || (ratio > 1 && newRatio < 1);
  if (isWithin(newRatio, tolerance) || flips) return current;
  const replicas = ceiling(newRatio * pods);
  const contradicts = (newRatio < 1 && replicas > current) || (newRatio > 1 && replicas < current);
  return contradicts ? current : replicas;
}

/** Utilisation is a whole percentage, cut off, before it is compared. */
function usageRatio(target: PodTarget, total: number, pods: number): number {
  if (target.kind === "podsAverage") return total / pods / target.value;
  return Math.trunc((100 * total) / (target.requestPerPod * pods) + rounding) / target.percent;
}

/** What a pod without a value is taken to use when the others use little: all that it requests, or the target. */
function fallbackValue(target: PodTarget): number {
  if (target.kind === "podsAverage") return target.value;
  return (target.requestPerPod * Math.max(100, target.percent)) / 100;
}

function isWithin(ratio: number, tolerance: number): boolean {
  return Math.abs(1 - ratio) <= tolerance + rounding;
}

/** Binary fractions must not push a whole number over the edge. */
const rounding = 1e-9;

function ceiling(value: number): number {
  return Math.ceil(value - rounding);
}
