import { asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Place } from "../../../estate/sources/place.ts";
import { type ClusterStore, isAttached } from "./cluster-store.ts";

/** A way in which two pods that were meant to be one may write at once. */
export interface WriterRisk {
  readonly risk: "surge" | "unreachableNode" | "forceDelete" | "sharedVolume";
  /** One sentence. */
  readonly text: string;
  readonly fix: string;
  readonly place: Place;
}

/**
 * "At least one" read as "exactly one". A Deployment of 1 runs two pods during a rollout and on a node that is merely cut
 * off; a StatefulSet does not, unless its pods are deleted without waiting. A disk that one node attaches keeps a second
 * node out; a share keeps nobody out.
 */
export function writerRisks(workload: Workload, store: ClusterStore): readonly WriterRisk[] {
  const { place } = workload;
  const alone = store.replicas === 1;
  const risks: WriterRisk[] = [];
  if (store.kind === "StatefulSet" && store.graceSeconds === 0) {
    const text =
      "terminationGracePeriodSeconds 0 deletes a pod without asking whether it still runs: its successor may write beside it";
    risks.push({ risk: "forceDelete", text, fix: "leave the grace period above 0", place });
  }
  if (store.kind !== "Deployment" || store.disk === "none") return risks;
  const surges = asText(asObject(asObject(workload.object.value["spec"])["strategy"])["type"]) !== "Recreate";
  if (alone && surges) {
    const text = isAttached(store.disk)
      ? "a rollout starts the second pod before the first ends: on another node it waits for the disk, on the same node both write"
      : "a rollout starts the second pod before the first ends, and both mount the volume";
    risks.push({ risk: "surge", text, fix: "strategy Recreate, or a StatefulSet", place });
  }
  // A disk of the node keeps the pod on it: none is made elsewhere.
  if (alone && !isAttached(store.disk) && store.disk !== "nvme") {
    const text =
      "a node that is cut off goes on writing to the share after its pod has been replaced; nothing fences it";
    risks.push({ risk: "unreachableNode", text, fix: "a lease with a fencing token that the writes carry", place });
  }
  if (!alone && workload.claims.some(({ perReplica }) => !perReplica)) {
    const text = `${store.replicas} replicas write to one volume; only a file system made for clusters, or locks with fencing, keeps it whole`;
    risks.push({ risk: "sharedVolume", text, fix: "one volume a replica (a StatefulSet), or one replica", place });
  }
  return risks;
}
