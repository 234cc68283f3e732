import { factReason } from "../../catalog/fact.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { zoneFloor } from "../../estate/assumptions/capacity-rules.ts";
import { autoscaledAtMinimum } from "../../estate/assumptions/cost-rules.ts";
import {
  defaultCluster,
  defaultNodePools,
  defaultRegion,
  defaultVmSize,
} from "../../estate/assumptions/estate-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import { requestedShares } from "../../scheduling/node-count-figure.ts";
import type { PoolPlacement } from "../../scheduling/placement.ts";
import { assumptionReason } from "./charge.ts";
import { type NeededHours, neededHours } from "./needed-hours.ts";
import type { PricingContext } from "./pricing-context.ts";

/** A pool with its nodes, at the autoscalers' minimum and at their maximum. */
export interface PricedPool {
  readonly cluster: Cluster;
  readonly pool: NodePool;
  readonly placement: PoolPlacement;
  /** Nodes that could do without the floor of an undeclared count or for zones; as many as are placed otherwise. */
  readonly leastNodes: number;
  /** Nodes with every autoscaler at its maximum; never fewer than are placed. */
  readonly ceilingNodes: number;
  readonly needed: NeededHours | undefined;
  readonly ceilingAssumption: Assumption | undefined;
  /** What was assumed of the cluster and the pool themselves, and where the low end of an undeclared count lies. */
  readonly reasons: readonly Reason[];
}

/** Every pool that has nodes, or has some when the autoscalers are at their maximum. */
export function pricedPools(context: PricingContext): readonly PricedPool[] {
  return context.estate.clusters.flatMap((cluster) => {
    const needed = neededHours(context.estate, cluster);
    const scaled = scaledPods(context, cluster);
    return cluster.nodePools.flatMap((pool) => {
      const placement = poolOf(context.placement.pools, cluster.name, pool.name);
      if (placement === undefined) return [];
      const nodes = placement.nodes.length;
      const ceiling = poolOf(context.ceiling?.pools ?? [], cluster.name, pool.name)?.nodes.length ?? nodes;
      const ceilingNodes = Math.max(nodes, ceiling);
      if (ceilingNodes === 0) return [];
      const ceilingAssumption =
        ceilingNodes > nodes
          ? assume(autoscaledAtMinimum, `${cluster.name}/${pool.name}`, { nodes, most: ceilingNodes, ...scaled })
          : undefined;
      const least = leastNodesOf(context, pool, placement, ceilingNodes);
      const reasons = [...assumedShape(context, cluster, pool), ...least.reasons];
      const leastNodes = least.nodes;
      return [{ cluster, pool, placement, leastNodes, ceilingNodes, needed, ceilingAssumption, reasons }];
    });
  });
}

/** Pods of the cluster's autoscaled workloads at their maximum, and how many of them find a node. */
function scaledPods(
  { estate, ceiling }: PricingContext,
  cluster: Cluster,
): { readonly pods: number; readonly placed: number } {
  const scaled = estate.workloads.filter((each) => each.cluster === cluster.name && canScale(each));
  const ids = new Set(scaled.map(({ id }) => id));
  const pods = scaled.reduce((sum, { replicas }) => sum + replicas.maximum, 0);
  const without = (ceiling?.unplaced ?? []).filter(({ workload }) => ids.has(workload));
  return { pods, placed: pods - without.reduce((sum, each) => sum + each.pods, 0) };
}

/** True when an autoscaler has room above its minimum. */
export function canScale({ run, opaque, replicas }: Workload): boolean {
  if (opaque || run === "perNode" || !Number.isSafeInteger(replicas.maximum)) return false;
  return replicas.maximum > Math.max(0, replicas.minimum);
}

/** Without the floors that were assumed: what the fullest resource fills, at least the declared minimum. */
function leastNodesOf(
  { catalog, placement }: PricingContext,
  pool: NodePool,
  { allocatable, nodes }: PoolPlacement,
  ceilingNodes: number,
): { readonly nodes: number; readonly reasons: readonly Reason[] } {
  const subject = `${pool.cluster}/${pool.name}`;
  const forZones = placement.assumptions.find((each) => each.id === zoneFloor.id && each.subject === subject);
  if (pool.countDeclared && forZones === undefined) return { nodes: nodes.length, reasons: [] };
  const { cpu, memory, pods } = requestedShares(allocatable, nodes);
  const filled = Math.ceil(Math.max(cpu, memory, pods) * nodes.length - 1e-9);
  if (forZones !== undefined) {
    const least = Math.min(nodes.length, Math.max(filled, pool.minimumNodes));
    const text = `low end ${inNodes(least)}, without a node kept in each zone; likely ${inNodes(nodes.length)}, with one`;
    return { nodes: least, reasons: [assumptionReason(forZones), { kind: "formula", text }] };
  }
  const { leastSystemNodes } = catalog.nodePoolLimits();
  const floor = pool.mode === "System" ? leastSystemNodes.value : 0;
  const least = Math.min(nodes.length, Math.max(filled, floor));
  if (least === nodes.length) return { nodes: least, reasons: [] };
  const why = floor > filled ? "the least that AKS allows" : "which the requests fill";
  const most = ceilingNodes > nodes.length ? "with every autoscaler at its maximum" : "as no autoscaler adds any";
  const text = `low end ${inNodes(least)}, ${why}; likely ${inNodes(nodes.length)}, with the floor of an undeclared count; high end ${inNodes(ceilingNodes)}, ${most}`;
  return {
    nodes: least,
    reasons: [{ kind: "formula", text }, ...(floor > filled ? [factReason(leastSystemNodes)] : [])],
  };
}

/**
 * Assumptions that the price of a node stands on where its region, pool or size is not declared. That of a whole
 * cluster says all of these.
 */
function assumedShape({ estate }: PricingContext, cluster: Cluster, pool: NodePool): readonly Reason[] {
  const subjects = [`Cluster/${cluster.name}`, `Cluster/${cluster.name}/${pool.name}`];
  const own = estate.assumptions.filter(({ subject }) => subjects.includes(subject));
  const whole = own.filter(({ id }) => id === defaultCluster.id);
  const parts = [defaultRegion, defaultNodePools, defaultVmSize].map(({ id }) => id);
  return (whole.length > 0 ? whole : own.filter(({ id }) => parts.includes(id))).map(assumptionReason);
}

function inNodes(count: number): string {
  return `${count} ${count === 1 ? "node" : "nodes"}`;
}

function poolOf(pools: readonly PoolPlacement[], cluster: string, pool: string): PoolPlacement | undefined {
  return pools.find((each) => each.cluster === cluster && each.pool === pool);
}
