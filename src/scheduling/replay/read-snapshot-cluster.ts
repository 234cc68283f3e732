import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { type ClusterNode, readNode } from "../kube-scheduler/model/cluster-node.ts";
import type { ClusterPod, PodReader } from "../kube-scheduler/model/cluster-pod.ts";
import { type QueueOptions, runQueue } from "../kube-scheduler/run-queue.ts";
import type { SchedulerVersion } from "../kube-scheduler/scheduler-version.ts";
import { loadCluster } from "../kube-scheduler/snapshot/load-cluster.ts";
import type { ClusterSnapshot } from "../kube-scheduler/snapshot/read-snapshot.ts";
import { shortZone } from "./failure/scenarios.ts";
import type { ReplayCluster, ReplayNode } from "./replay-cluster.ts";

/** What a replay reads besides the snapshot of its cluster. */
export interface SnapshotMeaning extends Pick<ReplayCluster, "workloads" | "budgets" | "workloadOfPod"> {
  readonly growingPools: readonly {
    readonly name: string;
    readonly maximumNodes: number;
    readonly kinds: readonly { readonly node: object; readonly daemonPods: readonly object[] }[];
  }[];
}

/** A cluster to replay on, and what of the snapshot could not be used. */
export interface ReplayClusterReading {
  readonly cluster: ReplayCluster;
  readonly diagnostics: readonly Diagnostic[];
}

/** Brings a snapshot into a scheduler and settles its pods as the real queue does: the state before anything fails. */
export function readSnapshotCluster(
  snapshot: ClusterSnapshot,
  meaning: SnapshotMeaning,
  version: SchedulerVersion,
  options: QueueOptions = {},
): ReplayClusterReading {
  const { scheduler, pending, diagnostics } = loadCluster(snapshot, { version });
  const run = runQueue(scheduler, pending, options);
  return {
    cluster: {
      name: snapshot.id,
      scheduler,
      nodes: scheduler.cluster.nodeList().map(replayNode),
      workloads: meaning.workloads,
      budgets: meaning.budgets,
      workloadOfPod: meaning.workloadOfPod,
      growingPools: meaning.growingPools.map(({ name, maximumNodes, kinds }) => ({
        name,
        maximumNodes,
        kinds: kinds.flatMap(({ node, daemonPods }) => newNodeKind(node, daemonPods, scheduler.pods)),
      })),
      pending: run.pending,
    },
    diagnostics,
  };
}

/** The pool by AKS's label, the zone by Kubernetes'; nodes outside of zones carry a fault domain there. */
function replayNode({ name, labels }: ClusterNode): ReplayNode {
  return { name, pool: labels["kubernetes.azure.com/agentpool"] ?? labels.agentpool, zone: zoneOf(labels) };
}

function zoneOf(labels: ClusterNode["labels"]): string | undefined {
  const zone = labels["topology.kubernetes.io/zone"];
  if (zone === undefined || zone === "") return undefined;
  // `0` and `1` alone are fault domains of regional nodes: `1` is a zone only behind its region's name.
  return zone.includes("-") ? shortZone(zone) : undefined;
}

function newNodeKind(node: object, daemonPods: readonly object[], reader: PodReader) {
  const reading = readNode(node);
  if (reading.kind === "refused") return [];
  const perNode = daemonPods.flatMap((pod): readonly ClusterPod[] => {
    const read = reader.readPlaced(pod).reading;
    return read.kind === "refused" ? [] : [read.value];
  });
  return [{ node: reading.value, zone: zoneOf(reading.value.labels), perNode }];
}
