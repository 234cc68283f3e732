import type { PackingInstance, Pattern } from "../packing-instance.ts";
import { completePattern } from "./complete-pattern.ts";
import type { DualBound } from "./dual-bound.ts";
import { pricePatterns } from "./price-patterns.ts";
import { startWeights } from "./surrogate-knapsack.ts";

/**
 * Every way to fill a node that a plan at or under `price` could use, each filled up with what else fits: a pattern that
 * costs more above its worth than the plan may cost above the bound cannot be in it (reduced cost fixing). Undefined when
 * there are too many to list.
 */
export function enumeratePatterns(
  instance: PackingInstance,
  bound: DualBound,
  price: number,
  width: number,
): readonly Pattern[] | undefined {
  const room = price - bound.bound + 1e-6 * Math.max(1, price);
  const patterns: Pattern[] = [];
  for (let type = 0; type < instance.nodeTypes; type += 1) {
    if ((instance.limits[type] ?? 0) < 1) continue;
    const result = pricePatterns(instance, {
      nodeType: type,
      values: bound.podPrices,
      stock: instance.demand,
      threshold: (instance.prices[type] ?? 0) - (bound.typePrices[type] ?? 0) - room,
      method: { kind: "labels", width },
      all: true,
      weights: startWeights(instance, type),
    });
    if (!result.complete) return undefined;
    for (const { pattern } of result.patterns) patterns.push(completePattern(instance, pattern, instance.demand));
  }
  return patterns;
}
