import type { PlanSolvers, PoolsBound } from "../bound-pools.ts";
import { leastNodes, type PlannedPods, type PoolProblem, type SolvedPool } from "../pool-problem.ts";
import { type PoolProgram, poolProgram } from "./pool-program.ts";

/**
 * Shares of the largest pod that are left free on each node. The scheduler fills nodes evenly and moves nothing: a large pod
 * that comes last finds room for all others and none for itself, unless there is some everywhere.
 */
const margins = [0.1, 0.2, 0.3, 0.4, 0.5];
/** What a pool more has to save, as a share of the cheapest packing. */
const worthAPool = 0.005;

/** Pools up to a price that the program of the bound chooses with room to spare; the scheduler says which of them hold. */
export function programPools(
  problem: PoolProblem,
  { mixedInteger }: PlanSolvers,
  { packings }: Pick<PoolsBound, "packings">,
  mostMicros: number,
): readonly (readonly SolvedPool[])[] {
  const present = problem.pods.filter(({ quantity }) => quantity > 0);
  const idle = problem.pods.filter(({ quantity }) => quantity === 0);
  const poolMicros = worthAPool * packings.all;
  const found: (readonly SolvedPool[])[] = [];
  for (const margin of margins) {
    const own = poolProgram(problem, present, { packings, mostMicros, margin, poolMicros });
    const values = mixedInteger(own.program)?.values;
    // With more room to spare, pools cost more yet.
    if (values === undefined) break;
    const dealt = dealtPods(own, values, problem);
    const pools = problem.sizes.flatMap((size, index): readonly SolvedPool[] => {
      const pods = dealt[index] ?? [];
      const nodes = Math.max(own.nodesOf(values, index), leastNodes(pods, problem));
      return pods.length === 0 ? [] : [{ size, pods, nodes, added: 0 }];
    });
    const [first] = pools;
    if (first !== undefined) found.push([{ ...first, pods: [...first.pods, ...idle] }, ...pools.slice(1)]);
  }
  return found;
}

/** Whole workloads for each size: of those that are alike the largest first, to the size that the most is still due. */
function dealtPods(
  { groups, dealtOf }: PoolProgram,
  values: ArrayLike<number>,
  { sizes }: PoolProblem,
): readonly (readonly PlannedPods[])[] {
  const dealt = sizes.map((): PlannedPods[] => []);
  for (const [group, { workloads, podsOfUnit }] of groups.entries()) {
    const due = sizes.map((_, size) => dealtOf(values, group, size) * podsOfUnit);
    for (const each of workloads.toSorted((left, right) => right.quantity - left.quantity)) {
      const size = due.indexOf(Math.max(...due));
      due[size] = (due[size] ?? 0) - each.quantity;
      dealt[size]?.push(each);
    }
  }
  return dealt;
}
