import type { Catalog } from "../../catalog/catalog.ts";
import { chooseMechanism } from "../../delivery/advice/choose-mechanism.ts";
import { caughtShare, type GateQuestion, gateQuality } from "../../delivery/advice/gate-quality.ts";
import { proposePolicies } from "../../delivery/advice/propose-policies.ts";
import { evaluatePolicy, simulatePolicy } from "../../delivery/evaluation/evaluate-policy.ts";
import type { RolloutOutcome } from "../../delivery/evaluation/rollout-outcome.ts";
import type { PolicyConditions } from "../../delivery/policies/policy-reading.ts";
import { permittedErrorRate, smallestCheck } from "../../delivery/policies/policy-traffic.ts";
import { type PolicySet, readPolicies } from "../../delivery/policies/read-policies.ts";
import type { RolloutPolicy } from "../../delivery/policies/rollout-policy.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import {
  healthyVersionErrorRate,
  requestsFailIndependently,
  rolloutErrorBudget,
} from "../../estate/assumptions/rollout-rules.ts";
import { compareDiagnostics } from "../../estate/diagnostics/catalogue.ts";
import { rolloutInputUnusable } from "../../estate/diagnostics/delivery-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Progress } from "../ports.ts";
import { experimentOf, flagReport } from "./rollout-experiments.ts";
import { rolloutFigures } from "./rollout-figures.ts";
import type {
  RolloutCurvePoint,
  RolloutPolicyReport,
  RolloutRun,
  RolloutSimulation,
  SimulatedShare,
} from "./rollout-report.ts";
import { rulesInWords } from "./rollout-rules-in-words.ts";
import { runningDouble } from "./running-double.ts";

export interface RolloutOptions extends PolicyConditions {
  /** Of the whole service; each above 0. */
  readonly requestsPerSecond: readonly number[];
  /** Share of the requests that the regressed version fails, 0 to 1. */
  readonly errorRate: number;
  /** Share of its requests that are slower than the limit of a latency metric. */
  readonly slowRate?: number;
  /** The same of a healthy version; by default a tenth of what the policy permits. */
  readonly healthyErrorRate?: number;
  /** Share of requests that may fail in 30 days. */
  readonly errorBudget?: number;
  readonly seed: number;
  readonly runs: number;
  /** Search for policies that keep the bounds at each traffic. */
  readonly propose: boolean;
  /** Only this policy, by its file and its kind and name; all when absent. */
  readonly policy?: { readonly source: string; readonly subject: string };
  /** Prices a second copy of what a policy governs. */
  readonly priced?: { readonly estate: Estate; readonly catalog: Catalog; readonly today: string };
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

const bounds = { caught: 0.95, falseRollback: 0.01 };
const defaultErrorBudget = 0.001;

/** What the rollout policies of the texts do to a regressed and to a healthy version at each traffic. */
export function simulateRollouts(texts: ReadonlyMap<string, string>, options: RolloutOptions): RolloutSimulation {
  const set = onlyAsked(readPolicies(texts, options), options);
  const unusable = unusableInputs(options);
  const { errorRate, slowRate = 0, errorBudget = defaultErrorBudget } = options;
  const assumptions: Assumption[] = [...set.assumptions];
  const usable = unusable.length === 0;
  const policies = usable ? set.policies.map((policy) => reportPolicy(policy, options, assumptions)) : [];
  if (policies.length > 0) {
    const rates = `${percent(errorRate)} fail${slowRate > 0 ? `, ${percent(slowRate)} are slow` : ""}`;
    assumptions.push(assume(requestsFailIndependently, "rollout", { rates }));
    if (options.errorBudget === undefined) {
      assumptions.push(assume(rolloutErrorBudget, "rollout", { objective: percent(1 - errorBudget) }));
    }
  }
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "RolloutSimulation",
    errorRate,
    slowRate,
    errorBudget,
    bounds,
    policies,
    flags: usable ? set.flags.map((flag) => flagReport(flag, options)) : [],
    notEvaluable: [...set.notEvaluable, ...(usable ? [] : set.policies.map(({ subject }) => subject))],
    assumptions: assumptions.toSorted(compareAssumptions),
    diagnostics: [...set.diagnostics, ...unusable].toSorted(compareDiagnostics),
  };
}

