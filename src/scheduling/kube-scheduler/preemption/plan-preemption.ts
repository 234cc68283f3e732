import { matchesLabels } from "../../../estate/kubernetes/selector.ts";
import type { CompiledPod } from "../compiled-pod.ts";
import type { Evaluator } from "../evaluation.ts";
import { nodeFailure } from "../filters/failure-reasons.ts";
import type { ClusterPod } from "../model/cluster-pod.ts";
import { passes, type Verdict } from "../plugins.ts";
import type { SchedulerVersion } from "../scheduler-version.ts";
import type { ClusterState } from "../state/cluster-state.ts";

/** Pods that would have to leave a node so that another fits. */
export interface Preemption {
  readonly node: string;
  /** Ids, the most important first. */
  readonly victims: readonly string[];
  /** Victims whose disruption budget allows none. */
  readonly budgetViolations: number;
}

interface Candidate {
  readonly slot: number;
  readonly victims: readonly ClusterPod[];
  readonly budgetViolations: number;
}

/**
 * The node and victims that kube-scheduler's DefaultPreemption picks, with all candidate nodes tried. Nodes whose refusal
 * no removal can lift are left out. Undefined when the pod may not preempt or no removal of lower priorities helps.
 * Source: `pkg/scheduler/framework/preemption` and `plugins/defaultpreemption` at 1.34.
 */
export function planPreemption(
  pod: ClusterPod,
  compiled: CompiledPod,
  state: ClusterState,
  evaluator: Evaluator,
  version: SchedulerVersion,
): Preemption | undefined {
  if (pod.template.neverPreempts) return undefined;
  const { verdicts } = evaluator.evaluate(compiled);
  const slots = state.nodes
    .slotsInOrder()
    .filter((slot) => nodeFailure(compiled, slot, verdicts[slot] ?? passes, state, version)?.isHard === false);
  const candidates = slots.flatMap(
    (slot) => tryNode(pod, slot, state, () => evaluator.judgeSlot(compiled, slot)) ?? [],
  );
  const [best] = candidates.toSorted(compareCandidates);
  if (best === undefined) return undefined;
  return {
    node: state.nodes.nameAt(best.slot),
    victims: best.victims.map(({ id }) => id),
    budgetViolations: best.budgetViolations,
  };
}

/** Takes away all pods of lower priority, then puts back as many as the pod still fits beside; leaves the state as it was. */
function tryNode(
  { template }: ClusterPod,
  slot: number,
  state: ClusterState,
  judge: () => Verdict,
): Candidate | undefined {
  const lower = state
    .podsAt(slot)
    .map(({ pod }) => pod)
    .filter((each) => each.template.priority < template.priority);
  if (lower.length === 0) return undefined;
  const checkpoint = state.checkpoint();
  for (const { id } of lower) state.removePod(id);
  const candidate = judge() === passes ? withFewestVictims(slot, lower, state, judge) : undefined;
  state.rollback(checkpoint);
  return candidate;
}

/** Puts pods back one at a time, those that a budget protects first, then by importance; the rest are the victims. */
function withFewestVictims(
  slot: number,
  removed: readonly ClusterPod[],
  state: ClusterState,
  judge: () => Verdict,
): Candidate {
  const node = state.nodes.nameAt(slot);
  const { violating, others } = splitByBudget(removed.toSorted(compareImportance), state);
  const victims = [...violating, ...others].filter((each) => {
    state.addPod(each, node);
    if (judge() === passes) return false;
    state.removePod(each.id);
    return true;
  });
  const budgetViolations = victims.filter((each) => violating.includes(each)).length;
  return { slot, victims: victims.toSorted(compareImportance), budgetViolations };
}

/** Pods that some disruption budget does not let go, counting budgets down in the given order. */
function splitByBudget(
  pods: readonly ClusterPod[],
  { context }: ClusterState,
): { readonly violating: readonly ClusterPod[]; readonly others: readonly ClusterPod[] } {
  const left = context.disruptionLimits.map(({ disruptionsAllowed }) => disruptionsAllowed);
  const violating: ClusterPod[] = [];
  const others: ClusterPod[] = [];
  for (const pod of pods) {
    const { namespace, labels } = pod.template;
    let isViolating = false;
    for (const [index, budget] of context.disruptionLimits.entries()) {
      if (budget.namespace !== namespace || Object.keys(labels).length === 0) continue;
      // Unlike elsewhere an empty selector holds no pod here.
      if (budget.selector.requirements.length === 0 || !matchesLabels(budget.selector, labels)) continue;
      const remaining = (left[index] ?? 0) - 1;
      left[index] = remaining;
      if (remaining < 0) isViolating = true;
    }
    (isViolating ? violating : others).push(pod);
  }
  return { violating, others };
}

/** Higher priority first, then the one that started earlier, then by id. */
function compareImportance(left: ClusterPod, right: ClusterPod): number {
  return (
    right.template.priority - left.template.priority ||
    startOf(left) - startOf(right) ||
    (left.id < right.id ? -1 : left.id > right.id ? 1 : 0)
  );
}

/** Fewest broken budgets, lowest top priority, least sum of priorities, fewest victims, latest start of the top victims; then the order of the nodes. */
function compareCandidates(left: Candidate, right: Candidate): number {
  return (
    left.budgetViolations - right.budgetViolations ||
    topPriority(left) - topPriority(right) ||
    prioritySum(left) - prioritySum(right) ||
    left.victims.length - right.victims.length ||
    compareStarts(earliestTopStart(right), earliestTopStart(left))
  );
}

function topPriority({ victims }: Candidate): number {
  return victims[0]?.template.priority ?? Number.NEGATIVE_INFINITY;
}

/** Each priority counts as at least 0, so that more victims are never a smaller sum. */
function prioritySum({ victims }: Candidate): number {
  return victims.reduce((sum, { template }) => sum + template.priority + 2 ** 31, 0);
}

function earliestTopStart({ victims }: Candidate): number {
  const top = victims[0]?.template.priority;
  return Math.min(...victims.filter(({ template }) => template.priority === top).map(startOf));
}

/** Infinities are pods that say no start. */
function compareStarts(left: number, right: number): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

function startOf({ startSeconds }: ClusterPod): number {
  return startSeconds ?? Number.MAX_VALUE;
}
