/** What is lost together. `set`: whatever was named, of any kind. */
export interface FailureScenario {
  readonly kind: "node" | "pool" | "zone" | "set";
  /** Of the node, pool or zone; for a set what it is made of. */
  readonly name: string;
  readonly nodes: readonly string[];
  /** Zones that no new node can come up in. */
  readonly zones: readonly string[];
  /** Pools that no new node can come up in. */
  readonly pools: readonly string[];
}

/** Pods of one workload that fit nowhere for the same reason. */
export interface PendingGroup {
  readonly workload: string;
  readonly label: string;
  readonly pods: number;
  /** First filter plugin that refuses most of the nodes; empty when there is no node. */
  readonly plugin: string;
  /** Why, as the rest of a sentence: `no node that admits it has 2 CPU left`. */
  readonly reason: string;
  /** Least seconds from the failure until they serve again; absent where only what was lost can take them. */
  readonly secondsAtLeast?: number;
}

/** What the failure does to a workload that lost pods, or whose pods had to make room. */
export interface WorkloadEffect {
  readonly workload: string;
  readonly label: string;
  readonly podsBefore: number;
  /** Pods that run on while the others are gone. */
  readonly upAtOnce: number;
  /** Pods that are up again on the nodes that are left. */
  readonly upAfter: number;
  /** Pods that have to be up. */
  readonly needed: number;
  readonly effect: "down" | "interrupted" | "belowNeed" | "moved";
  /** Least seconds without any pod; absent when it never comes back by itself, 0 when some pod runs on. */
  readonly outageSecondsAtLeast?: number;
}

/** Content that a failure destroys, or keeps out of reach while it lasts. */
export interface LostData {
  readonly workload: string;
  readonly label: string;
  readonly volume: string;
  readonly kind: "emptyDir" | "hostPath" | "ephemeralClaim" | "zonalDisk";
  /** `destroyed`, or `outOfReach` until what was lost is back. */
  readonly loss: "destroyed" | "outOfReach";
  readonly pods: number;
}

/** Room on the nodes that are left, after everything that fits was placed again. */
export interface CapacityLeft {
  readonly nodes: number;
  readonly cpuMillicores: { readonly allocatable: number; readonly free: number };
  readonly memoryBytes: { readonly allocatable: number; readonly free: number };
  readonly pods: { readonly allocatable: number; readonly free: number };
}

/** New nodes that growing pools would add for the pending pods. */
interface Refill {
  readonly nodes: readonly { readonly pool: string; readonly added: number }[];
  /** Pods that stay pending even then. */
  readonly pendingAfter: number;
}

/** What one failure does. Every displaced pod is moved, pending or gone for good. */
export interface FailureOutcome {
  readonly kind: FailureScenario["kind"];
  readonly name: string;
  readonly nodesLost: number;
  /** Pods on the lost nodes, without those that go with their node. */
  readonly displaced: number;
  readonly moved: number;
  /** Displaced pods, and those that had to make room for them, that fit nowhere. */
  readonly pending: number;
  /** Displaced pods that nobody makes again. */
  readonly gone: number;
  /** Pods of other nodes that more important ones drove out. */
  readonly preempted: number;
  /** DaemonSet pods that went with their node. */
  readonly perNodePods: number;
  readonly pendingGroups: readonly PendingGroup[];
  readonly workloads: readonly WorkloadEffect[];
  readonly lostData: readonly LostData[];
  readonly capacityLeft: CapacityLeft;
  /** Absent when nothing is pending or no pool grows. */
  readonly refill?: Refill;
  /** One sentence. */
  readonly words: string;
}
