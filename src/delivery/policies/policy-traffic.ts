import { comparisonsOf } from "../judging/condition.ts";
import type { JudgedMetric } from "../judging/judged-metric.ts";
import { type Measurement, signalOf } from "../judging/measurement.ts";
import type { RolloutPolicy } from "./rollout-policy.ts";

/** Error rate that the strictest metric of a policy permits; undefined where none is about errors. */
export function permittedErrorRate({ metrics }: RolloutPolicy): number | undefined {
  const permitted = metrics.flatMap(permittedBy);
  return permitted.length === 0 ? undefined : Math.min(...permitted);
}

function permittedBy({ measure, success, failure }: JudgedMetric): readonly number[] {
  if (measure.of !== "good" && measure.of !== "bad") return [];
  const { of, scale } = measure;
  const limits = [success, failure].flatMap((condition) => (condition === undefined ? [] : comparisonsOf(condition)));
  return limits
    .map(({ limit }) => (of === "good" ? (scale - Number(limit)) / scale : Number(limit) / scale))
    .filter((share) => share > 0 && share < 1)
    .map((share) => Number(share.toPrecision(12)));
}

/** Requests of the check that sees the fewest: of errors, where one looks at these. */
export function smallestCheck(policy: RolloutPolicy, requestsPerSecond: number): number {
  const onErrors = policy.metrics.some((metric) => signalOf(metric) === "errors");
  const sizes = checkSizes(policy, requestsPerSecond)
    .filter(({ metric }) => !onErrors || signalOf(metric) === "errors")
    .map(({ requests }) => requests);
  return sizes.length === 0 ? 0 : Math.min(...sizes);
}

function checkSizes(policy: RolloutPolicy, requestsPerSecond: number): readonly Measurement[] {
  const size = (weight: number, extra: number, metric: JudgedMetric): Measurement => ({
    metric,
    requests: Math.round(((requestsPerSecond * weight) / 100 + extra) * metric.windowSeconds),
  });
  switch (policy.tool) {
    case "flagger":
      return policy.steps.flatMap(({ judgedWeight }) =>
        policy.metrics.map((metric) => size(judgedWeight, policy.loadTestPerSecond, metric)),
      );
    case "argo-rollouts":
      return policy.stages.flatMap(({ weight, analysis }, index) => {
        const { background } = policy;
        const beside = background !== undefined && index >= background.fromStage ? background.analysis : [];
        return [...analysis, ...beside].map(({ metric }) => size(weight, 0, metric));
      });
    case "kubernetes":
      return [];
  }
}
