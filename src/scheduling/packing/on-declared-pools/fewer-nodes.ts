import { fillNodes } from "./fill-nodes.ts";
import type { Choice } from "./filling.ts";
import { type Packing, type PackingItem, type PackingPool, unplacedPods } from "./packing-model.ts";

/** Orders tried for each node that might be saved. */
const attemptLimit = 40;
/** Pods times nodes that all attempts for one node may look at: large estates are packed once, where a node weighs less. */
const effortLimit = 300_000;
const choices: readonly Choice[] = ["loose", "tight", "first"];

/**
 * Tries to do with one node less, pool by pool, by packing in other orders: first-fit decreasing needs up to a fifth
 * more nodes than necessary. Deterministic: the orders come from a fixed sequence.
 */
export function fewerNodes(pools: readonly PackingPool[], items: readonly PackingItem[], start: Packing): Packing {
  let best = start;
  for (const [pool, { minimumNodes }] of pools.entries()) {
    while ((best.counts[pool] ?? 0) > minimumNodes) {
      const counts = best.counts.with(pool, (best.counts[pool] ?? 0) - 1);
      const packing = mayHold(pools, items, counts, best) ? packInto(pools, items, counts, best) : undefined;
      if (packing === undefined) break;
      best = packing;
    }
  }
  return best;
}

/** False when the nodes have less of some resource than the pods that were placed request together. */
function mayHold(
  pools: readonly PackingPool[],
  items: readonly PackingItem[],
  counts: readonly number[],
  placed: Packing,
): boolean {
  const left = { cpuMillicores: 0, memoryBytes: 0, pods: 0 };
  for (const [index, { emptyRoom }] of pools.entries()) {
    for (let node = 0; node < (counts[index] ?? 0); node += 1) {
      const room = emptyRoom[node % emptyRoom.length];
      left.cpuMillicores += room?.cpuMillicores ?? 0;
      left.memoryBytes += room?.memoryBytes ?? 0;
      left.pods += room?.pods ?? 0;
    }
  }
  for (const [index, { shape, replicas, taskSlot }] of items.entries()) {
    if (taskSlot !== undefined) continue;
    const pods = replicas - (placed.unplaced[index] ?? 0);
    left.cpuMillicores -= pods * shape.demand.cpuMillicores;
    left.memoryBytes -= pods * shape.demand.memoryBytes;
    left.pods -= pods;
  }
  return left.cpuMillicores >= 0 && left.memoryBytes >= 0 && left.pods >= 0;
}

/** A packing on exactly the given nodes that leaves no more pods out; undefined when none of the orders finds one. */
function packInto(
  pools: readonly PackingPool[],
  items: readonly PackingItem[],
  counts: readonly number[],
  placed: Packing,
): Packing | undefined {
  const pods = items.reduce((total, { replicas }) => total + replicas, 0);
  const attempts = Math.min(attemptLimit, Math.floor(effortLimit / Math.max(1, pods * placed.nodes.length)));
  const random = pseudoRandom();
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const order = attempt < choices.length ? [...items.keys()] : shuffled(items, random);
    const ordered = order.flatMap((index) => items[index] ?? []);
    const packing = fillNodes(pools, ordered, choices[attempt % choices.length] ?? "first", counts, counts);
    if (unplacedPods(packing) <= unplacedPods(placed)) return inOriginalOrder(packing, order);
  }
  return undefined;
}

/** A random order of the items, tasks last. */
function shuffled(items: readonly PackingItem[], random: () => number): number[] {
  return items
    .map(({ taskSlot }, index) => ({ index, key: (taskSlot === undefined ? 0 : 1) + random() }))
    .sort((left, right) => left.key - right.key)
    .map(({ index }) => index);
}

function inOriginalOrder(packing: Packing, order: readonly number[]): Packing {
  const unplaced = packing.unplaced.map(() => 0);
  const obstacles: Packing["obstacles"][number][] = packing.obstacles.map(() => []);
  for (const [position, index] of order.entries()) {
    unplaced[index] = packing.unplaced[position] ?? 0;
    obstacles[index] = packing.obstacles[position] ?? [];
  }
  const nodes = packing.nodes.map((node) => ({
    ...node,
    pods: node.pods.map(({ item, replica }) => ({ item: order[item] ?? item, replica })),
  }));
  return { ...packing, nodes, unplaced, obstacles };
}

/** Linear congruential generator of Numerical Recipes, always from the same seed. */
function pseudoRandom(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
