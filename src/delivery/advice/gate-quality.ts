import { evaluatePolicy } from "../evaluation/evaluate-policy.ts";
import type { RolloutOutcome } from "../evaluation/rollout-outcome.ts";
import type { JudgedMetric } from "../judging/judged-metric.ts";
import { jointOutcomes, signalOf, type VersionBehaviour } from "../judging/measurement.ts";
import type { RolloutPolicy } from "../policies/rollout-policy.ts";

/** What a gate has to keep to be of use. */
interface GateBounds {
  /** Least chance to catch the regression. */
  readonly caught: number;
  /** Largest chance to roll back a healthy version. */
  readonly falseRollback: number;
}

/**
 * `good`: keeps both bounds; `weak`: misses the regression too often; `noise`: rolls healthy versions back too often;
 * `blind`: catches not even a version that fails every request.
 */
export type GateVerdict = "good" | "weak" | "noise" | "blind";

export interface GateQuality {
  readonly verdict: GateVerdict;
  /** Smallest error rate that is caught as surely as the bound asks; absent where none is. */
  readonly detectableErrorRate?: number;
  /** Requests of one check from which on it alone tells healthy from regressed; absent where its limit does not lie between. */
  readonly requestsNeededPerCheck?: number;
}

export interface GateQuestion {
  readonly requestsPerSecond: number;
  readonly regression: VersionBehaviour;
  readonly healthy: VersionBehaviour;
  readonly bounds: GateBounds;
  readonly seed: number;
  readonly runs: number;
  readonly signal?: AbortSignal;
}

/** A rollout that ends in a rollback, or in front of a person, is caught. */
export function caughtShare({ rolledBack, paused }: RolloutOutcome): number {
  return Math.min(1, rolledBack + paused);
}

/** Whether metrics and traffic are good enough for a policy to judge by. */
export function gateQuality(
  policy: RolloutPolicy,
  question: GateQuestion,
  outcomes: { readonly regression: RolloutOutcome; readonly healthy: RolloutOutcome },
): GateQuality {
  const detectable = detectableErrorRate(policy, question);
  const needed = requestsNeeded(policy.metrics, question);
  const verdict =
    caughtShare(outcomes.healthy) > question.bounds.falseRollback
      ? "noise"
      : detectable === undefined
        ? "blind"
        : caughtShare(outcomes.regression) < question.bounds.caught
          ? "weak"
          : "good";
  return {
    verdict,
    ...(detectable === undefined ? {} : { detectableErrorRate: detectable }),
    ...(needed === undefined ? {} : { requestsNeededPerCheck: needed }),
  };
}

const bisections = 20;
/** Runs of a simulation that one step of the search is worth, where the chain does not give the answer. */
const searchRuns = 300;

/** Caught shares rise with the error rate, so that halving finds the limit. */
function detectableErrorRate(policy: RolloutPolicy, question: GateQuestion): number | undefined {
  const runs = Math.min(question.runs, searchRuns);
  const isCaught = (errorRate: number) => {
    const behaviour = { errorRate, slowRate: question.healthy.slowRate };
    return caughtShare(evaluatePolicy(policy, { ...question, runs, behaviour })) >= question.bounds.caught;
  };
  if (!policy.metrics.some((metric) => signalOf(metric) === "errors") || !isCaught(1)) return undefined;
  let [below, above] = [0, 1];
  if (isCaught(below)) return 0;
  for (let turn = 0; turn < bisections; turn += 1) {
    const middle = (below + above) / 2;
    if (isCaught(middle)) above = middle;
    else below = middle;
  }
  return above;
}

const mostRequests = 1e7;
const growth = 1.05;
/** Permitted counts round down, so that more requests may judge worse: this many sizes in a row have to do. */
const inARow = 8;

function requestsNeeded(metrics: readonly JudgedMetric[], { regression, healthy, bounds }: GateQuestion) {
  const metric = metrics.find((each) => signalOf(each) === "errors");
  if (metric === undefined) return undefined;
  let first: number | undefined;
  let count = 0;
  for (let size = 1; size <= mostRequests; size = Math.max(size + 1, Math.round(size * growth))) {
    const failsBad = failureChance(metric, size, regression);
    const isGood = failsBad >= bounds.caught && failureChance(metric, size, healthy) <= bounds.falseRollback;
    count = isGood ? count + 1 : 0;
    first = isGood ? (first ?? size) : undefined;
    if (count >= inARow) return first;
  }
  return undefined;
}

function failureChance(metric: JudgedMetric, requests: number, behaviour: VersionBehaviour): number {
  return jointOutcomes([{ metric, requests }], behaviour)
    .filter(({ outcomes }) => outcomes[0] !== "success")
    .reduce((sum, { probability }) => sum + probability, 0);
}
