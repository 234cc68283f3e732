import type { MixedIntegerSolver } from "../../finops/commitments/mix/mixed-integer-solver.ts";
import type { LinearSolver } from "../../scheduling/packing/exact/linear-solver.ts";
import { packShapes } from "../../scheduling/packing/pack-shapes.ts";
import { shapesOf } from "./pack-pool.ts";
import { leastNodes, type PlannedPods, type PoolProblem, planDimensions } from "./pool-problem.ts";
import { microsOfCost, type PackingPrices, poolProgram } from "./program/pool-program.ts";

/** Solvers that prove bounds; handed in by whoever plans. */
export interface PlanSolvers {
  readonly linear: LinearSolver;
  readonly mixedInteger: MixedIntegerSolver;
}

/** What is proven of the pools for some pods. */
export interface PoolsBound {
  /** In millionths of an hour: what no set of pools carries them for less than, each workload in one of them. */
  readonly micros: number;
  readonly packings: PackingPrices;
}

/**
 * The bound of `poolProgram` and of the cheapest packings onto any sizes, which column generation proves. Pools that are
 * known to carry the pods for `knownMicros` cut the search short.
 */
export function boundPools(
  problem: PoolProblem,
  solvers: PlanSolvers,
  knownMicros = Number.POSITIVE_INFINITY,
): PoolsBound {
  const { pods, sizes, headroom } = problem;
  const minimumNodes = leastNodes(pods, problem);
  const present = pods.filter(({ quantity }) => quantity > 0);
  if (present.length === 0 && minimumNodes === 0) return { micros: 0, packings: { all: 0, kept: 0 } };
  const cheapest = Math.min(...sizes.map(({ hourlyMicros }) => hourlyMicros));
  const fewest = minimumNodes * (Number.isFinite(cheapest) ? cheapest : 0);
  const all = cheapestPacking(present, problem, solvers);
  const serving = withoutAnyZone(present);
  const kept = headroom ? (serving.length === present.length ? all : cheapestPacking(serving, problem, solvers)) : 0;
  const packings = { all, kept };
  if (Math.max(all, fewest) >= knownMicros) return { micros: Math.max(all, fewest), packings };
  const solved = (mostMicros: number) =>
    solvers.mixedInteger(poolProgram(problem, present, { packings, mostMicros, margin: 0, poolMicros: 0 }).program);
  // Sums of whole pods may be above what is known where that is no more than an estimate.
  const solution = solved(knownMicros) ?? (Number.isFinite(knownMicros) ? solved(Number.POSITIVE_INFINITY) : undefined);
  const bound = (solution?.bound ?? 0) * microsOfCost;
  // Whole millionths: the solver's tolerance is no reason to claim more than holds.
  return { micros: Math.max(Math.ceil(Math.max(bound, all) - 0.5), fewest), packings };
}

/** Jobs wait while a zone is gone, and so may any pod whose disk is of one zone: nothing says that it is another one. */
function withoutAnyZone(pods: readonly PlannedPods[]): readonly PlannedPods[] {
  return pods.filter(({ isServing, isZoneBound }) => isServing && !isZoneBound);
}

function cheapestPacking(pods: readonly PlannedPods[], { sizes }: PoolProblem, { linear }: PlanSolvers): number {
  const shapes = shapesOf(pods);
  if (shapes.length === 0) return 0;
  const result = packShapes(
    {
      dimensions: planDimensions,
      nodeTypes: sizes.map(({ size, capacity, hourlyMicros }) => ({ name: size.name, capacity, price: hourlyMicros })),
      shapes,
    },
    { comparisons: 0, exact: { solver: linear, effort: boundEffort } },
  );
  return "invalid" in result ? 0 : result.lowerBound;
}

/** The bound alone is wanted, so no plan is searched for beyond what bounds need. */
const boundEffort = {
  rounds: 150,
  tolerance: 0.002,
  pricing: [
    { kind: "labels", width: 30 },
    { kind: "depthFirst", steps: 100_000 },
  ] as const,
  branchNodes: 0,
  enumeratedPatterns: 2_000,
};
