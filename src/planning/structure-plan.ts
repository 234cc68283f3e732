import type { Cluster, NodePool } from "../estate/model/cluster.ts";
import type { TenancyLayer } from "../estate/model/tenancy-layer.ts";
import type { UnitConflict } from "./isolation/unit-conflicts.ts";
import type { PlanUnit } from "./model/site.ts";
import type { PlanPolicy } from "./plan-policy.ts";
import type { PodClass } from "./pools/pod-class.ts";
import type { PlannedPods, PoolProblem, SolvedPool } from "./pools/pool-problem.ts";

/** Pods that may share nodes, with the ways to carry them. */
export interface PlannedClass {
  readonly podClass: PodClass;
  /** For AKS and the platform's components alone. */
  readonly isSystemOnly: boolean;
  /** Everything about its pools but name, size and count. */
  readonly template: NodePool;
  /** Its pods and what may carry them. */
  readonly problem: PoolProblem;
  /** The cheapest first. */
  readonly candidates: readonly (readonly SolvedPool[])[];
  /** Ways with little room to spare, which the scheduler agrees with at best once workloads have changed places. */
  readonly drafts: readonly (readonly SolvedPool[])[];
  /** Which of them the plan has. */
  readonly chosen: number;
  /** In millionths an hour: what no other pools cost less than. */
  readonly lowerBoundMicros: number;
  /** Layers that its tenant wants separate; empty for what is shared. */
  readonly because: readonly TenancyLayer[];
}

/** One node pool of the plan. */
export interface PlannedPool {
  /** Position of its class in the cluster. */
  readonly classIndex: number;
  readonly pool: NodePool;
  readonly podClass: PodClass | undefined;
  readonly pods: readonly PlannedPods[];
  readonly solved: SolvedPool;
  /** Nodes beyond the packing that the scheduler turned out to need. */
  readonly addedForScheduler: number;
}

/** One cluster of the plan. */
export interface PlannedCluster {
  /** With the planned pools. */
  readonly cluster: Cluster;
  /** The declared cluster whose settings it has. */
  readonly template: Cluster;
  /** False for a cluster that is not there today. */
  readonly isDeclared: boolean;
  readonly units: readonly PlanUnit[];
  readonly classes: readonly PlannedClass[];
  readonly pools: readonly PlannedPool[];
  readonly apartFrom: readonly (UnitConflict & { readonly other: string })[];
  /** Nodes, in millionths of the currency an hour: what no other choice of pools costs less than. */
  readonly lowerBoundMicros: number;
  /** Tier, in millionths an hour. */
  readonly tierMicros: number;
}

/** Pods that no structure of the plan's making can take. */
export interface UnplannedPods {
  readonly workload: string;
  readonly tenant: string;
  readonly reason: string;
}

/** Clusters, pools, sizes and counts for one policy: the plan as data, before it is told. */
export interface Structure {
  readonly policy: PlanPolicy;
  readonly clusters: readonly PlannedCluster[];
  readonly unplanned: readonly UnplannedPods[];
  /** Nodes and tiers, in millionths of the currency an hour. */
  readonly hourlyMicros: number;
  readonly lowerBoundMicros: number;
}
