import type { SpreadRule } from "../../estate/kubernetes/workload.ts";

/** One zone with replicas of a group. */
export interface ZoneShare {
  /** Name of the zone; undefined in pools without zones. */
  readonly zone: string | undefined;
  /** Replicas on each node that has any, the fullest node first. */
  readonly replicasByNode: readonly number[];
  /** Nodes of the zone on which the replicas may run. */
  readonly eligibleNodes: number;
}

/** How the replicas of a group lie over zones and nodes: heavier zones first. */
export interface ReplicaShape {
  readonly zones: readonly ZoneShare[];
  readonly replicas: number;
}

/** A zone on offer: how many nodes may take replicas. */
export interface EligibleZone {
  readonly zone: string | undefined;
  readonly nodes: number;
}

/**
 * The shape of replicas that lie as given. Zones come in the order in which their loss weighs: by replicas where several
 * are needed, by nodes where any replica is enough. So an added replica never exchanges two zones to worse effect.
 */
export function shapeOf(zones: readonly ZoneShare[], needed: number): ReplicaShape {
  const weights = needed > 1 ? [replicasIn, nodesIn] : [nodesIn, replicasIn];
  const sorted = zones
    .filter(({ replicasByNode }) => replicasByNode.length > 0)
    .map((zone) => ({ ...zone, replicasByNode: zone.replicasByNode.toSorted((left, right) => right - left) }))
    .sort((left, right) => compareZones(left, right, weights));
  return { zones: sorted, replicas: sum(sorted.map(({ replicasByNode }) => sum(replicasByNode))) };
}

/** Replicas dealt out evenly: zone by zone, then node by node. */
export function evenShape(replicas: number, needed: number, eligible: readonly EligibleZone[]): ReplicaShape {
  const zones = eligible.filter(({ nodes }) => nodes > 0);
  const offered = zones.length === 0 ? [{ zone: undefined, nodes: 1 }] : zones;
  return shapeOf(
    offered.map(({ zone, nodes }, index) => ({
      zone,
      eligibleNodes: nodes,
      replicasByNode: evenCounts(evenCounts(replicas, offered.length)[index] ?? 0, nodes).filter((count) => count > 0),
    })),
    needed,
  );
}

/**
 * The most crowded shape that the required spread rules allow: what may happen where nothing keeps replicas apart.
 * A spread constraint of skew s allows between b and b + s replicas a domain; required anti-affinity allows one.
 */
export function worstShape(
  replicas: number,
  needed: number,
  rules: readonly SpreadRule[],
  eligible: readonly EligibleZone[],
): ReplicaShape {
  const required = rules.filter(({ strength }) => strength === "required");
  const zoneRules = required.filter(({ topologyKey }) => topologyKey === "topology.kubernetes.io/zone");
  const nodeRules = required.filter(({ topologyKey }) => topologyKey === "kubernetes.io/hostname");
  const zones = eligible.filter(({ nodes }) => nodes > 0).toSorted((left, right) => right.nodes - left.nodes);
  const nodes = sum(zones.map((zone) => zone.nodes));
  if (zones.length === 0) return evenShape(replicas, needed, eligible);
  if (zoneRules.length > 0) {
    const counts = crowdedCounts(replicas, zones.length, zoneRules);
    return shapeOf(
      zones.map(({ zone, nodes: eligibleNodes }, index) => ({
        zone,
        eligibleNodes,
        replicasByNode: crowdedCounts(counts[index] ?? 0, eligibleNodes, nodeRules),
      })),
      needed,
    );
  }
  const byNode = crowdedCounts(replicas, nodes, nodeRules);
  let start = 0;
  return shapeOf(
    zones.map(({ zone, nodes: eligibleNodes }) => {
      const replicasByNode = byNode.slice(start, start + eligibleNodes);
      start += eligibleNodes;
      return { zone, eligibleNodes, replicasByNode };
    }),
    needed,
  );
}

/** Counts a domain, the fullest first, empty domains left out. */
function crowdedCounts(replicas: number, domains: number, rules: readonly SpreadRule[]): readonly number[] {
  if (replicas === 0) return [];
  if (rules.length === 0 || domains <= 1) return [replicas];
  const apart = rules.some(({ origin }) => origin === "podAntiAffinity");
  const skew = apart ? 1 : Math.min(...rules.map(({ maxSkew }) => maxSkew));
  // Anti-affinity admits no more replicas than domains; more than that would not be placed.
  const base = Math.max(0, Math.ceil(replicas / domains) - skew);
  const counts = Array.from<number>({ length: domains }).fill(base);
  let left = replicas - base * domains;
  for (let domain = 0; domain < domains && left > 0; domain += 1) {
    const taken = Math.min(skew, left);
    counts[domain] = base + taken;
    left -= taken;
  }
  return counts.filter((count) => count > 0);
}

function evenCounts(replicas: number, domains: number): readonly number[] {
  return Array.from({ length: domains }, (_, index) => Math.floor((replicas + domains - 1 - index) / domains));
}

function compareZones(left: ZoneShare, right: ZoneShare, weights: readonly ((zone: ZoneShare) => number)[]): number {
  for (const weight of weights) {
    const difference = weight(right) - weight(left);
    if (difference !== 0) return difference;
  }
  for (const [index, count] of left.replicasByNode.entries()) {
    const difference = (right.replicasByNode[index] ?? 0) - count;
    if (difference !== 0) return difference;
  }
  return (left.zone ?? "") < (right.zone ?? "") ? -1 : 1;
}

function replicasIn({ replicasByNode }: ZoneShare): number {
  return sum(replicasByNode);
}

function nodesIn({ replicasByNode }: ZoneShare): number {
  return replicasByNode.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
