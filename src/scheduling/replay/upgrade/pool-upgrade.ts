import type { ClusterNode } from "../../kube-scheduler/model/cluster-node.ts";

/** How a pool is upgraded. */
export interface UpgradeSettings {
  readonly pool: string;
  /** Extra nodes; 0: nodes are taken out of service without a stand-in. */
  readonly surge: number;
  /** Nodes drained at a time. */
  readonly batch: number;
  readonly drainTimeoutSeconds: number;
  readonly soakSeconds: number;
  /** What becomes of a node that does not drain in time: the upgrade fails, or goes on without it. */
  readonly undrainable: "fails" | "quarantined";
}

/** Nodes that are drained, upgraded and put back together. */
export interface UpgradeBatch {
  readonly nodes: readonly string[];
  readonly startSeconds: number;
  /** When the last pod had stopped; absent when that never happened within the timeout. */
  readonly drainedSeconds?: number;
  readonly endSeconds: number;
  readonly evictedPods: number;
  /** Pods that had no place at its end. */
  readonly pendingPods: number;
}

/** Why a drain did not end. */
export interface StuckDrain {
  readonly node: string;
  /** Id of a pod that stayed. */
  readonly pod: string;
  readonly workload: string;
  readonly label: string;
  /** Budget that held it, `namespace/name`; absent when it was only slow to stop. */
  readonly budget?: string;
  /** A sentence without a full stop. */
  readonly reason: string;
  /** True when waiting longer would not have helped. */
  readonly never: boolean;
}

/** A budget that lets nothing go, so that no node with one of its pods can be drained. */
export interface BlockingBudget {
  readonly budget: string;
  readonly limit: string;
  readonly pods: number;
  /** Labels of the workloads that it guards. */
  readonly workloads: readonly string[];
  /** Nodes of the pool that hold one of their pods. */
  readonly nodes: readonly string[];
}

/** The longest time that a workload went without, while a pool was upgraded. */
export interface WorkloadOutage {
  readonly workload: string;
  readonly label: string;
  readonly withoutPodSeconds: number;
  readonly belowNeedSeconds: number;
  /** It was still without when the upgrade ended. */
  readonly isOpen: boolean;
}

/** The upgrade of one pool. */
export interface PoolUpgrade {
  readonly pool: string;
  readonly nodes: number;
  readonly settings: UpgradeSettings;
  /** `failed`: a drain did not end in time; `stopped`: the bound on events was reached. */
  readonly outcome: "finished" | "failed" | "stopped";
  readonly seconds: number;
  /** Seconds that extra nodes ran, summed over them. */
  readonly surgeNodeSeconds: number;
  readonly batches: readonly UpgradeBatch[];
  readonly stuck: readonly StuckDrain[];
  readonly blockingBudgets: readonly BlockingBudget[];
  /** Nodes left behind in the old version. */
  readonly quarantined: readonly string[];
  /** Worst first; workloads that always had a pod and enough of them are not listed. */
  readonly outages: readonly WorkloadOutage[];
  readonly events: number;
}

/** A node as it was, cordoned or fresh. */
export function cordoned(node: ClusterNode): ClusterNode {
  return { ...node, unschedulable: true };
}
