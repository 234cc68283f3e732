import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import { runQueue } from "../../kube-scheduler/run-queue.ts";
import { type ReplayCluster, workloadOf } from "../replay-cluster.ts";
import type { Aftermath } from "./aftermath.ts";
import type { CapacityMeter } from "./capacity-left.ts";
import { describeFailure } from "./describe-failure.ts";
import type { FailureOutcome, FailureScenario } from "./failure-outcome.ts";
import { lostDataOf } from "./lost-data.ts";
import { groupPending } from "./pending-groups.ts";
import { refillPools } from "./refill-pools.ts";
import { workloadEffects } from "./workload-effects.ts";

/** Progress and abort of a replay. */
export interface ReplayOptions {
  /** Checked between pods; aborting throws the signal's reason, with the cluster as it was. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string) => void;
}

/**
 * Loses the nodes of a scenario, schedules what was on them anew as the real queue settles (priorities preempt), and says
 * what that does. The cluster is left as it was, also when the signal aborts.
 */
export function replayFailure(
  cluster: ReplayCluster,
  scenario: FailureScenario,
  meter: CapacityMeter,
  options: ReplayOptions = {},
): FailureOutcome {
  const state = cluster.scheduler.cluster;
  const checkpoint = state.checkpoint();
  try {
    const lost = meter.lossOf(scenario.nodes);
    const aftermath = settle(cluster, scenario, options);
    const capacityLeft = meter.leftAfter(lost, aftermath);
    const refill = aftermath.pending.length === 0 ? undefined : refillPools(cluster, scenario, aftermath.pending);
    const pendingGroups = groupPending(cluster, aftermath.pending, refill);
    const outcome = {
      kind: scenario.kind,
      name: scenario.name,
      nodesLost: scenario.nodes.length,
      displaced: aftermath.displaced.length,
      moved: aftermath.moved,
      pending: aftermath.pending.length,
      gone: aftermath.gone.length,
      preempted: aftermath.preempted.size,
      perNodePods: aftermath.perNode.length,
      pendingGroups,
      workloads: workloadEffects(cluster, aftermath, pendingGroups),
      lostData: lostDataOf(cluster, aftermath),
      capacityLeft,
      ...(refill === undefined || refill.pools.length === 0
        ? {}
        : { refill: { nodes: refill.pools, pendingAfter: refill.stillPending.size } }),
    };
    return { ...outcome, words: describeFailure(cluster.name, outcome) };
  } finally {
    state.rollback(checkpoint);
  }
}

function settle(cluster: ReplayCluster, { nodes }: FailureScenario, { signal }: ReplayOptions): Aftermath {
  const { scheduler } = cluster;
  const lost = nodes.flatMap((name) => scheduler.cluster.removeNode(name));
  const byFate = Map.groupBy(lost, (pod) => fateOf(cluster, pod));
  const displaced = byFate.get("displaced") ?? [];
  const before = new Set(cluster.pending.map(({ id }) => id));
  const run = runQueue(scheduler, [...displaced, ...cluster.pending], signal === undefined ? {} : { signal });
  const ofDisplaced = new Set(displaced.map(({ id }) => id));
  return {
    displaced,
    gone: byFate.get("gone") ?? [],
    perNode: byFate.get("perNode") ?? [],
    pending: run.pending.filter(({ id }) => !before.has(id)),
    preempted: new Set(run.preempted.map(({ pod }) => pod).filter((id) => !ofDisplaced.has(id) && !before.has(id))),
    relieved: cluster.pending.filter(({ id }) => scheduler.cluster.nodeOf(id) !== undefined),
    moved: displaced.filter(({ id }) => scheduler.cluster.nodeOf(id) !== undefined).length,
  };
}

function fateOf(cluster: ReplayCluster, pod: ClusterPod): "displaced" | "gone" | "perNode" {
  switch (workloadOf(cluster, pod).replacement) {
    case "perNode":
      return "perNode";
    case "alone":
      return "gone";
    case "atOnce":
    case "ordered":
      return "displaced";
  }
}
