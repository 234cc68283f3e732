import type { NodePoolLimits } from "../catalog/catalog.ts";
import type { Fact } from "../catalog/fact.ts";
import type { Assumption } from "../estate/assumptions/assumption.ts";
import { assume } from "../estate/assumptions/assumption-rule.ts";
import { nodeCountFromWorkloads, zoneFloor } from "../estate/assumptions/capacity-rules.ts";
import type { NodePool } from "../estate/model/cluster.ts";

/** Between what counts the pool may have nodes, and why. */
export interface PoolLimits {
  readonly minimum: number;
  readonly maximum: number;
  /** In words, for the reasons of the node count. */
  readonly because: string;
  readonly assumption: Assumption | undefined;
  /** Limits of AKS that decide one of the ends. */
  readonly facts: readonly Fact<number>[];
}

/** How strongly the workloads that prefer a pool ask for their replicas to be spread over zones. */
export type ZoneSpread = "none" | "preferred" | "required";

/**
 * Declared limits hold; a count nobody declared follows the workloads and has a node in each zone where workloads spread
 * over zones. A declared autoscaling minimum is raised to that only for required spread: no autoscaler adds a node for a
 * preference.
 */
export function poolLimits(
  pool: NodePool,
  zoneSpread: ZoneSpread,
  { mostNodes, advisedSystemNodes }: NodePoolLimits,
): PoolLimits {
  const withinLimit = (nodes: number) =>
    Number.isSafeInteger(nodes) ? Math.min(mostNodes.value, Math.max(0, nodes)) : 0;
  if (pool.countDeclared && !pool.autoscaling) {
    const count = withinLimit(pool.minimumNodes);
    const cut = count < pool.minimumNodes ? `, cut to the ${mostNodes.value} nodes that AKS allows in a pool` : "";
    return {
      minimum: count,
      maximum: count,
      because: `the declared count${cut}`,
      assumption: undefined,
      facts: cut === "" ? [] : [mostNodes],
    };
  }
  if (pool.countDeclared) {
    const maximum = withinLimit(Math.max(pool.minimumNodes, pool.maximumNodes));
    const declared = withinLimit(pool.minimumNodes);
    const minimum = Math.min(maximum, Math.max(declared, zoneSpread === "required" ? pool.zones.length : 0));
    const subject = `${pool.cluster}/${pool.name}`;
    return {
      minimum,
      maximum,
      because: `autoscaling from ${pool.minimumNodes} to ${pool.maximumNodes}${minimum > declared ? `, at least ${minimum} so that spread workloads find every zone` : ""}`,
      assumption:
        minimum > declared ? assume(zoneFloor, subject, { floor: minimum, minimum: declared }, pool.place) : undefined,
      facts: maximum < pool.maximumNodes ? [mostNodes] : [],
    };
  }
  const systemFloor = pool.mode === "System" ? advisedSystemNodes.value : 0;
  const floor = Math.max(withinLimit(pool.minimumNodes), systemFloor, zoneSpread === "none" ? 0 : pool.zones.length);
  const isAdvised = systemFloor > 0 && floor === systemFloor;
  const why = `at least ${floor}${floor === 0 ? "" : floorReason(pool, floor, isAdvised)}`;
  return {
    minimum: floor,
    maximum: mostNodes.value,
    because: why,
    assumption: assume(nodeCountFromWorkloads, `${pool.cluster}/${pool.name}`, { floor, why }, pool.place),
    facts: isAdvised ? [advisedSystemNodes] : [],
  };
}

function floorReason(pool: NodePool, floor: number, isAdvised: boolean): string {
  const reasons = [
    ...(isAdvised ? ["as AKS advises for a system pool"] : []),
    ...(pool.zones.length > 1 && floor >= pool.zones.length ? ["so that each zone has one"] : []),
  ];
  return reasons.length === 0 ? "" : ` ${reasons.join(" and ")}`;
}
