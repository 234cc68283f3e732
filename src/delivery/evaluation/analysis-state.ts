import type { MetricOutcome } from "../judging/judged-metric.ts";
import type { AnalysisMetric } from "../policies/rollout-policy.ts";

export type Verdict = "running" | "successful" | "inconclusive" | "error" | "failed";

/** One metric of an analysis run that is under way. */
export interface MetricState {
  /** Milliseconds until the next measurement. */
  readonly due: number;
  /** Measurements without error. */
  readonly count: number;
  readonly failed: number;
  readonly inconclusive: number;
  readonly consecutiveErrors: number;
  readonly consecutiveSuccesses: number;
  readonly verdict: Verdict;
}

/** Argo Rollouts repeats a measurement that could not be evaluated after 10 seconds. */
const errorRetryMilliseconds = 10_000;

export function startMetric({ initialDelaySeconds }: AnalysisMetric): MetricState {
  return {
    due: Math.round(initialDelaySeconds * 1000),
    count: 0,
    failed: 0,
    inconclusive: 0,
    consecutiveErrors: 0,
    consecutiveSuccesses: 0,
    verdict: "running",
  };
}

/** Counts that no limit looks at stay 0, so that states which behave alike are one. */
export function afterMeasurement(metric: AnalysisMetric, before: MetricState, outcome: MetricOutcome): MetricState {
  const { failureLimit, consecutiveSuccessLimit, intervalSeconds, count } = metric;
  const counted = outcome !== "error" && count !== undefined;
  const after = {
    count: before.count + (counted ? 1 : 0),
    failed: before.failed + (outcome === "failed" && failureLimit >= 0 ? 1 : 0),
    inconclusive: before.inconclusive + (outcome === "inconclusive" ? 1 : 0),
    consecutiveErrors: outcome === "error" ? before.consecutiveErrors + 1 : 0,
    consecutiveSuccesses:
      outcome === "success" && consecutiveSuccessLimit !== undefined ? before.consecutiveSuccesses + 1 : 0,
  };
  const interval = intervalSeconds === undefined ? 0 : Math.round(intervalSeconds * 1000);
  const due = outcome === "error" ? errorRetryMilliseconds : interval;
  return { ...after, due, verdict: assess(metric, after) };
}

/** Verdict over one metric (argoproj/argo-rollouts analysis/analysis.go): later rules override earlier ones. */
function assess(metric: AnalysisMetric, state: Omit<MetricState, "due" | "verdict">): Verdict {
  const { failureLimit, inconclusiveLimit, consecutiveErrorLimit, consecutiveSuccessLimit, count } = metric;
  if (state.consecutiveErrors > consecutiveErrorLimit) return "error";
  if (state.inconclusive > inconclusiveLimit) return "inconclusive";
  if (failureLimit >= 0 && state.failed > failureLimit) return "failed";
  if (consecutiveSuccessLimit !== undefined && state.consecutiveSuccesses >= consecutiveSuccessLimit)
    return "successful";
  if (count === undefined || state.count < count) return "running";
  if (consecutiveSuccessLimit === undefined) return "successful";
  return failureLimit >= 0 ? "inconclusive" : "failed";
}

/** Verdict over a run: the worst of its metrics decides at once, success needs all of them. */
export function runVerdict(metrics: readonly MetricState[]): Verdict {
  const order: readonly Verdict[] = ["failed", "error", "inconclusive", "running", "successful"];
  return order.find((verdict) => metrics.some((metric) => metric.verdict === verdict)) ?? "successful";
}
