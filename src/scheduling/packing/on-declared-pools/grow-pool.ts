import { type Filling, nextClass, openNode, zoneOf } from "./filling.ts";
import { fits, type PackingItem } from "./packing-model.ts";
import type { SpreadTally } from "./spread-tally.ts";

/**
 * Opens nodes of the best pool that may still grow until one lets the pod in: a pool's next node comes up in the next
 * of its zones, wanted or not. Returns the index of the node; undefined when no pool may grow or growing does not help.
 */
export function growPool(filling: Filling, item: PackingItem, tally: SpreadTally): number | undefined {
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

/** Lower is better, compared element by element. */
function scorePool(
  filling: Filling,
  item: PackingItem,
  tally: SpreadTally,
  pool: number,
  needed: number,
): readonly number[] {
  const zone = zoneOf(filling, pool, nextClass(filling, pool, needed));
  return [item.ranks[pool] ?? Number.POSITIVE_INFINITY, needed, tally.inZone(zone), filling.counts[pool] ?? 0, pool];
}

/** How many nodes the pool must add until one admits the pod; 0 when it cannot. */
function nodesToOpen(filling: Filling, item: PackingItem, tally: SpreadTally, pool: number): number {
  const packingPool = filling.pools[pool];
  const count = filling.counts[pool] ?? 0;
  if (packingPool === undefined || (item.taskSlot !== undefined && count === 0)) return 0;
  const limit = Math.min((filling.limits[pool] ?? 0) - count, packingPool.classes.length);
  for (let needed = 1; needed <= limit; needed += 1) {
    const classIndex = nextClass(filling, pool, needed);
    const empty = packingPool.emptyRoom[classIndex];
    if (item.admittedClasses[pool]?.[classIndex] !== true || empty === undefined) continue;
    if (!fits(item.shape.demand, empty)) continue;
    const position = { pool, classIndex, zone: zoneOf(filling, pool, classIndex) };
    if (tally.obstacle(position, filling.nodes.length + needed - 1) === undefined) return needed;
  }
  return 0;
}

function isLess(left: readonly number[], right: readonly number[]): boolean {
  for (let index = 0; index < left.length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
