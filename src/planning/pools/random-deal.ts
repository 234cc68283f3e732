import type { SeededRandom } from "../../scheduling/packing/heuristics/seeded-random.ts";
import { demandSums, fewestNodes } from "./demand-sums.ts";
import type { EmptyPool } from "./pool-compositions.ts";
import type { PlannedPods, PoolProblem, SolvedPool } from "./pool-problem.ts";

/**
 * Whole workloads dealt to pools by chance, as far as their sums allow: larger ones tend to come first, since they find room
 * in few places. Undefined where one of them finds none, or a pool is left without pods.
 */
export function randomDeal(
  pools: readonly EmptyPool[],
  problem: PoolProblem,
  random: SeededRandom,
): readonly SolvedPool[] | undefined {
  const dealt = pools.map((pool) => ({ ...pool, pods: [] as PlannedPods[], added: 0 }));
  const order = problem.pods
    .map((pods) => ({ pods, key: Math.max(pods.size[0] ?? 0, 1) * Math.max(pods.quantity, 1) * random() }))
    .toSorted((left, right) => right.key - left.key);
  for (const { pods } of order) {
    const open = dealt.filter(
      ({ size, nodes, pods: own }) => fewestNodes(demandSums([...own, pods], problem), size, problem.zones) <= nodes,
    );
    const target = open[Math.floor(random() * open.length)];
    if (target === undefined) return undefined;
    target.pods.push(pods);
  }
  return dealt.some(({ pods }) => pods.every(({ quantity }) => quantity === 0)) ? undefined : dealt;
}
