import type { PackingInstance, Pattern } from "../packing-instance.ts";
import { LabelSearch } from "./label-search.ts";
import { type KnapsackEntry, SurrogateKnapsack } from "./surrogate-knapsack.ts";

export interface PricingRequest {
  readonly nodeType: number;
  /** Value of one pod of each shape, at least 0. */
  readonly values: Float64Array;
  /** Pods left of each shape: no pattern holds more. */
  readonly stock: Int32Array;
  /** Only patterns worth more are looked for. */
  readonly threshold: number;
  /** Most partial patterns kept at a time. */
  readonly width: number;
  /** Whether patterns worth less than the best found are wanted too. */
  readonly all: boolean;
  /** Weights of the surrogate knapsack, kept from call to call for one node type. */
  readonly weights: Float64Array;
}

interface PricingResult {
  /** Patterns worth more than the threshold, the most valuable first. */
  readonly patterns: readonly PricedPattern[];
  /** No pattern is worth more than this; at or under the threshold when there is none above it. */
  readonly upper: number;
  /** True when the best pattern, or with `all` every pattern above the threshold, is certainly among them. */
  readonly complete: boolean;
}

interface PricedPattern {
  readonly pattern: Pattern;
  readonly value: number;
}

/**
 * The most valuable ways to fill a node of one type: a bounded knapsack in several dimensions, solved shape by shape over
 * partial fillings (labels). When there are more than `width`, those with the least promise go, and the greatest promise
 * that went bounds what was missed: the upper bound holds in any case.
 */
export function pricePatterns(instance: PackingInstance, request: PricingRequest): PricingResult {
  const { nodeType, threshold, width } = request;
  const knapsack = new SurrogateKnapsack(instance, nodeType, entriesOf(instance, request), request.weights);
  const search = new LabelSearch(instance, nodeType, knapsack, threshold, request.all);
  let dropped = Number.NEGATIVE_INFINITY;
  for (let position = 0; position < knapsack.entries.length && search.count > 0; position += 1) {
    search.extend(position);
    if (search.count > width) dropped = Math.max(dropped, search.narrow(width, position));
  }
  const missed = request.all ? search.foundTooMany || dropped > threshold : dropped > search.best;
  return { patterns: search.found(), upper: Math.max(search.best, dropped), complete: !missed };
}

function entriesOf(instance: PackingInstance, request: PricingRequest): KnapsackEntry[] {
  const { shapes, dimensions, most, sizes } = instance;
  const entries: KnapsackEntry[] = [];
  for (let shape = 0; shape < shapes; shape += 1) {
    const copies = Math.min(most[request.nodeType * shapes + shape] ?? 0, request.stock[shape] ?? 0);
    if (copies === 0) continue;
    const givesRoom =
      instance.hasNegativeSizes &&
      sizes.subarray(shape * dimensions, (shape + 1) * dimensions).some((size) => size < 0);
    const value = request.values[shape] ?? 0;
    if (value > 0 || givesRoom || request.all) entries.push({ shape, value, most: copies, givesRoom, size: 0 });
  }
  return entries;
}
