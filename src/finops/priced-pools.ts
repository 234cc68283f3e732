import type { Assumption } from "../estate/assumptions/assumption.ts";
import { assume } from "../estate/assumptions/assumption-rule.ts";
import { autoscaledAtMinimum } from "../estate/assumptions/cost-rules.ts";
import type { Cluster, NodePool } from "../estate/model/cluster.ts";
import { requestedShares } from "../scheduling/node-count-figure.ts";
import type { PoolPlacement } from "../scheduling/placement.ts";
import { type NeededHours, neededHours } from "./needed-hours.ts";
import type { PricingContext } from "./pricing-context.ts";

/** AKS wants two nodes in a system pool. */
const leastSystemNodes = 2;

/** A pool with its nodes, at the autoscalers' minimum and at their maximum. */
export interface PricedPool {
  readonly cluster: Cluster;
  readonly pool: NodePool;
  readonly placement: PoolPlacement;
  /** Nodes that could do where the count is not declared; as many as are placed otherwise. */
  readonly leastNodes: number;
  /** Nodes with every autoscaler at its maximum; never fewer than are placed. */
  readonly ceilingNodes: number;
  readonly needed: NeededHours | undefined;
  readonly ceilingAssumption: Assumption | undefined;
}

/** Every pool that has nodes, or has some when the autoscalers are at their maximum. */
export function pricedPools(context: PricingContext): readonly PricedPool[] {
  return context.estate.clusters.flatMap((cluster) => {
    const needed = neededHours(context.estate, cluster);
    return cluster.nodePools.flatMap((pool) => {
      const placement = poolOf(context.placement.pools, cluster.name, pool.name);
      if (placement === undefined) return [];
      const nodes = placement.nodes.length;
      const ceiling = poolOf(context.ceiling?.pools ?? [], cluster.name, pool.name)?.nodes.length ?? nodes;
      const ceilingNodes = Math.max(nodes, ceiling);
      if (ceilingNodes === 0) return [];
      const ceilingAssumption =
        ceilingNodes > nodes
          ? assume(autoscaledAtMinimum, `${cluster.name}/${pool.name}`, { nodes, most: ceilingNodes })
          : undefined;
      const leastNodes = leastNodesOf(pool, placement);
      return [{ cluster, pool, placement, leastNodes, ceilingNodes, needed, ceilingAssumption }];
    });
  });
}

/** Without the floors that an undeclared count is given: what the fullest resource fills. */
function leastNodesOf(pool: NodePool, { allocatable, nodes }: PoolPlacement): number {
  if (pool.countDeclared) return nodes.length;
  const { cpu, memory, pods } = requestedShares(allocatable, nodes);
  const filled = Math.ceil(Math.max(cpu, memory, pods) * nodes.length - 1e-9);
  return Math.min(nodes.length, Math.max(filled, pool.mode === "System" ? leastSystemNodes : 0));
}

function poolOf(pools: readonly PoolPlacement[], cluster: string, pool: string): PoolPlacement | undefined {
  return pools.find((each) => each.cluster === cluster && each.pool === pool);
}
