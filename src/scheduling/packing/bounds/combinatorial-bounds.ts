import { priceStep, roundUp } from "../exact/dual-bound.ts";
import type { PackingInstance } from "../packing-instance.ts";

export interface CombinatorialBound {
  readonly bound: number;
  readonly method: "resource" | "dualFeasible";
}

/**
 * Bounds in microseconds, the greater of:
 * - by resource: what is asked of one dimension, at the least price per unit of it that any node type offers;
 * - by size, when nodes of all types cost alike: a dual-feasible function of one dimension counts pods larger than a share
 *   1 - a of the largest node as whole nodes and drops those smaller than a (Fekete and Schepers, 2001), for each a.
 */
export function combinatorialBound(instance: PackingInstance): CombinatorialBound {
  const step = priceStep(instance);
  let resource = 0;
  let dualFeasible = 0;
  for (let k = 0; k < instance.dimensions; k += 1) {
    resource = Math.max(resource, resourceBound(instance, k));
    if (!instance.hasNegativeSizes) dualFeasible = Math.max(dualFeasible, dualFeasibleBound(instance, k));
  }
  const byResource = roundUp(resource, step);
  const bySize = roundUp(dualFeasible, step);
  return bySize > byResource ? { bound: bySize, method: "dualFeasible" } : { bound: byResource, method: "resource" };
}

function resourceBound(
  { dimensions, shapes, nodeTypes, sizes, demand, capacities, prices }: PackingInstance,
  k: number,
): number {
  let asked = 0;
  for (let shape = 0; shape < shapes; shape += 1) asked += (demand[shape] ?? 0) * (sizes[shape * dimensions + k] ?? 0);
  if (asked <= 0) return 0;
  let least = Number.POSITIVE_INFINITY;
  for (let type = 0; type < nodeTypes; type += 1) {
    const capacity = capacities[type * dimensions + k] ?? 0;
    if (capacity > 0) least = Math.min(least, (prices[type] ?? 0) / capacity);
  }
  return Number.isFinite(least) ? asked * least : 0;
}

/** Every type is taken for as large as the largest, at the price of the cheapest: that only lowers the bound. */
function dualFeasibleBound(
  { dimensions, shapes, sizes, demand, capacities, prices, nodeTypes }: PackingInstance,
  k: number,
): number {
  let capacity = 0;
  let price = Number.POSITIVE_INFINITY;
  for (let type = 0; type < nodeTypes; type += 1) {
    capacity = Math.max(capacity, capacities[type * dimensions + k] ?? 0);
    price = Math.min(price, prices[type] ?? 0);
  }
  if (capacity === 0 || !Number.isFinite(price)) return 0;
  const sorted = Array.from({ length: shapes }, (_, shape) => ({
    size: sizes[shape * dimensions + k] ?? 0,
    pods: demand[shape] ?? 0,
  })).sort((left, right) => left.size - right.size);
  const thresholds = new Set(sorted.flatMap(({ size }) => (size > 0 && size * 2 <= capacity ? [size] : [])));
  let most = 0;
  for (const threshold of [0, ...thresholds]) {
    let sum = 0;
    for (const { size, pods } of sorted) {
      if (size > capacity - threshold) sum += capacity * pods;
      else if (size >= threshold) sum += size * pods;
    }
    most = Math.max(most, Math.ceil(sum / capacity));
  }
  return most * price;
}
