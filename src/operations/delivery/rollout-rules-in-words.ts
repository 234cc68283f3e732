import type { JudgedMetric } from "../../delivery/judging/judged-metric.ts";
import type { AnalysisMetric, RolloutPolicy } from "../../delivery/policies/rollout-policy.ts";

/** How a policy decides, a sentence each. */
export function rulesInWords(policy: RolloutPolicy): readonly string[] {
  switch (policy.tool) {
    case "flagger": {
      const { steps, intervalSeconds, threshold, metrics, loadTestPerSecond, strategy } = policy;
      return [
        strategy === "canary"
          ? `Weights ${steps.map(({ weight }) => weight).join(", ")} %, a check every ${seconds(intervalSeconds)}.`
          : `${steps.length} checks, one every ${seconds(intervalSeconds)}.`,
        `Failed checks add up over the whole run and hold the weight; ${threshold} of them roll back, one interval later.`,
        ...metrics.map(metricInWords),
        ...(loadTestPerSecond === 0 ? [] : [`Its load test adds ${loadTestPerSecond} requests/s to what is measured.`]),
      ];
    }
    case "argo-rollouts":
      return [
        `Stages: ${policy.stages
          .filter(({ holdSeconds, analysis }) => holdSeconds > 0 || analysis.length > 0)
          .map(({ weight, holdSeconds, analysis }) =>
            [
              `${weight} %`,
              ...(holdSeconds > 0 ? [`for ${seconds(holdSeconds)}`] : []),
              ...(analysis.length > 0 ? ["then judged"] : []),
            ].join(" "),
          )
          .join("; ")}.`,
        ...new Set(policy.stages.flatMap(({ analysis }) => analysis.map(analysisInWords))),
        ...(policy.background?.analysis ?? []).map((metric) => `In the background: ${analysisInWords(metric)}`),
      ];
    case "kubernetes":
      return [
        policy.strategy === "recreate"
          ? "All pods stop before new ones start."
          : `${policy.batches.length} batches of pods, each held until it is ready.`,
        "Readiness is all that is looked at.",
      ];
  }
}

function analysisInWords({ metric, intervalSeconds, count, failureLimit }: AnalysisMetric): string {
  const often =
    intervalSeconds === undefined
      ? "measured once"
      : `measured ${count === undefined ? "" : `${count} times, `}every ${seconds(intervalSeconds)}`;
  const tolerated =
    failureLimit < 0
      ? "failures do not count"
      : failureLimit === 0
        ? "the first failure aborts"
        : `failure number ${failureLimit + 1} aborts`;
  return `${metricInWords(metric).replace(/\.$/, "")}; ${often}, ${tolerated}.`;
}

function metricInWords({ name, measure, windowSeconds }: JudgedMetric): string {
  const what =
    measure.of === "latency"
      ? `latency of ${Number((100 * measure.quantile).toPrecision(6))} % of the requests`
      : measure.of === "unknown"
        ? "not about requests, taken to pass"
        : `share of ${measure.of} requests`;
  return `${name}: ${what}, over the last ${seconds(windowSeconds)}.`;
}

function seconds(value: number): string {
  return value % 60 === 0 && value >= 60 ? `${value / 60} min` : `${value} s`;
}
