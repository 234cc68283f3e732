import type { Assumption } from "../estate/assumptions/assumption.ts";
import { assume } from "../estate/assumptions/assumption-rule.ts";
import { autoscaledAtMinimum } from "../estate/assumptions/cost-rules.ts";
import type { Cluster, NodePool } from "../estate/model/cluster.ts";
import type { PoolPlacement } from "../scheduling/placement.ts";
import { type NeededHours, neededHours } from "./needed-hours.ts";
import type { PricingContext } from "./pricing-context.ts";

/** A pool with its nodes, at the autoscalers' minimum and at their maximum. */
export interface PricedPool {
  readonly cluster: Cluster;
  readonly pool: NodePool;
  readonly placement: PoolPlacement;
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
      return [{ cluster, pool, placement, ceilingNodes, needed, ceilingAssumption }];
    });
  });
}

function poolOf(pools: readonly PoolPlacement[], cluster: string, pool: string): PoolPlacement | undefined {
  return pools.find((each) => each.cluster === cluster && each.pool === pool);
}
