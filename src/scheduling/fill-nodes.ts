import {
  fits,
  type PackedNode,
  type Packing,
  type PackingItem,
  type PackingPool,
  type Room,
  take,
} from "./packing-model.ts";
import { SpreadTally } from "./spread-tally.ts";

/**
 * How a node is chosen among those with room. `tight`: the fullest, of those with the fewest replicas of the workload;
 * `first`: the first in order; `loose`: the emptiest, of those with the fewest replicas, as kube-scheduler's
 * LeastAllocated does.
 */
export type Choice = "tight" | "first" | "loose";

const notForTasks = "no node runs, and none is added for a task";
const nothingMissing: Missing = { pods: 0, obstacles: [] };

/** Pods of an item that found no place, and why. */
interface Missing {
  readonly pods: number;
  readonly obstacles: Packing["obstacles"][number];
}

/** Nodes while pods are being placed on them. */
interface Filling {
  readonly pools: readonly PackingPool[];
  readonly choice: Choice;
  readonly limits: readonly number[];
  readonly nodes: PackedNode[];
  readonly counts: number[];
}

/**
 * Places the items in order on `start` nodes a pool, opening more up to `limits` only when no open node has room. Any-fit:
 * what finds no place stays without one.
 */
export function fillNodes(
  pools: readonly PackingPool[],
  items: readonly PackingItem[],
  choice: Choice,
  start: readonly number[],
  limits: readonly number[],
): Packing {
  const filling: Filling = { pools, choice, limits, nodes: [], counts: pools.map(() => 0) };
  for (const [pool, count] of start.entries()) {
    for (let node = 0; node < count; node += 1) openNode(filling, pool);
  }
  const unplaced: number[] = [];
  const obstacles: Packing["obstacles"][number][] = [];
  let taskRuns = false;
  for (const [index, item] of items.entries()) {
    const missing = item.task && taskRuns ? nothingMissing : placeItem(filling, item, index);
    if (item.task && missing.pods < item.replicas) taskRuns = true;
    // A task that only a pool scaled to zero could take brings its own node up when it runs.
    const waits = item.task && missing.obstacles.some(({ reason }) => reason === notForTasks);
    unplaced.push(waits ? 0 : missing.pods);
    obstacles.push(waits ? [] : missing.obstacles);
  }
  return { nodes: filling.nodes, counts: filling.counts, unplaced, obstacles };
}

function openNode({ pools, nodes, counts }: Filling, pool: number): PackedNode {
  const { classes, emptyRoom } = pools[pool] ?? { classes: [], emptyRoom: [] };
  const count = counts[pool] ?? 0;
  const classIndex = count % Math.max(1, classes.length);
  const room: Room = { ...(emptyRoom[classIndex] ?? { cpuMillicores: 0, memoryBytes: 0, pods: 0, gpus: 0 }) };
  const node: PackedNode = { pool, classIndex, room, pods: [] };
  nodes.push(node);
  counts[pool] = count + 1;
  return node;
}

function placeItem(filling: Filling, item: PackingItem, itemIndex: number): Missing {
  const tally = new SpreadTally(filling.pools, item);
  for (const [index, node] of filling.nodes.entries()) tally.open(node, index);
  for (let replica = 0; replica < item.replicas; replica += 1) {
    const index = chooseNode(filling, item, tally) ?? growFor(filling, item, tally);
    const node = index === undefined ? undefined : filling.nodes[index];
    // Replicas are alike: where one finds no place, the next one does not either.
    if (index === undefined || node === undefined) {
      return { pods: item.replicas - replica, obstacles: obstaclesOf(filling, item, tally) };
    }
    take(item.shape.demand, node.room);
    node.pods.push({ item: itemIndex, replica });
    tally.place(node, index);
  }
  return nothingMissing;
}

function chooseNode(filling: Filling, item: PackingItem, tally: SpreadTally): number | undefined {
  let chosen: number | undefined;
  let best: readonly number[] = [];
  for (let index = 0; index < filling.nodes.length; index += 1) {
    const node = filling.nodes[index];
    if (node === undefined || !fits(item.shape.demand, node.room)) continue;
    if (item.admittedClasses[node.pool]?.[node.classIndex] !== true) continue;
    const score = scoreNode(filling, item, tally, node, index);
    if (chosen !== undefined && !isLess(score, best)) continue;
    if (tally.obstacle(node, index) !== undefined) continue;
    chosen = index;
    best = score;
  }
  return chosen;
}

