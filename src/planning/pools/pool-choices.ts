import type { PlanSolvers } from "./bound-pools.ts";
import { choosePools } from "./choose-pools.ts";
import type { PoolProblem, PoolSize, PoolSolutions } from "./pool-problem.ts";

/** A problem with its solutions, whose pools are of its pods and sizes. */
interface ChosenPools {
  readonly problem: PoolProblem;
  readonly solutions: PoolSolutions;
}

/**
 * Pools chosen before. An alternative changes one tenant or one demand, and leaves most classes of pods as they were: for
 * these nothing is packed again.
 */
export class PoolChoices {
  readonly #bounded = new Map<string, ChosenPools>();
  readonly #unbounded = new Map<string, ChosenPools>();

  /** @param solvers prove a bound; undefined: any solutions of the problem do, with a bound or without */
  of(problem: PoolProblem, solvers: PlanSolvers | undefined): ChosenPools {
    const key = keyOf(problem);
    const known = this.#bounded.get(key) ?? (solvers === undefined ? this.#unbounded.get(key) : undefined);
    if (known !== undefined) return known;
    const chosen = { problem, solutions: choosePools(problem, solvers) };
    (solvers === undefined ? this.#unbounded : this.#bounded).set(key, chosen);
    return chosen;
  }
}

/** Everything that the choice hangs on; of a size its name stands for the rest of the catalog's entry. */
function keyOf({ pods, sizes, zones, headroom, minimumNodes }: PoolProblem): string {
  return JSON.stringify([pods, sizes.map(sizeKey), zones, headroom, minimumNodes]);
}

function sizeKey({ size, osDisk, maxPods, capacity, hourlyMicros }: PoolSize) {
  return [size.name, osDisk, maxPods, capacity, hourlyMicros];
}