function onlyAsked(set: PolicySet, { policy: asked }: RolloutOptions): PolicySet {
  if (asked === undefined) return set;
  return {
    ...set,
    policies: set.policies.filter(({ subject, place }) => subject === asked.subject && place.source === asked.source),
    notEvaluable: set.notEvaluable.filter((subject) => subject === asked.subject),
    assumptions: set.assumptions.filter(({ subject }) => subject === asked.subject),
    diagnostics: set.diagnostics.filter(({ place }) => place?.source === asked.source),
  };
}

function unusableInputs({ requestsPerSecond, errorRate, slowRate, healthyErrorRate }: RolloutOptions): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const rps of requestsPerSecond) {
    if (rps > 0 && rps <= mostRequestsPerSecond) continue;
    const range = `above 0 and up to ${mostRequestsPerSecond.toLocaleString("en-US")}`;
    found.push(diagnose(rolloutInputUnusable, { input: "The traffic", value: String(rps), range }));
  }
  const shares = [
    ["The error rate", errorRate],
    ["The slow rate", slowRate ?? 0],
    ["The healthy error rate", healthyErrorRate ?? 0],
  ] as const;
  for (const [input, value] of shares) {
    if (value >= 0 && value <= 1) continue;
    found.push(diagnose(rolloutInputUnusable, { input, value: String(value), range: "from 0 to 1" }));
  }
  return found;
}

const mostRequestsPerSecond = 1_000_000;
/** Traffic of the curve over traffic, in requests a second. */
const curveTraffic = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1000];
/** Error rates of the curves. */
const curveErrorRates = [
  0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3,
  0.5, 1,
];

function reportPolicy(policy: RolloutPolicy, options: RolloutOptions, assumptions: Assumption[]): RolloutPolicyReport {
  const healthyErrorRate = options.healthyErrorRate ?? assumedHealthy(policy, options.errorRate, assumptions);
  const at = (requestsPerSecond: number, errorRate: number) =>
    curvePoint(policy, questionAt(options, requestsPerSecond, errorRate, healthyErrorRate));
  const runs = options.requestsPerSecond.map((requestsPerSecond) => {
    options.onProgress?.(`${policy.subject} at ${requestsPerSecond} requests/s`);
    const question = questionAt(options, requestsPerSecond, options.errorRate, healthyErrorRate);
    const curve = curveErrorRates.map((errorRate) => at(requestsPerSecond, errorRate));
    return { ...reportRun(policy, question, options), curve };
  });
  return {
    subject: policy.subject,
    tool: policy.tool,
    strategy: policy.strategy,
    place: policy.place,
    rules: rulesInWords(policy),
    runs,
    trafficCurve: curveTraffic.map((requestsPerSecond) => at(requestsPerSecond, options.errorRate)),
    ...doublesOf(policy, runs[0], options),
  };
}

/** Priced for as long as a healthy version takes at the first traffic. */
function doublesOf(
  policy: RolloutPolicy,
  run: RolloutRun | undefined,
  { priced }: RolloutOptions,
): Pick<RolloutPolicyReport, "runningDouble"> {
  if (priced === undefined || run === undefined) return {};
  const minutes = run.healthy.minutesUntilPromoted ?? run.healthy.minutes;
  const { estate, catalog, today } = priced;
  return { runningDouble: runningDouble(estate, catalog, policy, { today, minutes }) };
}

