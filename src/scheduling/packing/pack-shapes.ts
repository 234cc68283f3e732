import { combinatorialBound } from "./bounds/combinatorial-bounds.ts";
import { findInvalidInput, type InvalidInput } from "./check-problem.ts";
import { describePlan } from "./describe-plan.ts";
import type { LinearSolver } from "./exact/linear-solver.ts";
import { type ExactEffort, type ExactSearch, searchExactly } from "./exact/search-exactly.ts";
import { greedyPlans } from "./heuristics/greedy-plans.ts";
import { NodeFiller } from "./heuristics/node-filler.ts";
import { ruinAndRecreate } from "./heuristics/ruin-and-recreate.ts";
import { seededRandom } from "./heuristics/seeded-random.ts";
import { isBetter, type Solution } from "./heuristics/solution.ts";
import { type PackingInstance, packingInstance } from "./packing-instance.ts";
import type { PackingResult, UnplacedPods } from "./packing-plan.ts";
import type { PackingProblem, PackingShape } from "./packing-problem.ts";
import { unplaceableShapes } from "./unplaceable-shapes.ts";

export interface PackingOptions {
  /** Fixes the random choices of the improvement. */
  readonly seed?: number;
  /** Most comparisons of sizes in the improvement: `defaultComparisons` take well under a second. 0: greedy plans only. */
  readonly comparisons?: number;
  /** Searches for the proof as well; without it the bound is the combinatorial one. */
  readonly exact?: { readonly solver: LinearSolver; readonly effort?: Partial<ExactEffort> };
  readonly onProgress?: (progress: PackingProgress) => void;
  /** Ends the search with the best plan so far. */
  readonly signal?: AbortSignal;
  /** The same for callers with a clock: asked at every step, the search ends when it says yes. Runs then do not repeat. */
  readonly isDue?: () => boolean;
}

interface PackingProgress {
  readonly stage: "improve" | "bound" | "dive" | "branch";
  readonly price: number;
  readonly lowerBound: number;
}

const defaultComparisons = 12_000_000;

const defaultExactEffort: ExactEffort = {
  rounds: 2_000,
  tolerance: 0.0005,
  pricing: [
    { kind: "labels", width: 30 },
    { kind: "depthFirst", steps: 200_000 },
    { kind: "labels", width: 300 },
    { kind: "labels", width: 2_000 },
    { kind: "depthFirst", steps: 5_000_000 },
    { kind: "labels", width: 8_000 },
  ],
  branchNodes: 500,
  enumeratedPatterns: 20_000,
};

/**
 * The cheapest nodes for the pods, as far as the effort goes, with a lower bound on what any plan costs. Deterministic: the
 * same problem, seed and effort give the same plan, unless it is ended from outside.
 *
 * Returns what is invalid instead when the problem contradicts itself. Pods that fit no empty node are left out of the
 * plan and of the bound, and listed with the reason.
 */
export function packShapes(
  problem: PackingProblem,
  options: PackingOptions = {},
): PackingResult | { readonly invalid: readonly InvalidInput[] } {
  const invalid = findInvalidInput(problem);
  if (invalid.length > 0) return { invalid };
  const unplaceable = unplaceableShapes(problem, packingInstance(problem));
  const names = new Set(unplaceable.map(({ shape }) => shape));
  const shapes = problem.shapes.filter(({ name, quantity }) => quantity > 0 && !names.has(name));
  return packPlaceable(problem, shapes, unplaceable, options);
}

function packPlaceable(
  problem: PackingProblem,
  shapes: readonly PackingShape[],
  unplaceable: readonly UnplacedPods[],
  options: PackingOptions,
): PackingResult {
  const instance = packingInstance({ ...problem, shapes });
  const filler = new NodeFiller(instance);
  const cheap = combinatorialBound(instance);
  let aborted = false;
  const onStep = (stage: PackingProgress["stage"], price: number, lowerBound: number): "continue" | "stop" => {
    options.onProgress?.({ stage, price, lowerBound });
    if (options.signal?.aborted !== true && options.isDue?.() !== true) return "continue";
    aborted = true;
    return "stop";
  };
  const plans = greedyPlans(filler);
  const improve = (start: Solution, target: number): Solution =>
    ruinAndRecreate(filler, start, {
      random: seededRandom(options.seed ?? 1),
      comparisons: options.comparisons ?? defaultComparisons,
      target,
      onStep: (_share, price) => onStep("improve", price, target),
    });
  const improved = improve(cheapest(plans), cheap.bound);
  const found = improved.price <= cheap.bound && improved.unplacedPods === 0;
  const exact =
    options.exact === undefined || found || aborted
      ? undefined
      : searchExactly(filler, improved, cheap.bound, {
          solver: options.exact.solver,
          effort: { ...defaultExactEffort, ...options.exact.effort },
          plans: [...plans, improved],
          onStep,
        });
  const lowerBound = exact?.lowerBound ?? cheap.bound;
  const solution = exact === undefined || aborted ? (exact?.solution ?? improved) : improve(exact.solution, lowerBound);
  const proven = solution.unplacedPods === 0 && solution.price <= lowerBound;
  return {
    plan: describePlan(shapes, problem.nodeTypes, solution, unplaceable),
    lowerBound,
    boundMethod: exact?.method ?? cheap.method,
    gap: solution.unplacedPods > 0 ? undefined : gapOf(solution.price, lowerBound),
    proven,
    provenTooSmall: isTooSmall(instance),
    ended: aborted ? "aborted" : "complete",
    marginalPrices: marginalPrices(shapes, exact),
  };
}

function cheapest(plans: readonly [Solution, ...Solution[]]): Solution {
  return plans.reduce((best, plan) => (isBetter(plan, best) ? plan : best));
}

function gapOf(price: number, lowerBound: number): number {
  if (price <= lowerBound) return 0;
  return lowerBound > 0 ? price / lowerBound - 1 : Number.POSITIVE_INFINITY;
}

/** Whether all nodes that the limits allow have too little of a resource between them. */
function isTooSmall({ dimensions, shapes, nodeTypes, sizes, demand, capacities, limits }: PackingInstance): boolean {
  for (let k = 0; k < dimensions; k += 1) {
    let asked = 0;
    let offered = 0;
    for (let shape = 0; shape < shapes; shape += 1)
      asked += (demand[shape] ?? 0) * (sizes[shape * dimensions + k] ?? 0);
    for (let type = 0; type < nodeTypes; type += 1) {
      const capacity = capacities[type * dimensions + k] ?? 0;
      if (capacity > 0) offered += capacity * (limits[type] ?? 0);
    }
    if (asked > offered) return true;
  }
  return false;
}

function marginalPrices(
  shapes: readonly PackingShape[],
  exact: ExactSearch | undefined,
): PackingResult["marginalPrices"] {
  if (exact?.dual === undefined) return [];
  const { podPrices } = exact.dual;
  return shapes.map(({ name }, index) => ({ shape: name, price: podPrices[index] ?? 0 }));
}
