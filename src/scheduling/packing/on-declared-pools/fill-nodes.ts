import { chooseNode, chooseRound } from "./choose-node.ts";
import { type Choice, closeIfFull, type Filling, startFilling } from "./filling.ts";
import { growPool } from "./grow-pool.ts";
import { fits, type Packing, type PackingItem, type PackingPool, take } from "./packing-model.ts";
import { SpreadTally } from "./spread-tally.ts";

const notForTasks = "no node runs, and none is added for a task";
const nothingMissing: Missing = { pods: 0, obstacles: [] };

/** Pods of an item that found no place, and why. */
interface Missing {
  readonly pods: number;
  readonly obstacles: Packing["obstacles"][number];
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
  const filling = startFilling(pools, items, choice, start, limits);
  const unplaced: number[] = [];
  const obstacles: Packing["obstacles"][number][] = [];
  const runningTasks = new Set<string>();
  for (const [index, item] of items.entries()) {
    const { taskSlot } = item;
    const skipped = taskSlot !== undefined && runningTasks.has(taskSlot);
    const missing = skipped ? nothingMissing : placeItem(filling, item, index);
    if (taskSlot !== undefined && missing.pods < item.replicas) runningTasks.add(taskSlot);
    // A task that only a pool scaled to zero could take brings its own node up when it runs.
    const waits = taskSlot !== undefined && missing.obstacles.some(({ reason }) => reason === notForTasks);
    unplaced.push(waits ? 0 : missing.pods);
    obstacles.push(waits ? [] : missing.obstacles);
  }
  return { nodes: filling.nodes, counts: filling.counts, unplaced, obstacles };
}

function placeItem(filling: Filling, item: PackingItem, itemIndex: number): Missing {
  const tally = new SpreadTally(filling.pools, item);
  if (tally.hasRequiredRules) {
    for (const [index, node] of filling.nodes.entries()) tally.open(node, index);
  }
  let replica = 0;
  while (replica < item.replicas) {
    const round = chooseRound(filling, item, tally, item.replicas - replica);
    const chosen = round.length > 0 ? round : [chooseNode(filling, item, tally) ?? growPool(filling, item, tally)];
    for (const index of chosen) {
      const node = index === undefined ? undefined : filling.nodes[index];
      // Replicas are alike: where one finds no place, the next one does not either.
      if (index === undefined || node === undefined) {
        return { pods: item.replicas - replica, obstacles: obstaclesOf(filling, item, tally) };
      }
      take(item.shape.demand, node.room);
      node.pods.push({ item: itemIndex, replica });
      tally.place(node, index);
      closeIfFull(filling, node);
      replica += 1;
    }
  }
  return nothingMissing;
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
  if (item.taskSlot !== undefined && count === 0) return notForTasks;
  return `full with ${count} ${count === 1 ? "node" : "nodes"}, as many as it may have`;
}
