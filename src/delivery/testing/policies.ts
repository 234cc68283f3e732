import type { Condition } from "../judging/condition.ts";
import type { JudgedMetric } from "../judging/judged-metric.ts";
import type { AnalysisMetric, ArgoPolicy, FlaggerPolicy } from "../policies/rollout-policy.ts";

const place = { precision: "exact", source: "policy.yaml", line: 1, column: 1 } as const;

/** A success rate in percent that must be at least `min`. */
export function successRate(min: string, windowSeconds = 60): JudgedMetric {
  return {
    id: "success-rate",
    name: "success-rate",
    place,
    measure: { of: "good", scale: 100 },
    success: atLeast(min),
    failure: undefined,
    withoutRequests: "nan",
    windowSeconds,
    cadenceSeconds: 60,
  };
}

export function atLeast(limit: string): Condition {
  return { kind: "compare", operator: ">=", limit };
}

export function flaggerCanary(
  weights: readonly number[],
  threshold: number,
  metrics: readonly JudgedMetric[] = [successRate("99")],
): FlaggerPolicy {
  return {
    tool: "flagger",
    strategy: "canary",
    subject: "Canary/web",
    place,
    metrics,
    intervalSeconds: 60,
    threshold,
    steps: weights.map((weight) => ({ weight, judgedWeight: weight })),
    loadTestPerSecond: 0,
  };
}

export function analysisMetric(metric: JudgedMetric, limits: Partial<AnalysisMetric> = {}): AnalysisMetric {
  return {
    metric,
    initialDelaySeconds: 0,
    intervalSeconds: 60,
    count: 3,
    failureLimit: 0,
    inconclusiveLimit: 0,
    consecutiveErrorLimit: 4,
    consecutiveSuccessLimit: undefined,
    ...limits,
  };
}

/** Weights held for a minute each, then judged. */
export function argoCanary(weights: readonly number[], analysis: AnalysisMetric): ArgoPolicy {
  return {
    tool: "argo-rollouts",
    strategy: "canary",
    subject: "Rollout/web",
    place,
    metrics: [analysis.metric],
    stages: weights.map((weight) => ({ weight, holdSeconds: 60, analysis: [analysis] })),
    background: undefined,
  };
}
