import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import { secondsToNewNode, secondsToReplace } from "../replacement-time.ts";
import { type ReplayCluster, workloadOf } from "../replay-cluster.ts";
import type { PendingGroup } from "./failure-outcome.ts";
import type { PoolRefill } from "./refill-pools.ts";
import { type Refusal, refusalOf } from "./refusal.ts";

/** Pending pods by workload and reason, most pods first; call it before the cluster changes again. */
export function groupPending(
  cluster: ReplayCluster,
  pending: readonly ClusterPod[],
  refill: PoolRefill | undefined,
): readonly PendingGroup[] {
  const refusals = new Map<string, Refusal>();
  const groups = new Map<string, PendingGroup>();
  for (const pod of pending) {
    const workload = workloadOf(cluster, pod);
    const refusal = refusals.get(pod.template.key) ?? refusalOf(cluster.scheduler, pod);
    refusals.set(pod.template.key, refusal);
    const isHelped = refill !== undefined && !refill.stillPending.has(pod.id);
    const key = JSON.stringify([workload.id, refusal.reason, isHelped]);
    groups.set(key, {
      workload: workload.id,
      label: workload.label,
      pods: (groups.get(key)?.pods ?? 0) + 1,
      ...refusal,
      ...(isHelped ? { secondsAtLeast: secondsToReplace(workload) + secondsToNewNode } : {}),
    });
  }
  return [...groups.values()].toSorted(
    (left, right) =>
      right.pods - left.pods ||
      (left.workload < right.workload ? -1 : left.workload > right.workload ? 1 : 0) ||
      (left.reason < right.reason ? -1 : 1),
  );
}
