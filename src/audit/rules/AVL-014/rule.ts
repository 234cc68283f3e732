import { allowedDisruptions } from "../../../estate/kubernetes/disruption-arithmetic.ts";
import { type GracePeriod, gracePeriodOf } from "../../../estate/kubernetes/termination.ts";
import { secondsToReady } from "../../../estate/kubernetes/time-to-ready.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import { type AdmittingPool, admittingPools } from "../../admission/admitting-nodes.ts";
import { evictionRounds } from "../../drain/eviction-rounds.ts";
import { workloadFix } from "../../fixes/manifest-fix.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** AKS waits this long for a node to drain when the pool states nothing (AKS documentation, upgrade-options). */
const standardDrainSeconds = 30 * 60;

/** Bounds of what AKS takes as a drain timeout. */
const shortestDrainSeconds = 5 * 60;

/** What a node gives its pods when Azure takes a spot machine back (Scheduled Events, preempt). */
const spotNoticeSeconds = 30;

/** AVL-014: pods stop within the time that a drain, or the eviction of a spot node, leaves them. */
export const graceFitsDrain: Rule = {
  id: "AVL-014",
  name: "grace-fits-drain",
  title: "Pods stop within the time that the drain of their node leaves them.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["manifests", "nodePools"],
  judges: "pods",
  *evaluate(context) {
    for (const workload of context.estate.workloads) {
      // A drain leaves DaemonSet pods where they are.
      if (workload.opaque || workload.run === "perNode") continue;
      yield* judge(context, workload);
    }
  },
};

function* judge(context: AuditContext, workload: Workload): Iterable<RuleOutcome> {
  const grace = gracePeriodOf(workload);
  if (grace.seconds === undefined) {
    yield workloadOutcome(workload, {
      verdict: "notEvaluable",
      field: grace.path,
      missing: ["unresolved-variable"],
      message: `The grace period of ${workload.label} is no whole number of seconds.`,
    });
    return;
  }
  const campaign = drainOf(workload, grace.seconds);
  const scheduling = workload.unreadable.some(({ concerns }) => concerns !== "replicas");
  const pools = scheduling ? undefined : admittingPools(context, workload);
  if (pools === undefined) {
    yield withoutPools(workload, grace, campaign, scheduling);
    return;
  }
  const outcomes = [
    beyondDrain(workload, grace, pools),
    beyondSpotNotice(workload, grace, pools),
    campaign === undefined ? undefined : slowDrain(workload, grace, campaign, pools),
  ].filter((outcome) => outcome !== undefined);
  if (outcomes.length === 0) yield passed(workload);
  else yield* outcomes;
}

/** How long it takes to move the pods of a workload one round after the other, as its budget allows. */
interface Drain {
  readonly budget: string;
  readonly pods: number;
  readonly allowed: number;
  readonly rounds: number;
  readonly readySeconds: number;
  readonly seconds: number;
}

/** Undefined where no budget, or one that lets nothing go at all (AVL-003), holds the pods back. */
function drainOf(workload: Workload, graceSeconds: number): Drain | undefined {
  if (workload.unreadable.some(({ concerns }) => concerns === "replicas")) return undefined;
  const pods = workload.replicas.minimum;
  const drains = workload.disruptionBudgets.flatMap((budget): Drain[] => {
    const allowed = allowedDisruptions(budget, pods);
    if (allowed === undefined || allowed === 0) return [];
    const rounds = evictionRounds(workload, pods, allowed);
    const readySeconds = secondsToReady(workload);
    return [
      { budget: budget.name, pods, allowed, rounds, readySeconds, seconds: rounds * (graceSeconds + readySeconds) },
    ];
  });
  return drains.toSorted((left, right) => right.seconds - left.seconds)[0];
}

/** What fits the shortest timeout that AKS takes, and the notice of a spot node, fits every pool. */
function withoutPools(
  workload: Workload,
  { seconds = 0, path }: GracePeriod,
  drain: Drain | undefined,
  unreadable: boolean,
): RuleOutcome {
  const longest = Math.max(seconds, drain?.seconds ?? 0);
  if (longest <= shortestDrainSeconds && seconds <= spotNoticeSeconds) return passed(workload);
  return workloadOutcome(workload, {
    verdict: "notEvaluable",
    field: path,
    missing: [unreadable ? "unresolved-variable" : "needs-P"],
    message: `Whether ${longest} s are enough for the drain of a node under ${workload.label} depends on the drain timeout of its pools and on spot nodes; ${unreadable ? "a value that decides its pools cannot be read" : "no pool is declared"}.`,
  });
}

function beyondDrain(
  workload: Workload,
  { seconds = 0, path }: GracePeriod,
  pools: readonly AdmittingPool[],
): RuleOutcome | undefined {
  const tight = shortest(pools);
  if (tight === undefined || seconds <= tight.timeout) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    field: path,
    message: `${workload.label} may take ${seconds} s to stop, but the drain of a node of pool ${tight.name} is given up after ${tight.timeout} s: an upgrade fails on each node that holds one of its pods.`,
    fix: {
      description: `Stop within ${tight.timeout} s, or raise the drain timeout of pool ${tight.name} (at most 24 h).`,
    },
  });
}

function beyondSpotNotice(
  workload: Workload,
  { seconds = 0, path }: GracePeriod,
  pools: readonly AdmittingPool[],
): RuleOutcome | undefined {
  const spot = pools.find(({ pool }) => pool.spot);
  if (spot === undefined || seconds <= spotNoticeSeconds) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "2",
    field: path,
    message: `${workload.label} may take ${seconds} s to stop, but may run on spot pool ${spot.pool.name}, whose nodes go ${spotNoticeSeconds} s after Azure gives notice: its pods are cut off.`,
    fix: workloadFix(`Stop within ${spotNoticeSeconds} s, or keep it off spot nodes.`, workload, [
      { path, value: spotNoticeSeconds },
    ]),
  });
}

function slowDrain(
  workload: Workload,
  { seconds = 0 }: GracePeriod,
  drain: Drain,
  pools: readonly AdmittingPool[],
): RuleOutcome | undefined {
  const tight = shortest(pools);
  if (tight === undefined || drain.seconds <= tight.timeout) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "3",
    place: workload.disruptionBudgets.find(({ name }) => name === drain.budget)?.place ?? workload.place,
    message: `PodDisruptionBudget ${drain.budget} lets ${drain.allowed} of the ${drain.pods} pods of ${workload.label} go at a time: ${drain.rounds} rounds of ${seconds} s to stop and ${drain.readySeconds} s to be ready are ${drain.seconds} s, more than the ${tight.timeout} s after which the drain of a node of pool ${tight.name} is given up.`,
    fix: { description: "Let more pods go at a time, spread them over more nodes, or raise the drain timeout." },
  });
}

function shortest(pools: readonly AdmittingPool[]): { readonly name: string; readonly timeout: number } | undefined {
  return pools
    .map(({ pool }) => ({ name: pool.name, timeout: pool.upgrade.drainTimeoutSeconds ?? standardDrainSeconds }))
    .toSorted((left, right) => left.timeout - right.timeout)[0];
}
