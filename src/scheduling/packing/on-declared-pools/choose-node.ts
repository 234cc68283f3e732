import type { Filling } from "./filling.ts";
import { fits, type PackedNode, type PackingItem } from "./packing-model.ts";
import type { SpreadTally } from "./spread-tally.ts";

/**
 * Index of the best open node for one more pod; undefined when none has room. Best: preferred pool, then fewest replicas
 * of the workload in the zone, then on the node, then fullest or emptiest by choice, then first. With choice `first` only
 * the pool and the order count.
 */
export function chooseNode(filling: Filling, item: PackingItem, tally: SpreadTally): number | undefined {
  const { nodes, choice } = filling;
  const { demand } = item.shape;
  let chosen: number | undefined;
  let best: NodeScore = { rank: 0, inZone: 0, onNode: 0, free: 0 };
  for (const index of filling.active.indices) {
    const node = nodes[index];
    if (node === undefined || !fits(demand, node.room)) continue;
    if (item.admittedClasses[node.pool]?.[node.classIndex] !== true) continue;
    const rank = item.ranks[node.pool] ?? Number.POSITIVE_INFINITY;
    if (chosen !== undefined && (rank > best.rank || (rank === best.rank && choice === "first"))) continue;
    const inZone = tally.inZone(node.zone);
    if (chosen !== undefined && rank === best.rank && inZone > best.inZone) continue;
    const score = { rank, inZone, onNode: tally.onNode(index), free: freeScore(filling, node) };
    if (chosen !== undefined && !isLess(score, best)) continue;
    if (tally.obstacle(node, index) !== undefined) continue;
    chosen = index;
    best = score;
  }
  return chosen;
}

/**
 * Nodes that take one replica each, when so many are left that every node gets several: spreading them one by one comes
 * to the same and would look at every node for every replica. Empty when they must be placed one by one.
 */
export function chooseRound(filling: Filling, item: PackingItem, tally: SpreadTally, left: number): readonly number[] {
  const { nodes, choice, active } = filling;
  if (choice !== "loose" || left < 2 * active.indices.length || item.shape.hostPorts || tally.hasRequiredRules)
    return [];
  let bestRank = Number.POSITIVE_INFINITY;
  let round: number[] = [];
  for (const index of active.indices) {
    const node = nodes[index];
    if (node === undefined || !fits(item.shape.demand, node.room)) continue;
    if (item.admittedClasses[node.pool]?.[node.classIndex] !== true) continue;
    const rank = item.ranks[node.pool] ?? Number.POSITIVE_INFINITY;
    if (rank < bestRank) round = [];
    bestRank = Math.min(bestRank, rank);
    if (rank === bestRank) round.push(index);
  }
  return round;
}

interface NodeScore {
  readonly rank: number;
  readonly inZone: number;
  readonly onNode: number;
  readonly free: number;
}

/** Free share of CPU and memory, turned so that less is better. */
function freeScore({ pools, choice }: Filling, { pool, classIndex, room }: PackedNode): number {
  if (choice === "first") return 0;
  const empty = pools[pool]?.emptyRoom[classIndex];
  if (empty === undefined) return 0;
  const free = ratio(room.cpuMillicores, empty.cpuMillicores) + ratio(room.memoryBytes, empty.memoryBytes);
  return choice === "tight" ? free : -free;
}

function isLess(left: NodeScore, right: NodeScore): boolean {
  if (left.rank !== right.rank) return left.rank < right.rank;
  if (left.inZone !== right.inZone) return left.inZone < right.inZone;
  if (left.onNode !== right.onNode) return left.onNode < right.onNode;
  return left.free < right.free;
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
