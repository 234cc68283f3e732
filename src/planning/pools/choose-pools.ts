import { boundPools, type PlanSolvers } from "./bound-pools.ts";
import { fewestNodesBySum, poolOfSize } from "./pack-pool.ts";
import type { PlannedPods, PoolProblem, PoolSize, PoolSolution, SolvedPool } from "./pool-problem.ts";
import { nodesForZoneLoss } from "./zone-loss.ts";

/** Sizes and splits that are packed, of all that are estimated by sums. */
const packedSizes = 6;
const packedSplits = 8;
/** Where pods are split by their ratio of memory to CPU, as shares of the CPU asked. */
const splitShares = [0.15, 0.25, 0.35, 0.5, 0.65, 0.75, 0.85];
/** What a second pool has to save to be worth having: it is one more thing to upgrade, watch and explain. */
const worthASplit = 0.02;

/**
 * Pools for pods that may share nodes: one size for all of them, or two pools split by the ratio of memory to CPU where that
 * saves more than it complicates; with the bound that no other choice can beat. Undefined when no size carries some pod.
 */
export function choosePools(problem: PoolProblem, solvers: PlanSolvers): PoolSolution | undefined {
  const { pods } = problem;
  if (problem.sizes.length === 0) return undefined;
  const single = bestSingle(pods, problem, "improved");
  if (single === undefined) return undefined;
  const lowerBoundMicros = Math.min(boundPools(problem, solvers), priceOf([single]));
  const split = priceOf([single]) <= lowerBoundMicros * (1 + worthASplit) ? undefined : bestSplit(problem, single);
  const pools = split !== undefined && priceOf(split) <= priceOf([single]) * (1 - worthASplit) ? split : [single];
  return { pools, hourlyMicros: priceOf(pools), lowerBoundMicros };
}

export function priceOf(pools: readonly SolvedPool[]): number {
  return pools.reduce((sum, { nodes, size }) => sum + nodes * size.hourlyMicros, 0);
}

/** The cheapest size; of equally cheap ones that with the most nodes, since losing one then takes the fewest pods. */
function bestSingle(
  pods: readonly PlannedPods[],
  problem: PoolProblem,
  effort: "greedy" | "improved",
): SolvedPool | undefined {
  const estimates = problem.sizes
    .map((size) => ({ size, estimate: estimateOf(pods, size, problem) }))
    .filter(({ estimate }) => Number.isFinite(estimate))
    .toSorted((left, right) => left.estimate - right.estimate);
  let best: SolvedPool | undefined;
  for (const [rank, { size, estimate }] of estimates.entries()) {
    // Estimates are lower bounds: what is estimated above the best found cannot become cheaper.
    if (best !== undefined && (estimate > priceOf([best]) || rank >= packedSizes * 4)) break;
    const pool = poolOfSize(pods, size, problem, rank < packedSizes ? effort : "greedy");
    if (pool === undefined) continue;
    if (best === undefined || isCheaper(pool, best)) best = pool;
  }
  return best;
}

function isCheaper(left: SolvedPool, right: SolvedPool): boolean {
  const difference = priceOf([left]) - priceOf([right]);
  return difference < 0 || (difference === 0 && left.nodes > right.nodes);
}

/** A lower bound of what one pool of the size costs, by sums. */
function estimateOf(pods: readonly PlannedPods[], size: PoolSize, problem: PoolProblem): number {
  const all = fewestNodesBySum(pods, size);
  if (!Number.isFinite(all)) return all;
  const serving = pods.filter(({ isServing }) => isServing);
  const kept = problem.headroom ? nodesForZoneLoss(fewestNodesBySum(serving, size), problem.zones) : 0;
  return Math.max(all, kept ?? Number.POSITIVE_INFINITY, problem.minimumNodes) * size.hourlyMicros;
}

interface EstimatedSplit {
  readonly parts: readonly [readonly PlannedPods[], readonly PlannedPods[]];
  readonly sizes: readonly [PoolSize, PoolSize];
  readonly estimate: number;
}

/** Whole workloads by their ratio of memory to CPU, the lean ones on one pool and the others on a second. */
function bestSplit(problem: PoolProblem, single: SolvedPool): readonly SolvedPool[] | undefined {
  const splits = splitsOf(problem)
    .filter(({ estimate }) => estimate < priceOf([single]) * (1 - worthASplit))
    .toSorted((left, right) => left.estimate - right.estimate)
    .slice(0, packedSplits);
  let best: readonly SolvedPool[] | undefined;
  for (const { parts, sizes } of splits) {
    const pools = parts.map((pods, index) => {
      const size = sizes[index];
      return size === undefined ? undefined : poolOfSize(pods, size, problem, "improved");
    });
    if (!pools.every((pool) => pool !== undefined)) continue;
    if (best === undefined || priceOf(pools) < priceOf(best)) best = pools;
  }
  return best;
}

function splitsOf(problem: PoolProblem): readonly EstimatedSplit[] {
  const sorted = problem.pods.toSorted(
    (left, right) => ratioOf(left) - ratioOf(right) || (left.id < right.id ? -1 : 1),
  );
  const cpu = sorted.reduce((sum, { size, quantity }) => sum + (size[0] ?? 0) * quantity, 0);
  return splitShares.flatMap((share) => {
    let before = 0;
    const cut = sorted.findIndex(({ size, quantity }) => {
      before += (size[0] ?? 0) * quantity;
      return before >= cpu * share;
    });
    if (cut < 0 || cut + 1 >= sorted.length) return [];
    const lean = sorted.slice(0, cut + 1);
    const rich = sorted.slice(cut + 1);
    const [left, right] = [cheapestFor(lean, problem), cheapestFor(rich, problem)];
    if (left === undefined || right === undefined || left.size === right.size) return [];
    return [{ parts: [lean, rich], sizes: [left.size, right.size], estimate: left.estimate + right.estimate }];
  });
}

function cheapestFor(pods: readonly PlannedPods[], problem: PoolProblem) {
  let best: { readonly size: PoolSize; readonly estimate: number } | undefined;
  for (const size of problem.sizes) {
    const estimate = estimateOf(pods, size, problem);
    if (Number.isFinite(estimate) && (best === undefined || estimate < best.estimate)) best = { size, estimate };
  }
  return best;
}

function ratioOf({ size }: PlannedPods): number {
  return (size[1] ?? 0) / Math.max(1, size[0] ?? 0);
}
