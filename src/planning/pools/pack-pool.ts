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
  const kept = podsWithoutOneZone(pods, zones);
  const needed = kept === pods ? filled : nodesOfSize(kept, size, effort);
  const withHeadroom = headroom ? nodesForZoneLoss(needed ?? filled, zones) : 0;
  if (withHeadroom === undefined) return undefined;
  const nodes = Math.max(filled, withHeadroom, leastNodes(pods, problem));
  return { size, pods, nodes, added: 0 };
}

/**
 * What has to stand when a zone is gone: jobs wait, and so do pods whose disks are in that zone. Of those, replicas that
 * are spread evenly leave as many behind as there are in the emptiest zone; it is the scheduler that says in the end.
 */
export function podsWithoutOneZone(pods: readonly PlannedPods[], zones: number): readonly PlannedPods[] {
  if (pods.every(({ isServing, isZoneBound }) => isServing && !isZoneBound)) return pods;
  return pods
    .filter(({ isServing }) => isServing)
    .map((each) =>
      each.isZoneBound ? { ...each, quantity: each.quantity - Math.floor(each.quantity / Math.max(1, zones)) } : each,
    );
}
