import type { Assumption } from "../estate/assumptions/assumption.ts";
import type { Figure } from "../estate/figures/figure.ts";

/** What pods may use of a node, after AKS reservations. */
export interface Allocatable {
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
  readonly pods: number;
}

/** One node with the pods it carries. Its zone follows round robin over the pool's zones; undefined in a regional pool. */
export interface PlacedNode {
  /** `cluster/pool/index`. */
  readonly name: string;
  readonly zone: string | undefined;
  /** Pods of the estate's workloads, those of DaemonSets too. */
  readonly pods: readonly { readonly workload: string; readonly replica: number }[];
  /** Requests of all pods on the node, also of those that the platform runs; never above `allocatable`. */
  readonly requested: Allocatable;
}

/** Pods that no workload of the estate declares: components of the Cluster document, and system pods of AKS. */
export interface PlacedPlatformPods {
  /** `cluster/namespace/name`. */
  readonly name: string;
  readonly origin: "system" | "component";
  readonly pods: number;
  /** Of one pod. */
  readonly requests: { readonly cpuMillicores: number; readonly memoryBytes: number };
}

/** A node pool with as many nodes as its workloads need, within its declared limits. */
export interface PoolPlacement {
  readonly cluster: string;
  readonly pool: string;
  readonly vmSize: string;
  /** VM size less `overheadPerNode`; DaemonSets of the estate are pods in it. */
  readonly allocatable: Allocatable;
  /** Taken on every node by AKS reservations, eviction threshold and the daemons that AKS runs. */
  readonly overheadPerNode: { readonly cpuMillicores: number; readonly memoryBytes: number };
  readonly nodes: readonly PlacedNode[];
  /** Number of nodes, with its reasons. */
  readonly nodeCount: Figure;
  readonly platformPods?: readonly PlacedPlatformPods[];
}

/** Where every pod of the estate runs. */
export interface Placement {
  readonly pools: readonly PoolPlacement[];
  /** Workloads (whole or in part) that no pool admits, or of which nothing says where they go. */
  readonly unplaced: readonly {
    readonly workload: string;
    readonly pods: number;
    readonly reason: string;
    /** A value that decides it could not be read, so whether a pool admits them is not known; `pods` is then 0. */
    readonly unknown?: true;
  }[];
  readonly assumptions: readonly Assumption[];
}
