import { boundPools, type PlanSolvers } from "./bound-pools.ts";
import { fewestNodesBySum, poolOfSize } from "./pack-pool.ts";
import {
  leastNodes,
  type PlannedPods,
  type PoolProblem,
  type PoolSize,
  type PoolSolutions,
  type SolvedPool,
} from "./pool-problem.ts";
import { nodesForZoneLoss } from "./zone-loss.ts";

/** Sizes and splits that are packed, of all that are estimated by sums. */
const packedSizes = 14;
const packedSplits = 16;
/** Where pods are split by their ratio of memory to CPU, as shares of the CPU asked. */
const splitShares = [0.15, 0.25, 0.35, 0.5, 0.65, 0.75, 0.85];
/** What a second pool has to save to be worth having: it is one more thing to upgrade, watch and explain. */
const worthASplit = 0.02;

/** Candidates that are worth being scheduled. */
const mostCandidates = 24;

/**
 * Ways to give pods that may share nodes their pools: one size for all of them, or two pools split by the ratio of memory to
 * CPU where that saves more than it complicates; with the bound that no other choice can beat. None when no size carries
 * some pod.
 */
export function choosePools(problem: PoolProblem, solvers: PlanSolvers | undefined): PoolSolutions {
  const singles = singlePools(problem).map((pool) => [pool]);
  const [best] = singles;
  if (best === undefined) return { candidates: [], lowerBoundMicros: 0 };
  const lowerBoundMicros = solvers === undefined ? 0 : Math.min(boundPools(problem, solvers), priceOf(best));
  const isTight = lowerBoundMicros > 0 && priceOf(best) <= lowerBoundMicros * (1 + worthASplit);
  const splits = isTight ? [] : splitPools(problem, priceOf(best));
  const candidates = [...singles, ...splits].toSorted(
    (left, right) => priceOf(left) - priceOf(right) || left.length - right.length || nodesOf(right) - nodesOf(left),
  );
  return {
    candidates: candidates.slice(0, mostCandidates),
    lowerBoundMicros: Math.min(lowerBoundMicros, priceOf(candidates[0] ?? best)),
  };
}

function priceOf(pools: readonly SolvedPool[]): number {
  return pools.reduce((sum, { nodes, size }) => sum + nodes * size.hourlyMicros, 0);
}

function nodesOf(pools: readonly SolvedPool[]): number {
  return pools.reduce((sum, { nodes }) => sum + nodes, 0);
}

/** One pool for all pods, by size; the cheapest first, of equally cheap ones that with the most nodes. */
function singlePools(problem: PoolProblem): readonly SolvedPool[] {
  const { pods } = problem;
  const estimates = problem.sizes
    .map((size) => ({ size, estimate: estimateOf(pods, size, problem) }))
    .filter(({ estimate }) => Number.isFinite(estimate))
    .toSorted((left, right) => left.estimate - right.estimate);
  const found: SolvedPool[] = [];
  for (const [rank, { size }] of estimates.entries()) {
    if (found.length >= packedSizes) break;
    const pool = poolOfSize(pods, size, problem, rank < packedSizes ? "improved" : "greedy");
    if (pool !== undefined) found.push(pool);
  }
  return found.toSorted((left, right) => priceOf([left]) - priceOf([right]) || right.nodes - left.nodes);
}

/** A lower bound of what one pool of the size costs, by sums. */
function estimateOf(pods: readonly PlannedPods[], size: PoolSize, problem: PoolProblem): number {
  const all = fewestNodesBySum(pods, size);
  if (!Number.isFinite(all)) return all;
  const serving = pods.filter(({ isServing }) => isServing);
  const kept = problem.headroom ? nodesForZoneLoss(fewestNodesBySum(serving, size), problem.zones) : 0;
  return Math.max(all, kept ?? Number.POSITIVE_INFINITY, leastNodes(pods, problem)) * size.hourlyMicros;
}

interface EstimatedSplit {
  readonly parts: readonly [readonly PlannedPods[], readonly PlannedPods[]];
  readonly sizes: readonly [PoolSize, PoolSize];
  readonly estimate: number;
}

/** Whole workloads by their ratio of memory to CPU, the lean ones on one pool and the others on a second. */
function splitPools(problem: PoolProblem, single: number): readonly (readonly SolvedPool[])[] {
  return splitsOf(problem)
    .filter(({ estimate }) => estimate < single * (1 - worthASplit))
    .toSorted((left, right) => left.estimate - right.estimate)
    .slice(0, packedSplits)
    .flatMap(({ parts, sizes }) => {
      const pools = parts.map((pods, index) => {
        const size = sizes[index];
        return size === undefined ? undefined : poolOfSize(pods, size, problem, "improved");
      });
      return pools.every((pool) => pool !== undefined) && priceOf(pools) <= single * (1 - worthASplit) ? [pools] : [];
    });
}

/** Splits of the pods in the order of a measure, at shares of the CPU asked and before the last workload. */
function splitsOf(problem: PoolProblem): readonly EstimatedSplit[] {
  const measures = [ratioOf, ({ size }: PlannedPods) => size[0] ?? 0, ({ size }: PlannedPods) => size[1] ?? 0];
  const splits = new Map<string, EstimatedSplit>();
  for (const measure of measures) {
    const sorted = problem.pods
      .filter(({ quantity }) => quantity > 0)
      .toSorted((left, right) => measure(left) - measure(right) || (left.id < right.id ? -1 : 1));
    const idle = problem.pods.filter(({ quantity }) => quantity === 0);
    for (const cut of cutsOf(sorted)) {
      const parts = [[...sorted.slice(0, cut), ...idle], sorted.slice(cut)] as const;
      const [left, right] = [cheapestFor(parts[0], problem), cheapestFor(parts[1], problem)];
      if (left === undefined || right === undefined) continue;
      const key = parts[1]
        .map(({ id }) => id)
        .toSorted()
        .join("\n");
      splits.set(key, { parts, sizes: [left.size, right.size], estimate: left.estimate + right.estimate });
    }
  }
  return [...splits.values()];
}

/** Positions at which a sorted list of pods is cut in two. */
function cutsOf(sorted: readonly PlannedPods[]): ReadonlySet<number> {
  const cpuOf = ({ size, quantity }: PlannedPods) => (size[0] ?? 0) * quantity;
  const cpu = sorted.reduce((sum, each) => sum + cpuOf(each), 0);
  const cuts = new Set([sorted.length - 1]);
  let before = 0;
  for (const [index, each] of sorted.entries()) {
    const share = before / cpu;
    before += cpuOf(each);
    if (splitShares.some((wanted) => share < wanted && before / cpu >= wanted)) cuts.add(index + 1);
  }
  return new Set([...cuts].filter((cut) => cut > 0 && cut < sorted.length));
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
