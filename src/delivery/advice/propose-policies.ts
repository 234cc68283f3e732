import { evaluatePolicy } from "../evaluation/evaluate-policy.ts";
import { decimalOfNumber } from "../judging/decimal.ts";
import type { JudgedMetric } from "../judging/judged-metric.ts";
import type { ArgoPolicy, FlaggerPolicy, RolloutPolicy } from "../policies/rollout-policy.ts";
import { caughtShare, type GateQuestion } from "./gate-quality.ts";

/** Settings of a policy that keeps the bounds, and what it does. */
export interface ProposedPolicy {
  readonly weights: readonly number[];
  readonly intervalSeconds: number;
  /** Least success rate in percent, as decimals. */
  readonly successRateAtLeast: string;
  /** Flagger: failed checks over the whole run that roll back. */
  readonly threshold?: number;
  /** Argo Rollouts: measurements at each weight, and how many may fail. */
  readonly count?: number;
  readonly failureLimit?: number;
  readonly caught: number;
  readonly falseRollback: number;
  /** Mean requests of users to a regressed version. */
  readonly exposedRequests: number;
  /** Mean minutes until a healthy version is promoted. */
  readonly minutesUntilPromoted: number;
}

export interface PolicyProposals {
  readonly evaluated: number;
  /** Policies of the grid that keep the bounds. */
  readonly feasible: number;
  /** Those that none other beats in both exposure and duration, the quickest first. */
  readonly front: readonly ProposedPolicy[];
  /** The one that catches most with false rollbacks within their bound, where none keeps both. */
  readonly nearest?: ProposedPolicy;
}

const weightPlans = [[1, 5, 25, 50], [5, 10, 25, 50], [10, 20, 30, 40, 50], [5, 25, 50], [10, 50], [50]];
const intervals = [60, 120, 300, 600];
const thresholds = [1, 2, 3, 5];
const looks = [
  { count: 1, failureLimit: 0 },
  { count: 3, failureLimit: 0 },
  { count: 3, failureLimit: 1 },
  { count: 5, failureLimit: 1 },
  { count: 5, failureLimit: 2 },
];
/** Where the limit lies between healthy and regressed, on a scale of ratios. */
const limitPlaces = [0.25, 0.5, 0.75];

type Settings = Pick<
  ProposedPolicy,
  "weights" | "intervalSeconds" | "successRateAtLeast" | "threshold" | "count" | "failureLimit"
>;

/**
 * Searches a bounded grid of weights, intervals, limits and tolerances of the tool of `policy` for those that keep the bounds, and
 * keeps the Pareto front of exposure against duration. It leaves early when aborted.
 */
export function proposePolicies(policy: RolloutPolicy, question: GateQuestion, signal?: AbortSignal): PolicyProposals {
  if (policy.tool === "kubernetes") return { evaluated: 0, feasible: 0, front: [] };
  const proposed: ProposedPolicy[] = [];
  for (const settings of settingsOf(policy.tool, question)) {
    if (signal?.aborted === true) break;
    proposed.push(measure(policyWith(policy, settings), settings, question));
  }
  const quiet = proposed.filter(({ falseRollback }) => falseRollback <= question.bounds.falseRollback);
  const feasible = quiet.filter(({ caught }) => caught >= question.bounds.caught);
  const nearest = quiet.toSorted((left, right) => right.caught - left.caught || compareCost(left, right))[0];
  return {
    evaluated: proposed.length,
    feasible: feasible.length,
    front: paretoFront(feasible),
    ...(feasible.length > 0 || nearest === undefined ? {} : { nearest }),
  };
}

function settingsOf(tool: "flagger" | "argo-rollouts", { regression, healthy }: GateQuestion): readonly Settings[] {
  const limits = [...new Set(limitPlaces.map((place) => limitBetween(healthy.errorRate, regression.errorRate, place)))];
  const tolerances = tool === "flagger" ? thresholds.map((threshold) => ({ threshold })) : looks;
  return weightPlans.flatMap((weights) =>
    intervals.flatMap((intervalSeconds) =>
      limits.flatMap((successRateAtLeast) =>
        tolerances.map((tolerance) => ({ weights, intervalSeconds, successRateAtLeast, ...tolerance })),
      ),
    ),
  );
}

/** Two significant digits of what may fail, so that a person can write it. */
function limitBetween(healthy: number, regressed: number, place: number): string {
  const least = Math.max(healthy, regressed / 1000);
  const permitted = Number((100 * least * (regressed / least) ** place).toPrecision(2));
  return decimalOfNumber(Number((100 - permitted).toFixed(8)));
}

function policyWith(policy: FlaggerPolicy | ArgoPolicy, settings: Settings): RolloutPolicy {
  const { weights, intervalSeconds } = settings;
  const metric: JudgedMetric = {
    id: "proposed",
    name: "success-rate",
    place: policy.place,
    measure: { of: "good", scale: 100 },
    success: { kind: "compare", operator: ">=", limit: settings.successRateAtLeast },
    failure: undefined,
    withoutRequests: "nan",
    windowSeconds: intervalSeconds,
    cadenceSeconds: intervalSeconds,
  };
  const own = { subject: policy.subject, place: policy.place, metrics: [metric] };
  if (policy.tool === "flagger") {
    const steps = weights.map((weight) => ({ weight, judgedWeight: weight }));
    const { loadTestPerSecond } = policy;
    const threshold = settings.threshold ?? 1;
    return { ...own, tool: "flagger", strategy: "canary", intervalSeconds, threshold, steps, loadTestPerSecond };
  }
  const analysis = {
    metric,
    initialDelaySeconds: 0,
    intervalSeconds,
    count: settings.count ?? 1,
    failureLimit: settings.failureLimit ?? 0,
    inconclusiveLimit: 0,
    consecutiveErrorLimit: 4,
    consecutiveSuccessLimit: undefined,
  };
  const stages = weights.map((weight) => ({ weight, holdSeconds: intervalSeconds, analysis: [analysis] }));
  return { ...own, tool: "argo-rollouts", strategy: "canary", stages, background: undefined };
}

function measure(policy: RolloutPolicy, settings: Settings, question: GateQuestion): ProposedPolicy {
  const regressed = evaluatePolicy(policy, { ...question, behaviour: question.regression });
  const healthy = evaluatePolicy(policy, { ...question, behaviour: question.healthy });
  return {
    ...settings,
    caught: caughtShare(regressed),
    falseRollback: caughtShare(healthy),
    exposedRequests: regressed.exposedRequests,
    minutesUntilPromoted: healthy.minutesUntilPromoted ?? Number.POSITIVE_INFINITY,
  };
}

function paretoFront(policies: readonly ProposedPolicy[]): readonly ProposedPolicy[] {
  const front: ProposedPolicy[] = [];
  for (const policy of policies.toSorted(compareCost)) {
    const best = front.at(-1)?.exposedRequests ?? Number.POSITIVE_INFINITY;
    if (policy.exposedRequests < best) front.push(policy);
  }
  return front;
}

function compareCost(left: ProposedPolicy, right: ProposedPolicy): number {
  return left.minutesUntilPromoted - right.minutesUntilPromoted || left.exposedRequests - right.exposedRequests;
}