/** Lower is better, compared element by element. */
function scoreNode(
  { pools, choice }: Filling,
  item: PackingItem,
  tally: SpreadTally,
  node: PackedNode,
  index: number,
): readonly number[] {
  const rank = item.ranks[node.pool] ?? Number.POSITIVE_INFINITY;
  if (choice === "first") return [rank];
  const empty = pools[node.pool]?.emptyRoom[node.classIndex];
  const free =
    empty === undefined
      ? 0
      : ratio(node.room.cpuMillicores, empty.cpuMillicores) + ratio(node.room.memoryBytes, empty.memoryBytes);
  return [rank, tally.inZone(node), tally.onNode(index), choice === "tight" ? free : -free];
}

/**
 * Opens nodes of the best pool that may still grow until one lets the pod in: a pool's next node comes up in the next
 * of its zones, wanted or not. Returns the index of the node; undefined when no pool may grow or growing does not help.
 */
function growFor(filling: Filling, item: PackingItem, tally: SpreadTally): number | undefined {
  const candidates = filling.pools
    .map((_, pool) => ({ pool, needed: nodesToOpen(filling, item, tally, pool) }))
    .filter(({ needed }) => needed > 0)
    .map(({ pool, needed }) => ({ pool, needed, score: scorePool(filling, item, tally, pool, needed) }));
  const [first, ...others] = candidates;
  if (first === undefined) return undefined;
  const best = others.reduce((left, right) => (isLess(right.score, left.score) ? right : left), first);
  for (let opened = 0; opened < best.needed; opened += 1) {
    tally.open(openNode(filling, best.pool), filling.nodes.length - 1);
  }
  return filling.nodes.length - 1;
}

function scorePool(filling: Filling, item: PackingItem, tally: SpreadTally, pool: number, needed: number) {
  const classIndex = nextClass(filling, pool, needed);
  return [
    item.ranks[pool] ?? Number.POSITIVE_INFINITY,
    needed,
    tally.inZone({ pool, classIndex }),
    filling.counts[pool] ?? 0,
    pool,
  ];
}

/** How many nodes the pool must add until one admits the pod; 0 when it cannot. */
function nodesToOpen(filling: Filling, item: PackingItem, tally: SpreadTally, pool: number): number {
  const packingPool = filling.pools[pool];
  const count = filling.counts[pool] ?? 0;
  if (packingPool === undefined || (item.task && count === 0)) return 0;
  const limit = Math.min((filling.limits[pool] ?? 0) - count, packingPool.classes.length);
  for (let needed = 1; needed <= limit; needed += 1) {
    const classIndex = nextClass(filling, pool, needed);
    const empty = packingPool.emptyRoom[classIndex];
    if (item.admittedClasses[pool]?.[classIndex] !== true || empty === undefined) continue;
    if (!fits(item.shape.demand, empty)) continue;
    if (tally.obstacle({ pool, classIndex }, filling.nodes.length + needed - 1) === undefined) return needed;
  }
  return 0;
}

function nextClass(filling: Filling, pool: number, needed: number): number {
  const classes = filling.pools[pool]?.classes.length ?? 1;
  return ((filling.counts[pool] ?? 0) + needed - 1) % Math.max(1, classes);
}

function obstaclesOf(filling: Filling, item: PackingItem, tally: SpreadTally): Packing["obstacles"][number] {
  return filling.pools.flatMap((pool, index) => {
    if (item.admittedClasses[index]?.includes(true) !== true) return [];
    const withRoom = filling.nodes.findIndex(
      (node) =>
        node.pool === index &&
        item.admittedClasses[index]?.[node.classIndex] === true &&
        fits(item.shape.demand, node.room),
    );
    const node = filling.nodes[withRoom];
    const rule = node === undefined ? undefined : tally.obstacle(node, withRoom);
    return [{ pool: pool.name, reason: rule ?? fullReason(filling, item, index) }];
  });
}

function fullReason(filling: Filling, item: PackingItem, pool: number): string {
  const count = filling.counts[pool] ?? 0;
  if (item.task && count === 0) return notForTasks;
  return `full with ${count} ${count === 1 ? "node" : "nodes"}, as many as it may have`;
}

function isLess(left: readonly number[], right: readonly number[]): boolean {
  for (let index = 0; index < left.length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
