import { fewerNodes } from "./fewer-nodes.ts";
import { fillNodes } from "./fill-nodes.ts";
import { isBetter, type Packing, type PackingItem, type PackingPool } from "./packing-model.ts";

/**
 * Places every pod, item by item (callers sort by decreasing size), adding nodes up to each pool's limit only when no
 * node has room. The node counts are the least of several any-fit packings; on them the pods are then spread out as a
 * scheduler would, unless that leaves pods without a place.
 *
 * Any-fit packings are not monotone by nature: one more pod can lead them to a better packing by accident. The search of
 * `fewerNodes` makes that vanish for pools of some tens of nodes; above that a difference of one node remains possible.
 */
export function packPods(pools: readonly PackingPool[], items: readonly PackingItem[]): Packing {
  const limits = pools.map(({ maximumNodes }) => maximumNodes);
  const minimums = pools.map(({ minimumNodes }) => minimumNodes);
  const tight = fillNodes(pools, items, "tight", minimums, limits);
  const first = fillNodes(pools, items, "first", minimums, limits);
  const best = fewerNodes(pools, items, isBetter(first, tight) ? first : tight);
  const spread = fillNodes(pools, items, "loose", best.counts, best.counts);
  return isBetter(best, spread) ? best : spread;
}
