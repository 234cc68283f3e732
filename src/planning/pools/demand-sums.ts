import { podsWithoutOneZone } from "./pack-pool.ts";
import { leastNodes, type PlannedPods, type PoolProblem, type PoolSize, planDimensions } from "./pool-problem.ts";
import { nodesForZoneLoss } from "./zone-loss.ts";

/** What pods ask for together, to be set against sizes without packing. */
export interface DemandSums {
  readonly atRest: Sums;
  /** Of what has to stand with one zone gone; undefined where nothing is held back. */
  readonly withoutOneZone: Sums | undefined;
  readonly leastNodes: number;
}

interface Sums {
  readonly total: readonly number[];
  readonly largest: readonly number[];
  /** Nodes that limits per node ask for. */
  readonly apart: number;
}

export function demandSums(pods: readonly PlannedPods[], problem: Omit<PoolProblem, "pods" | "sizes">): DemandSums {
  const { headroom, zones } = problem;
  return {
    atRest: sumsOf(pods),
    withoutOneZone: headroom ? sumsOf(podsWithoutOneZone(pods, zones)) : undefined,
    leastNodes: leastNodes(pods, problem),
  };
}

/** Fewest nodes of one size that the sums allow; infinite where a pod is larger than a node, or no zone may be lost. */
export function fewestNodes({ atRest, withoutOneZone, ...least }: DemandSums, size: PoolSize, zones: number): number {
  const kept =
    withoutOneZone === undefined
      ? 0
      : (finite(fewestBySum(withoutOneZone, size), (needed) => nodesForZoneLoss(needed, zones)) ?? Infinity);
  return Math.max(fewestBySum(atRest, size), kept, least.leastNodes);
}

function finite(count: number, map: (count: number) => number | undefined): number | undefined {
  return Number.isFinite(count) ? map(count) : undefined;
}

function sumsOf(pods: readonly PlannedPods[]): Sums {
  const total = planDimensions.map(() => 0);
  const largest = planDimensions.map(() => 0);
  let apart = 0;
  for (const { size, quantity, perNode } of pods) {
    if (quantity === 0) continue;
    for (const [dimension, amount] of size.entries()) {
      total[dimension] = (total[dimension] ?? 0) + amount * quantity;
      largest[dimension] = Math.max(largest[dimension] ?? 0, amount);
    }
    if (perNode !== undefined) apart = Math.max(apart, Math.ceil(quantity / perNode));
  }
  return { total, largest, apart };
}

function fewestBySum({ total, largest, apart }: Sums, { capacity }: PoolSize): number {
  let fewest = apart;
  for (const [dimension, offered] of capacity.entries()) {
    if ((largest[dimension] ?? 0) > offered) return Number.POSITIVE_INFINITY;
    const asked = total[dimension] ?? 0;
    if (asked > 0) fewest = Math.max(fewest, Math.ceil(asked / offered));
  }
  return fewest;
}
