import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import { reaches } from "../../kube-scheduler/volumes/volume-state.ts";
import { type ReplayCluster, workloadOf } from "../replay-cluster.ts";
import type { Aftermath } from "./aftermath.ts";
import type { LostData } from "./failure-outcome.ts";

/** Volumes of the lost pods that are destroyed with them, and disks that no node that is left reaches. */
export function lostDataOf(cluster: ReplayCluster, { displaced, gone, pending }: Aftermath): readonly LostData[] {
  const losses = new Map<string, LostData>();
  const count = (pod: ClusterPod, volume: string, kind: LostData["kind"], loss: LostData["loss"]) => {
    const { id, label } = workloadOf(cluster, pod);
    const key = JSON.stringify([id, volume, kind]);
    losses.set(key, { workload: id, label, volume, kind, loss, pods: (losses.get(key)?.pods ?? 0) + 1 });
  };
  for (const pod of [...displaced, ...gone]) {
    for (const { name, kind } of workloadOf(cluster, pod).localVolumes) count(pod, name, kind, "destroyed");
  }
  for (const pod of pending) {
    for (const claim of claimsOutOfReach(cluster, pod)) count(pod, claim, "zonalDisk", "outOfReach");
  }
  return [...losses.values()].toSorted(
    (left, right) =>
      (left.workload < right.workload ? -1 : left.workload > right.workload ? 1 : 0) ||
      (left.volume < right.volume ? -1 : 1),
  );
}

function claimsOutOfReach({ scheduler: { cluster } }: ReplayCluster, { template }: ClusterPod): readonly string[] {
  const nodes = cluster.nodeList();
  return cluster.volumes.claimsOf(template).flatMap((claim) => {
    const volume = claim?.volume === undefined ? undefined : cluster.volumes.volumeNamed(claim.volume);
    if (claim === undefined || volume === undefined || nodes.some((node) => reaches(volume.reach, node))) return [];
    return [claim.id.slice(claim.id.indexOf("/") + 1)];
  });
}
