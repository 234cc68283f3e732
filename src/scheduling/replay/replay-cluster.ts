import type { KubeScheduler } from "../kube-scheduler/kube-scheduler.ts";
import type { ClusterNode } from "../kube-scheduler/model/cluster-node.ts";
import type { ClusterPod } from "../kube-scheduler/model/cluster-pod.ts";

/** What a replay knows of a workload besides its pods. */
export interface ReplayWorkload {
  readonly id: string;
  /** For people. */
  readonly label: string;
  /** Pods that are wanted; DaemonSets count as wanted only where nodes are. */
  readonly wanted: number;
  /** Of pods that have to be up: what its disruption budgets insist on, at least 1; 0 for what serves nobody. */
  readonly needed: number;
  /** `perNode`: goes and comes with its node; `ordered`: the old pod has to be gone before its successor comes; `alone`: nobody makes a new pod. */
  readonly replacement: "atOnce" | "ordered" | "perNode" | "alone";
  /** Seconds between being told to stop and being stopped. */
  readonly graceSeconds: number;
  /** Least seconds that its probes take to call a new pod ready. */
  readonly readySeconds: number;
  /** Seconds that its pods stay bound to a node that does not answer. */
  readonly unreachableSeconds: number;
  /** Has a disk that only one node at a time may hold. */
  readonly movesDisk: boolean;
  /** Volumes whose content goes with the pod or its node, by name. */
  readonly localVolumes: readonly LocalVolumeUse[];
}

/** A volume that lives and dies with a pod (`emptyDir`) or its node (`hostPath`). */
export interface LocalVolumeUse {
  readonly name: string;
  readonly kind: "emptyDir" | "hostPath" | "ephemeralClaim";
}

/** A PodDisruptionBudget over the pods of its workloads together. */
export interface ReplayBudget {
  /** `namespace/name`. */
  readonly name: string;
  /** As written, such as `maxUnavailable 0`. */
  readonly limit: string;
  readonly workloads: readonly string[];
  /** Pods wanted of all its workloads. */
  readonly pods: number;
  /** Pods that may be missing when none else is; undefined when what it allows is not known. */
  readonly allowed: number | undefined;
}

/** A node with the pool and zone it belongs to. */
export interface ReplayNode {
  readonly name: string;
  readonly pool: string | undefined;
  /** Short name, such as `1`; undefined for regional nodes. */
  readonly zone: string | undefined;
}

/** A pool that gets new nodes by itself when pods are pending. */
interface GrowingPool {
  readonly name: string;
  readonly maximumNodes: number;
  /** One for each zone that it grows in. */
  readonly kinds: readonly NewNodeKind[];
}

/** A node that a pool would add, with the pods that come with it. */
export interface NewNodeKind {
  readonly zone: string | undefined;
  readonly node: ClusterNode;
  readonly perNode: readonly ClusterPod[];
}

/** A settled cluster to try failures and upgrades on; these leave it as it was. */
export interface ReplayCluster {
  readonly name: string;
  readonly scheduler: KubeScheduler;
  /** In the order in which they were given. */
  readonly nodes: readonly ReplayNode[];
  readonly workloads: ReadonlyMap<string, ReplayWorkload>;
  readonly budgets: readonly ReplayBudget[];
  /** Workload ids by pod id. */
  readonly workloadOfPod: ReadonlyMap<string, string>;
  readonly growingPools: readonly GrowingPool[];
  /** Pods that fit nowhere before anything fails. */
  readonly pending: readonly ClusterPod[];
}

/** The workload that a pod belongs to. */
export function workloadOf({ workloads, workloadOfPod }: ReplayCluster, { id }: ClusterPod): ReplayWorkload {
  const workload = workloads.get(workloadOfPod.get(id) ?? id);
  return workload ?? loneWorkload(id);
}

/** True for a pod that goes and comes with its node. */
export function isPerNode(cluster: ReplayCluster, pod: ClusterPod): boolean {
  return workloadOf(cluster, pod).replacement === "perNode";
}

/** A pod of which nothing is known but its requests: one is wanted, and replaced when it goes. */
export function loneWorkload(id: string): ReplayWorkload {
  return {
    id,
    label: id,
    wanted: 1,
    needed: 1,
    replacement: "atOnce",
    graceSeconds: 30,
    readySeconds: 0,
    unreachableSeconds: 300,
    movesDisk: false,
    localVolumes: [],
  };
}

/** A node of the scheduler's cluster by its name. */
export function nodeNamed({ scheduler: { cluster } }: ReplayCluster, name: string): ClusterNode | undefined {
  const slot = cluster.nodes.slotOf(name);
  return slot === undefined ? undefined : cluster.nodes.nodeAt(slot);
}
