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
 * The shape that is lost most easily of those that the required spread rules allow: what may happen where nothing keeps
 * replicas apart. A spread constraint of skew s allows between b and b + s replicas a domain; required anti-affinity
 * allows one. A node or zone that holds as many replicas as must not be lost stops the group by itself, so the worst
 * shape has most of these: one that holds all where one replica is enough, one a replica where all are needed.
 */
export function worstShape(
  replicas: number,
  needed: number,
  rules: readonly SpreadRule[],
  eligible: readonly EligibleZone[],
): ReplicaShape {
  const zones = eligible.filter(({ nodes }) => nodes > 0).toSorted((left, right) => right.nodes - left.nodes);
  if (zones.length === 0) return evenShape(replicas, needed, eligible);
  const required = rules.filter(({ strength }) => strength === "required");
  const allowed: Allowed = {
    replicas,
    needed,
    zones,
    zoneRules: required.filter(({ topologyKey }) => topologyKey === "topology.kubernetes.io/zone"),
    nodeRules: required.filter(({ topologyKey }) => topologyKey === "kubernetes.io/hostname"),
  };
  const fatal = replicas - needed + 1;
  const smallestFirst = { ...allowed, zones: zones.toReversed() };
  const shapes = [crowdedShape(allowed), crowdedShape(smallestFirst), ...blockShapes(allowed, fatal)];
  return shapes.reduce((worst, shape) => (isWorse(shape, worst, fatal) ? shape : worst));
}

/** What a group may look like: its rules, and the zones in the order in which they are filled. */
interface Allowed {
  readonly replicas: number;
  readonly needed: number;
  readonly zones: readonly EligibleZone[];
  readonly zoneRules: readonly SpreadRule[];
  readonly nodeRules: readonly SpreadRule[];
}

/** As few nodes and zones as the rules allow. */
function crowdedShape({ replicas, needed, zones, zoneRules, nodeRules }: Allowed): ReplicaShape {
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
  const nodes = sum(zones.map((zone) => zone.nodes));
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

/**
 * Blocks of just so many replicas as must not be lost, on a node each and in as many zones as there are; where a rule
 * holds one replica a node, in as many zones as such a block fits into. None where the rules decide the counts.
 */
function blockShapes(
  { replicas, needed, zones, zoneRules, nodeRules }: Allowed,
  fatal: number,
): readonly ReplicaShape[] {
  const nodes = sum(zones.map((zone) => zone.nodes));
  if (nodeRules.length > 0 && (zoneRules.length > 0 || replicas > nodes)) return [];
  const room = zones.map((zone) => (nodeRules.length > 0 ? zone.nodes : replicas));
  const counts = zoneRules.length > 0 ? evenCounts(replicas, zones.length) : blocksByZone(replicas, fatal, room, zones);
  const shape = shapeOf(
    zones.map(({ zone, nodes: eligibleNodes }, index) => {
      const count = counts[index] ?? 0;
      const replicasByNode =
        nodeRules.length > 0 ? Array.from({ length: count }, () => 1) : blocks(count, fatal, eligibleNodes);
      return { zone, eligibleNodes, replicasByNode };
    }),
    needed,
  );
  return [shape];
}

/** Replicas of each zone: blocks dealt out in turn while zones have room for one and a node for it, then the rest. */
function blocksByZone(
  replicas: number,
  fatal: number,
  room: readonly number[],
  zones: readonly EligibleZone[],
): readonly number[] {
  const counts = zones.map(() => 0);
  let left = replicas;
  const deal = (size: number, isOpen: (zone: number) => boolean) => {
    for (let before = -1; before !== left && left > 0; ) {
      before = left;
      for (const zone of zones.keys()) {
        const count = counts[zone] ?? 0;
        if (left < size || count + size > (room[zone] ?? 0) || !isOpen(zone)) continue;
        counts[zone] = count + size;
        left -= size;
      }
    }
  };
  deal(fatal, (zone) => (counts[zone] ?? 0) / fatal < (zones[zone]?.nodes ?? 0));
  deal(1, () => true);
  return counts;
}

/** As many nodes with a block as there are, what is left over on the first. */
function blocks(count: number, fatal: number, nodes: number): readonly number[] {
  const full = Math.max(1, Math.min(nodes, Math.floor(count / fatal)));
  if (count === 0) return [];
  const size = Math.min(fatal, count);
  return [count - size * (full - 1), ...Array.from({ length: full - 1 }, () => size)];
}

/** More nodes that stop the group by themselves, or as many and more such zones. */
function isWorse(shape: ReplicaShape, than: ReplicaShape, fatal: number): boolean {
  const nodes = (of: ReplicaShape) =>
    of.zones.flatMap(({ replicasByNode }) => replicasByNode).filter((count) => count >= fatal).length;
  const zones = (of: ReplicaShape) => of.zones.filter((zone) => replicasIn(zone) >= fatal).length;
  return nodes(shape) - nodes(than) > 0 || (nodes(shape) === nodes(than) && zones(shape) > zones(than));
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
