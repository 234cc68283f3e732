import type { DisruptionBudget } from "./workload.ts";

/**
 * Pods that may be evicted while all `replicas` are healthy, as the Kubernetes disruption controller counts: both
 * percentages round up. Undefined when the budget's value is neither an integer nor a percentage.
 */
export function allowedDisruptions(budget: DisruptionBudget, replicas: number): number | undefined {
  const { minAvailable, maxUnavailable } = budget;
  if (maxUnavailable !== undefined) {
    const unavailable = scaled(maxUnavailable, replicas);
    return unavailable === undefined ? undefined : Math.min(replicas, unavailable);
  }
  if (minAvailable === undefined) return 0;
  const desired = scaled(minAvailable, replicas);
  return desired === undefined ? undefined : Math.max(0, replicas - desired);
}

/** Integer as it stands, percentage of `replicas` rounded up. */
function scaled(value: number | string, replicas: number): number | undefined {
  if (typeof value === "number") return Number.isInteger(value) && value >= 0 ? value : undefined;
  const percentage = /^(\d+)%$/.exec(value)?.[1];
  return percentage === undefined ? undefined : Math.ceil((Number(percentage) * replicas) / 100);
}
