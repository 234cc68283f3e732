import type { ScaledJobSettings } from "./autoscaler-settings.ts";

/** Jobs of a ScaledJob as they stand at a poll. */
export interface JobCounts {
  /** Jobs that have not finished, those that are pending included. */
  readonly running: number;
  /** Jobs whose pod has not started. */
  readonly pending: number;
}

/**
 * Jobs to make at a poll for a queue of a length: never below zero, never so many that more than the maximum run. Source:
 * kedacore/keda pkg/scaling/executor/scale_jobs.go, August 2026.
 */
export function jobsToCreate(
  { strategy, maximum, targetPerJob }: Pick<ScaledJobSettings, "strategy" | "maximum" | "targetPerJob">,
  queueLength: number,
  { running, pending }: JobCounts,
): number {
  if (!(targetPerJob > 0) || !(queueLength > 0)) return 0;
  const wanted = Math.min(maximum, Math.ceil(queueLength / targetPerJob));
  switch (strategy) {
    case "default":
      return Math.max(0, wanted - running);
    case "accurate":
      return Math.max(0, wanted - pending + running > maximum ? maximum - running : wanted - pending);
    case "eager":
      return Math.max(0, Math.min(maximum - running - pending, wanted));
  }
}
