import { packShapes } from "../../scheduling/packing/pack-shapes.ts";
import type { PackingShape } from "../../scheduling/packing/packing-problem.ts";
import {
  leastNodes,
  type PlannedPods,
  type PoolProblem,
  type PoolSize,
  planDimensions,
  type SolvedPool,
} from "./pool-problem.ts";
import { nodesForZoneLoss } from "./zone-loss.ts";

/** Comparisons of sizes that one packing may take: greedy plans only, or some improvement. */
export type PackingEffort = "greedy" | "improved";

const comparisons: { readonly [effort in PackingEffort]: number } = { greedy: 0, improved: 1_500_000 };

/** Pods that are alike in all that packing sees, as one shape; biggest names do not matter, order does. */
export function shapesOf(pods: readonly PlannedPods[]): readonly PackingShape[] {
  const shapes = new Map<string, PackingShape>();
  for (const { id, size, quantity, perNode } of pods) {
    if (quantity === 0) continue;
    // A limit per node is one of the workload, so its pods stay a shape of their own.
    const key = perNode === undefined ? size.join() : `${size.join()} ${id}`;
    const known = shapes.get(key);
    shapes.set(key, {
      name: known?.name ?? id,
      size,
      quantity: (known?.quantity ?? 0) + quantity,
      ...(perNode === undefined ? {} : { perNode }),
    });
  }
  return [...shapes.values()];
}

/** Fewest nodes of one size found for the pods; undefined when some pod fits no empty node. */
function nodesOfSize(
  pods: readonly PlannedPods[],
  size: PoolSize,
  effort: PackingEffort,
  seed = 1,
): number | undefined {
  const shapes = shapesOf(pods);
  if (shapes.length === 0) return 0;
  const result = packShapes(
    { dimensions: planDimensions, nodeTypes: [{ name: size.size.name, capacity: size.capacity, price: 1 }], shapes },
    { comparisons: comparisons[effort], seed },
  );
  if ("invalid" in result || result.plan.unplaced.length > 0) return undefined;
  return result.plan.nodes.reduce((sum, { count }) => sum + count, 0);
}

/** A pool of one size for the pods, with what the loss of a zone asks for; undefined when the size cannot carry them. */
export function poolOfSize(
  pods: readonly PlannedPods[],
  size: PoolSize,
  problem: Omit<PoolProblem, "pods" | "sizes">,
  effort: PackingEffort,
): SolvedPool | undefined {
  const { zones, headroom } = problem;
  const filled = nodesOfSize(pods, size, effort);
  if (filled === undefined) return undefined;
  const serving = pods.filter(({ isServing }) => isServing);
  const needed = serving.length === pods.length ? filled : nodesOfSize(serving, size, effort);
  const withHeadroom = headroom ? nodesForZoneLoss(needed ?? filled, zones) : 0;
  if (withHeadroom === undefined) return undefined;
  return { size, pods, nodes: Math.max(filled, withHeadroom, leastNodes(pods, problem)), nodesFilled: filled };
}

/** Fewest nodes of one size that sums of resources, or limits per node, allow: nothing is packed. */
export function fewestNodesBySum(pods: readonly PlannedPods[], size: PoolSize): number {
  let fewest = 0;
  for (const [dimension, capacity] of size.capacity.entries()) {
    let sum = 0;
    for (const { size: each, quantity } of pods) {
      const amount = each[dimension] ?? 0;
      if (quantity > 0 && amount > capacity) return Number.POSITIVE_INFINITY;
      sum += amount * quantity;
    }
    if (sum > 0) fewest = Math.max(fewest, Math.ceil(sum / capacity));
  }
  for (const { perNode, quantity } of pods) {
    if (perNode !== undefined) fewest = Math.max(fewest, Math.ceil(quantity / perNode));
  }
  return fewest;
}
