import type { VmSize } from "../../catalog/catalog.ts";
import type { NodePool } from "../../estate/model/cluster.ts";

/** Pods of one workload, or of the platform, as the choice of pools sees them. */
export interface PlannedPods {
  /** Workload id, or the name of platform pods. */
  readonly id: string;
  readonly tenant: string;
  /** What one takes, in the order of `planDimensions`. */
  readonly size: readonly number[];
  readonly quantity: number;
  /** Most on one node; undefined: no limit. */
  readonly perNode: number | undefined;
  /** False for jobs: they wait while a zone is gone. */
  readonly isServing: boolean;
  /** Its disks are of one zone each: a pod stays in the zone where it first ran, and waits while that is gone. */
  readonly isZoneBound: boolean;
  /** Refuses to be spread unevenly over zones, so there has to be a node in each. */
  readonly needsEveryZone: boolean;
  /** Fewest nodes of its pool, so that one that is lost stops no journey. */
  readonly spreadOver: number;
}

/** What pods and nodes are measured in. */
export const planDimensions = [
  "cpuMillicores",
  "memoryBytes",
  "pods",
  "gpus",
  "ephemeralStorageBytes",
  "dataDisks",
  "inotifyInstances",
  "inotifyWatches",
] as const;

/** A VM size that a pool may have. */
export interface PoolSize {
  readonly size: VmSize;
  readonly osDisk: NodePool["osDisk"];
  readonly maxPods: number;
  /** What is left for pods beside reservations and DaemonSets, in the order of `planDimensions`. */
  readonly capacity: readonly number[];
  /** Of one node for an hour, in millionths of the currency: VM, OS disk, what is billed by vCPU. */
  readonly hourlyMicros: number;
}

/** Pods that may share nodes with each other and with nobody else, and the sizes that can carry them. */
export interface PoolProblem {
  readonly pods: readonly PlannedPods[];
  readonly sizes: readonly PoolSize[];
  readonly zones: number;
  /** All serving pods must run with any one zone gone. */
  readonly headroom: boolean;
  readonly minimumNodes: number;
}

/** One pool of a solution. */
export interface SolvedPool {
  readonly size: PoolSize;
  readonly pods: readonly PlannedPods[];
  readonly nodes: number;
  /** Nodes beyond the packing that the scheduler turned out to need. */
  readonly added: number;
}

/** Ways to carry the pods, the cheapest first; what the scheduler makes of each is another matter. */
export interface PoolSolutions {
  readonly candidates: readonly (readonly SolvedPool[])[];
  /** Cheaper than what packs, with little room to spare: workloads have to change places for the scheduler to agree. */
  readonly drafts: readonly (readonly SolvedPool[])[];
  /** No pools of any sizes and number carry the pods for less. */
  readonly lowerBoundMicros: number;
}

type LeastNodes = Pick<PoolProblem, "minimumNodes" | "zones">;

/** Nodes that a pool with these pods has at the least. */
export function podNodes({ needsEveryZone, spreadOver }: PlannedPods, { minimumNodes, zones }: LeastNodes): number {
  return Math.max(minimumNodes, needsEveryZone ? zones : 0, spreadOver);
}

/** Nodes that a pool of these pods has at the least. */
export function leastNodes(pods: readonly PlannedPods[], problem: LeastNodes): number {
  return Math.max(problem.minimumNodes, ...pods.map((each) => podNodes(each, problem)));
}