function assumedHealthy(policy: RolloutPolicy, errorRate: number, assumptions: Assumption[]): number {
  const permitted = permittedErrorRate(policy);
  const rate = Math.min(Number(((permitted ?? 0.01) / 10).toPrecision(6)), errorRate / 2);
  const shown = permitted === undefined ? "1 % where it says nothing" : percent(permitted);
  assumptions.push(
    assume(healthyVersionErrorRate, policy.subject, { rate: percent(rate), permitted: shown }, policy.place),
  );
  return rate;
}

function questionAt(
  { slowRate = 0, seed, runs, signal }: RolloutOptions,
  requestsPerSecond: number,
  errorRate: number,
  healthyErrorRate: number,
): GateQuestion {
  return {
    requestsPerSecond,
    regression: { errorRate, slowRate },
    healthy: { errorRate: healthyErrorRate, slowRate: 0 },
    bounds,
    seed,
    runs,
    ...(signal === undefined ? {} : { signal }),
  };
}

function reportRun(policy: RolloutPolicy, question: GateQuestion, options: RolloutOptions): Omit<RolloutRun, "curve"> {
  const { requestsPerSecond, seed, runs } = question;
  const regression = evaluatePolicy(policy, { ...question, behaviour: question.regression });
  const healthy = evaluatePolicy(policy, { ...question, behaviour: question.healthy });
  const played = (behaviour: GateQuestion["healthy"]) =>
    simulatedShare(simulatePolicy(policy, { ...question, behaviour }));
  const gate = gateQuality(policy, question, { regression, healthy });
  const smallest = smallestCheck(policy, requestsPerSecond);
  const experiment = experimentOf(question);
  const healthyErrorRate = question.healthy.errorRate;
  const { errorRate, errorBudget = defaultErrorBudget } = options;
  return {
    requestsPerSecond,
    healthyErrorRate,
    figures: rolloutFigures({
      policy,
      requestsPerSecond,
      errorRate,
      healthyErrorRate,
      errorBudget,
      regression,
      healthy,
    }),
    regression,
    healthy,
    simulation: { seed, runs, caught: played(question.regression), falseRollback: played(question.healthy) },
    gate: { ...gate, smallestCheck: smallest },
    choice: chooseMechanism({
      verdict: gate.verdict,
      requestsPerSecond,
      smallestCheck: smallest,
      requestsNeededPerCheck: gate.requestsNeededPerCheck,
      minutesUntilRollback: regression.minutesUntilRollback,
    }),
    ...(experiment === undefined ? {} : { experiment }),
    ...(options.propose ? { proposals: proposePolicies(policy, question, options.signal) } : {}),
  };
}

/** Runs of a simulation for one point of a curve, where the chain does not give the answer. */
const curveRuns = 300;

function curvePoint(policy: RolloutPolicy, { runs, ...asked }: GateQuestion): RolloutCurvePoint {
  const question = { ...asked, runs: Math.min(runs, curveRuns) };
  const regression = evaluatePolicy(policy, { ...question, behaviour: question.regression });
  const healthy = evaluatePolicy(policy, { ...question, behaviour: question.healthy });
  return {
    requestsPerSecond: question.requestsPerSecond,
    errorRate: question.regression.errorRate,
    caught: caughtShare(regression),
    falseRollback: caughtShare(healthy),
    exposedRequests: regression.exposedRequests,
    minutes: regression.minutes,
  };
}

/** 99.5 % quantile of the normal distribution: two-sided 99 %. */
const deviation = 2.5758293035489;

function simulatedShare(outcome: RolloutOutcome): SimulatedShare {
  const share = caughtShare(outcome);
  const runs = Math.max(1, outcome.runs ?? 1);
  const scale = 1 + deviation ** 2 / runs;
  const middle = (share + deviation ** 2 / (2 * runs)) / scale;
  const half = (deviation * Math.sqrt((share * (1 - share)) / runs + deviation ** 2 / (4 * runs * runs))) / scale;
  return { share, lower: Math.max(0, middle - half), upper: Math.min(1, middle + half) };
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(6))} %`;
}
