import type { PackingInstance, Pattern } from "../packing-instance.ts";
import { DepthFirstSearch } from "./depth-first-search.ts";
import { LabelSearch } from "./label-search.ts";
import { type KnapsackEntry, SurrogateKnapsack } from "./surrogate-knapsack.ts";

/**
 * `labels`: over partial fillings, of which so many are kept at a time; `depthFirst`: by branch and bound of so many steps,
 * which is through soonest where few pods fill a node.
 */
export type PricingMethod =
  | { readonly kind: "labels"; readonly width: number }
  | { readonly kind: "depthFirst"; readonly steps: number };

export interface PricingRequest {
  readonly nodeType: number;
  /** Value of one pod of each shape, at least 0. */
  readonly values: Float64Array;
  /** Pods left of each shape: no pattern holds more. */
  readonly stock: Int32Array;
  /** Only patterns worth more are looked for. */
  readonly threshold: number;
  readonly method: PricingMethod;
  /** Whether patterns worth less than the best found are wanted too, of which only labels find all. */
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
 * The most valuable ways to fill a node of one type: a bounded knapsack in several dimensions. The upper bound holds in any
 * case, however little the method was allowed to do.
 */
export function pricePatterns(instance: PackingInstance, request: PricingRequest): PricingResult {
  const { nodeType, method, weights } = request;
  const knapsack = new SurrogateKnapsack(instance, nodeType, entriesOf(instance, request), weights);
  switch (method.kind) {
    case "labels":
      return priceByLabels(instance, request, knapsack, method.width);
    case "depthFirst":
      return priceDepthFirst(instance, request, knapsack, method.steps);
  }
}

/**
 * Shape by shape over partial fillings. When there are more than the width, those with the least promise go, and the
 * greatest promise that went bounds what was missed.
 */
function priceByLabels(
  instance: PackingInstance,
  { nodeType, threshold, all }: PricingRequest,
  knapsack: SurrogateKnapsack,
  width: number,
): PricingResult {
  const search = new LabelSearch(instance, nodeType, knapsack, threshold, all);
  let dropped = Number.NEGATIVE_INFINITY;
  for (let position = 0; position < knapsack.entries.length && search.count > 0; position += 1) {
    search.extend(position);
    if (position >= knapsack.roomGivers && !all) search.completeBest(position);
    if (search.count > width) dropped = Math.max(dropped, search.narrow(width, position));
    if (all && dropped > threshold) break;
  }
  const missed = all ? search.foundTooMany || dropped > threshold : dropped > search.best;
  return { patterns: search.found(), upper: Math.max(search.best, dropped), complete: !missed };
}

function priceDepthFirst(
  instance: PackingInstance,
  { nodeType, threshold }: PricingRequest,
  knapsack: SurrogateKnapsack,
  steps: number,
): PricingResult {
  const search = new DepthFirstSearch(instance, nodeType, knapsack, threshold, steps);
  search.search(0, 0, 1);
  const upper = search.complete ? search.best : knapsack.bound(0, 1) * (1 + 1e-12);
  return { patterns: search.found.toReversed(), upper, complete: search.complete };
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
