import { boundPools, type PlanSolvers } from "./bound-pools.ts";
import { demandSums, fewestNodes } from "./demand-sums.ts";
import { poolOfSize } from "./pack-pool.ts";
import { poolCompositions } from "./pool-compositions.ts";
import type { PoolProblem, PoolSolutions, SolvedPool } from "./pool-problem.ts";
import { poolSplits } from "./pool-splits.ts";
import { programPools } from "./program/program-pools.ts";

/** Sizes and splits that are packed, of all that are estimated by sums. */
const packedSizes = 14;
const packedSplits = 48;
const packedSplitsOfFew = 80;
/** Workloads up to which packing takes next to no time. */
const few = 40;
/** What each pool more has to save to be worth having: it is one more thing to upgrade, watch and explain. */
const worthAPool = 0.005;
/** The scheduler may need more nodes for what packs best, so that dearer packings are candidates too. */
const mostAboveBest = 1.3;
const mostAboveKnown = 1.02;
/** Of more pods, exchanges in as many trials as there is time for mend no draft. */
const mostPodsOfDrafts = 1_000;

/**
 * Ways to give pods that may share nodes their pools: one size for all of them, or two or three pools, split by the ratio of
 * memory to CPU or by the size of the pods; with the bound that no other choice can beat. None when no size carries some
 * pod.
 */
export function choosePools(problem: PoolProblem, solvers: PlanSolvers | undefined): PoolSolutions {
  const singles = singlePools(problem).map((pool) => [pool]);
  const [best] = singles;
  if (best === undefined) return { candidates: [], drafts: [], lowerBoundMicros: 0 };
  const most = weighedMicros(best) * mostAboveBest;
  const candidates = [...singles, ...splitPools(problem, most)].toSorted(
    (left, right) =>
      weighedMicros(left) - weighedMicros(right) || left.length - right.length || nodesOf(right) - nodesOf(left),
  );
  const knownMicros = Math.min(...candidates.map(poolsMicros));
  const bound = solvers === undefined ? undefined : boundPools(problem, solvers, knownMicros);
  // As packed, the plan is the cheapest of those that pack; sums alone are for the scheduler to judge.
  const isSmall = problem.pods.length <= few;
  const isMendable = problem.pods.reduce((sum, { quantity }) => sum + quantity, 0) <= mostPodsOfDrafts;
  const others = isSmall ? poolCompositions(problem, most) : [];
  const drafts =
    isSmall || !isMendable || solvers === undefined || bound === undefined
      ? []
      : programPools(problem, solvers, bound, knownMicros * mostAboveKnown);
  const lowerBoundMicros = Math.min(bound?.micros ?? 0, knownMicros);
  return { candidates: [...candidates, ...others], drafts, lowerBoundMicros };
}

/** Of all nodes for an hour, in millionths of the currency. */
export function poolsMicros(pools: readonly SolvedPool[]): number {
  return pools.reduce((sum, { nodes, added, size }) => sum + (nodes + added) * size.hourlyMicros, 0);
}

/** The same with what a pool more has to save, by which ways to carry the same pods are compared. */
export function weighedMicros(pools: readonly SolvedPool[]): number {
  return poolsMicros(pools) * (1 + worthAPool * (pools.length - 1));
}

function nodesOf(pools: readonly SolvedPool[]): number {
  return pools.reduce((sum, { nodes }) => sum + nodes, 0);
}

/** One pool for all pods, by size; the cheapest first, of equally cheap ones that with the most nodes. */
function singlePools(problem: PoolProblem): readonly SolvedPool[] {
  const { pods } = problem;
  const sums = demandSums(pods, problem);
  const estimates = problem.sizes
    .map((size) => ({ size, estimate: fewestNodes(sums, size, problem.zones) * size.hourlyMicros }))
    .filter(({ estimate }) => Number.isFinite(estimate))
    .toSorted((left, right) => left.estimate - right.estimate);
  const found: SolvedPool[] = [];
  for (const [rank, { size }] of estimates.entries()) {
    if (found.length >= packedSizes) break;
    const pool = poolOfSize(pods, size, problem, rank < packedSizes ? "improved" : "greedy");
    if (pool !== undefined) found.push(pool);
  }
  return found.toSorted((left, right) => poolsMicros([left]) - poolsMicros([right]) || right.nodes - left.nodes);
}

/** Splits that pack for less than `most`. */
function splitPools(problem: PoolProblem, most: number): readonly (readonly SolvedPool[])[] {
  return poolSplits(problem)
    .filter(({ estimate }) => estimate < most)
    .slice(0, problem.pods.length <= few ? packedSplitsOfFew : packedSplits)
    .flatMap(({ parts }) => {
      const pools = parts.map(({ pods, size }) => poolOfSize(pods, size, problem, "greedy"));
      return pools.every((pool) => pool !== undefined) && weighedMicros(pools) < most ? [pools] : [];
    });
}
