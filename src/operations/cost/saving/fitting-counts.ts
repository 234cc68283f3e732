import type { Catalog } from "../../../catalog/catalog.ts";
import type { NodePool } from "../../../estate/model/cluster.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { changePool, withFreeCounts } from "../../../finops/right-sizing/nodes/packed-cluster.ts";
import { placeWorkloads } from "../../../scheduling/place-workloads.ts";
import type { Placement } from "../../../scheduling/placement.ts";

/** Nodes more than the packing needs that are tried before a count is given up. */
const mostSpareNodes = 2;

/**
 * The estate with the least node counts that its pods fit on in the chosen pools: counts follow the pods first, then stand
 * as they would be declared. Undefined where pods would find no node.
 */
export function withFittingCounts(
  estate: Estate,
  catalog: Catalog,
  isChosen: (pool: NodePool) => boolean,
): Estate | undefined {
  const placement = placeWorkloads(estate, catalog);
  const free = withFreeCounts(estate, catalog, placement);
  const freed = withPools(estate, isChosen, (pool) => poolIn(free, pool));
  const packed = placeWorkloads(freed, catalog);
  for (let spare = 0; spare <= mostSpareNodes; spare += 1) {
    const counted = withPools(estate, isChosen, (pool) => {
      const nodes = Math.min(nodesOf(packed, pool) + spare, Math.max(pool.minimumNodes, nodesOf(packed, pool)));
      return {
        ...pool,
        countDeclared: true,
        minimumNodes: nodes,
        maximumNodes: pool.autoscaling ? Math.max(pool.maximumNodes, nodes) : nodes,
      };
    });
    if (waitingIn(placeWorkloads(counted, catalog)) <= waitingIn(placement)) return counted;
  }
  return undefined;
}

/** Nodes of a pool as placed. */
export function nodesOf({ pools }: Placement, { cluster, name }: Pick<NodePool, "cluster" | "name">): number {
  return pools.find((each) => each.cluster === cluster && each.pool === name)?.nodes.length ?? 0;
}

function withPools(
  estate: Estate,
  isChosen: (pool: NodePool) => boolean,
  change: (pool: NodePool) => NodePool | undefined,
): Estate {
  return estate.clusters
    .flatMap(({ nodePools }) => nodePools)
    .filter(isChosen)
    .reduce((current, pool) => changePool(current, pool, (own) => change(own) ?? own), estate);
}

function poolIn({ clusters }: Estate, { cluster, name }: NodePool): NodePool | undefined {
  return clusters.find((each) => each.name === cluster)?.nodePools.find((each) => each.name === name);
}

function waitingIn({ unplaced }: Placement): number {
  return unplaced.reduce((sum, { pods }) => sum + pods, 0);
}
