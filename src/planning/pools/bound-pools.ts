import type { MixedIntegerSolver } from "../../finops/commitments/mix/mixed-integer-solver.ts";
import type { LinearSolver } from "../../scheduling/packing/exact/linear-solver.ts";
import { packShapes } from "../../scheduling/packing/pack-shapes.ts";
import { boundProgram } from "./bound-program.ts";
import { shapesOf } from "./pack-pool.ts";
import { leastNodes, type PlannedPods, type PoolProblem, planDimensions } from "./pool-problem.ts";

/** Solvers that prove bounds; handed in by whoever plans. */
export interface PlanSolvers {
  readonly linear: LinearSolver;
  readonly mixedInteger: MixedIntegerSolver;
}

/**
 * What no set of pools carries the pods for less, whatever their sizes, however many and however the pods are dealt to
 * them: the least sum of p n over whole numbers of nodes n of each size, k of which are left with the fullest zone gone.
 * Every structure meets the rows of the program:
 *
 * - k <= n - ceil(n / zones), that is zones k <= (zones - 1) n for whole numbers, for pools are spread evenly over their
 *   zones; pools of one size count as one, which together leave no fewer nodes than apart.
 * - A size that is used has the fewest nodes that a pool may have.
 * - sum C n >= all that is asked in each dimension, sum C k >= what has to stand without a zone.
 * - sum p n >= the cheapest packing of the pods onto any sizes, which column generation bounds from below; so for k.
 * - For pods larger than some amount in a dimension: sum c n >= their number, where a node of the size holds at most c of
 *   them (`mostOfPods`); so for k.
 * - The same for pods whose disks are of one zone, over all zones together (`boundToZoneRows`).
 */
export function boundPools(problem: PoolProblem, solvers: PlanSolvers): number {
  const { pods, sizes, headroom } = problem;
  const minimumNodes = leastNodes(pods, problem);
  const present = pods.filter(({ quantity }) => quantity > 0);
  if (present.length === 0 && minimumNodes === 0) return 0;
  const all = cheapestPacking(present, problem, solvers);
  const serving = withoutAnyZone(present);
  const kept = headroom ? (serving.length === present.length ? all : cheapestPacking(serving, problem, solvers)) : 0;
  const solution = solvers.mixedInteger(boundProgram(problem, present, serving, { all, kept }));
  const bound = Math.max(all, solution?.bound ?? 0);
  const cheapest = Math.min(...sizes.map(({ hourlyMicros }) => hourlyMicros));
  // Whole millionths: the solver's tolerance is no reason to claim more than holds.
  return Math.max(Math.ceil(bound - 0.5), minimumNodes * (Number.isFinite(cheapest) ? cheapest : 0));
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
