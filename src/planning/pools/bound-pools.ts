import type { MixedIntegerProgram, MixedIntegerSolver } from "../../finops/commitments/mix/mixed-integer-solver.ts";
import type { LinearSolver } from "../../scheduling/packing/exact/linear-solver.ts";
import { packShapes } from "../../scheduling/packing/pack-shapes.ts";
import { shapesOf } from "./pack-pool.ts";
import { leastNodes, type PlannedPods, type PoolProblem, planDimensions } from "./pool-problem.ts";

/** Solvers that prove bounds; handed in by whoever plans. */
export interface PlanSolvers {
  readonly linear: LinearSolver;
  readonly mixedInteger: MixedIntegerSolver;
}

type Row = { readonly lower: number; readonly upper: number };

/**
 * What no set of pools carries the pods for less, whatever their sizes, however many and however the pods are dealt to
 * them. Of each size s, m nodes hold the pods when a zone is gone and e more are in the fullest zone:
 *
 * minimise sum p (m + e), where e >= m / (zones - 1) with headroom, sum C (m + e) >= all that is asked in each dimension,
 * sum C m >= what serving pods ask, and sum p m >= the cheapest packing of the serving pods onto any sizes, which column
 * generation bounds from below. Pools of one size count as one: together they need no more nodes than apart.
 */
export function boundPools(problem: PoolProblem, solvers: PlanSolvers): number {
  const { pods, sizes, headroom } = problem;
  const minimumNodes = leastNodes(pods, problem);
  if (pods.every(({ quantity }) => quantity === 0) && minimumNodes === 0) return 0;
  const all = cheapestPacking(pods, problem, solvers);
  const serving = withoutAnyZone(pods);
  const kept = headroom ? (serving.length === pods.length ? all : cheapestPacking(serving, problem, solvers)) : 0;
  const solution = solvers.mixedInteger(program(problem, all, kept));
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

/** Columns: m of each size, then e of each size. */
function program(problem: PoolProblem, all: number, kept: number): MixedIntegerProgram {
  const { pods, sizes, zones, headroom } = problem;
  const minimumNodes = leastNodes(pods, problem);
  const rows: Row[] = [];
  const entries = sizes.map(() => ({ left: new Map<number, number>(), spare: new Map<number, number>() }));
  const atLeast = (lower: number, left: (index: number) => number, spare: (index: number) => number) => {
    const row = rows.push({ lower, upper: Number.POSITIVE_INFINITY }) - 1;
    for (const [index, entry] of entries.entries()) {
      if (left(index) !== 0) entry.left.set(row, left(index));
      if (spare(index) !== 0) entry.spare.set(row, spare(index));
    }
  };
  const price = (index: number) => (sizes[index]?.hourlyMicros ?? 0) / 1_000;
  const share = (dimension: number, asked: number) => (index: number) =>
    (sizes[index]?.capacity[dimension] ?? 0) / asked;
  const serving = withoutAnyZone(pods);
  for (const dimension of planDimensions.keys()) {
    const asked = askedOf(pods, dimension);
    if (asked > 0) atLeast(1, share(dimension, asked), share(dimension, asked));
    const keptOf = headroom ? askedOf(serving, dimension) : 0;
    if (keptOf > 0) atLeast(1, share(dimension, keptOf), () => 0);
  }
  if (all > 0) atLeast(all / 1_000, price, price);
  if (kept > 0) atLeast(kept / 1_000, price, () => 0);
  const apart = Math.max(
    0,
    ...pods.map(({ quantity, perNode }) => Math.ceil(quantity / (perNode ?? Number.POSITIVE_INFINITY))),
  );
  if (Math.max(apart, minimumNodes) > 0)
    atLeast(
      Math.max(apart, minimumNodes),
      () => 1,
      () => 1,
    );
  if (headroom && zones > 1) {
    for (const index of sizes.keys()) {
      atLeast(
        0,
        (each) => (each === index ? -1 : 0),
        (each) => (each === index ? zones - 1 : 0),
      );
    }
  }
  const column = (index: number, own: ReadonlyMap<number, number>) => ({
    cost: sizes[index]?.hourlyMicros ?? 0,
    upper: 10_000,
    isInteger: true,
    rows: [...own.keys()],
    values: [...own.values()],
  });
  return {
    rows,
    columns: [
      ...entries.map(({ left }, index) => column(index, left)),
      ...entries.map(({ spare }, index) => column(index, spare)),
    ],
  };
}

function askedOf(pods: readonly PlannedPods[], dimension: number): number {
  return pods.reduce((sum, { size, quantity }) => sum + (size[dimension] ?? 0) * quantity, 0);
}
