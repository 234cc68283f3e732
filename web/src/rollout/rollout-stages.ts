import type { AnalysisMetric, RolloutPolicy } from "../../../src/delivery/policies/rollout-policy.ts";

/** A stretch of a healthy rollout during which the weight stays. */
export interface RolloutStage {
  /** Percentage of the users that the new version answers. */
  readonly weight: number;
  readonly seconds: number;
  /** What is looked at before it goes on. */
  readonly judged: string;
}

/** A healthy rollout as a timeline: every check passes at once. */
export function rolloutStages(policy: RolloutPolicy): readonly RolloutStage[] {
  switch (policy.tool) {
    case "flagger":
      return policy.steps.map(({ weight }) => ({
        weight,
        seconds: policy.intervalSeconds,
        judged: policy.metrics.map(({ name }) => name).join(", ") || "nothing",
      }));
    case "argo-rollouts":
      return policy.stages
        .map(({ weight, holdSeconds, analysis }) => ({
          weight,
          seconds: holdSeconds + Math.max(0, ...analysis.map(analysisSeconds)),
          judged: analysis.map(({ metric }) => metric.name).join(", ") || "nothing",
        }))
        .filter(({ seconds }) => seconds > 0);
    case "kubernetes":
      return policy.batches.map(({ weight, holdSeconds }) => ({ weight, seconds: holdSeconds, judged: "readiness" }));
  }
}

/** From the first measurement to the last. */
function analysisSeconds({ initialDelaySeconds, intervalSeconds = 0, count = 1 }: AnalysisMetric): number {
  return initialDelaySeconds + intervalSeconds * Math.max(0, count - 1);
}
