import type { Assumption } from "../estate/assumptions/assumption.ts";
import { assume } from "../estate/assumptions/assumption-rule.ts";
import { nodeCountFromWorkloads } from "../estate/assumptions/capacity-rules.ts";
import type { NodePool } from "../estate/model/cluster.ts";

/** AKS: at most 1,000 nodes in a pool. */
const poolLimit = 1000;
/** AKS advises three nodes for a system pool. */
const systemPoolFloor = 3;

/** Between what counts the pool may have nodes, and why. */
export interface PoolLimits {
  readonly minimum: number;
  readonly maximum: number;
  /** In words, for the reasons of the node count. */
  readonly because: string;
  readonly assumption: Assumption | undefined;
}

/**
 * Declared limits hold; a count nobody declared follows the workloads. Where workloads that prefer this pool spread
 * their replicas over zones, a pool that may grow has a node in each of its zones.
 */
export function poolLimits(pool: NodePool, spreadsOverZones: boolean): PoolLimits {
  const zoneFloor = spreadsOverZones ? pool.zones.length : 0;
  if (pool.countDeclared && !pool.autoscaling) {
    const count = withinLimit(pool.minimumNodes);
    const cut = count < pool.minimumNodes ? `, cut to the ${poolLimit} nodes that AKS allows in a pool` : "";
    return { minimum: count, maximum: count, because: `the declared count${cut}`, assumption: undefined };
  }
  if (pool.countDeclared) {
    const maximum = withinLimit(Math.max(pool.minimumNodes, pool.maximumNodes));
    const minimum = Math.min(maximum, Math.max(withinLimit(pool.minimumNodes), zoneFloor));
    return {
      minimum,
      maximum,
      because: `autoscaling from ${pool.minimumNodes} to ${pool.maximumNodes}${minimum > pool.minimumNodes ? `, at least ${minimum} so that spread workloads find every zone` : ""}`,
      assumption: undefined,
    };
  }
  const floor = Math.max(withinLimit(pool.minimumNodes), pool.mode === "System" ? systemPoolFloor : 0, zoneFloor);
  const why = `at least ${floor}${floor === 0 ? "" : floorReason(pool, floor)}`;
  return {
    minimum: floor,
    maximum: poolLimit,
    because: why,
    assumption: assume(nodeCountFromWorkloads, `${pool.cluster}/${pool.name}`, { floor, why }, pool.place),
  };
}

function withinLimit(nodes: number): number {
  return Number.isSafeInteger(nodes) ? Math.min(poolLimit, Math.max(0, nodes)) : 0;
}

function floorReason(pool: NodePool, floor: number): string {
  const reasons = [
    ...(pool.mode === "System" && floor === systemPoolFloor ? ["as AKS advises for a system pool"] : []),
    ...(pool.zones.length > 1 && floor >= pool.zones.length ? ["so that each zone has one"] : []),
  ];
  return reasons.length === 0 ? "" : ` ${reasons.join(" and ")}`;
}
