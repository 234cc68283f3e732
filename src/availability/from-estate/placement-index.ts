import type { Allocatable, PlacedNode, Placement } from "../../scheduling/placement.ts";

/** Nodes of one pool, and the pods of one workload on each. */
export interface PoolShare {
  readonly cluster: string;
  readonly pool: string;
  readonly nodes: readonly PlacedNode[];
  /** Pods of the workload by index of node; nodes without any are absent. */
  readonly pods: ReadonlyMap<number, number>;
}

/** A placement by workload. */
export interface PlacementIndex {
  /** Pools on which the workload has pods. */
  readonly poolsOf: (workload: string) => readonly PoolShare[];
  readonly unplacedReason: (workload: string) => string | undefined;
  readonly nodesOf: (cluster: string, pool: string) => readonly PlacedNode[];
  /** What pods may use of one node of the pool; undefined where nothing is placed. */
  readonly allocatableOf: (cluster: string, pool: string) => Allocatable | undefined;
}

export function indexPlacement(placement: Placement): PlacementIndex {
  const shares = new Map<
    string,
    Map<string, { cluster: string; pool: string; nodes: readonly PlacedNode[]; pods: Map<number, number> }>
  >();
  const nodes = new Map<string, readonly PlacedNode[]>();
  const allocatables = new Map<string, Allocatable>();
  for (const pool of placement.pools) {
    const key = `${pool.cluster}/${pool.pool}`;
    nodes.set(key, pool.nodes);
    allocatables.set(key, pool.allocatable);
    for (const [index, node] of pool.nodes.entries()) {
      for (const { workload } of node.pods) {
        const pools = shares.get(workload) ?? new Map();
        shares.set(workload, pools);
        const share = pools.get(key) ?? { cluster: pool.cluster, pool: pool.pool, nodes: pool.nodes, pods: new Map() };
        pools.set(key, share);
        share.pods.set(index, (share.pods.get(index) ?? 0) + 1);
      }
    }
  }
  const unplaced = new Map(placement.unplaced.map(({ workload, reason }) => [workload, reason]));
  return {
    poolsOf: (workload) => [...(shares.get(workload)?.values() ?? [])],
    unplacedReason: (workload) => unplaced.get(workload),
    nodesOf: (cluster, pool) => nodes.get(`${cluster}/${pool}`) ?? [],
    allocatableOf: (cluster, pool) => allocatables.get(`${cluster}/${pool}`),
  };
}
