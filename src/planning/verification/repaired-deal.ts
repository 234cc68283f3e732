import { type SeededRandom, seededRandom } from "../../scheduling/packing/heuristics/seeded-random.ts";
import { solutionOf, withSolution } from "../pools/class-pools.ts";
import { demandSums, fewestNodes } from "../pools/demand-sums.ts";
import type { PlannedPods, PoolProblem, SolvedPool } from "../pools/pool-problem.ts";
import type { PlannedCluster } from "../structure-plan.ts";
import type { Lack } from "./cluster-trial.ts";

/** How often the workload that lacks room leaves its pool itself, and not another one of the pool. */
const ownShare = 0.3;

/**
 * The class with workloads exchanged between its pools, whose sizes and nodes stay, until none of its pods lacks room; a step
 * stays where it leaves no more without room, large pods counting for more. Undefined where the trials do not suffice.
 */
export function repairedDeal(
  start: PlannedCluster,
  classIndex: number,
  lacksOf: (planned: PlannedCluster) => readonly Lack[],
  trials: number,
): PlannedCluster | undefined {
  const problem = start.classes[classIndex]?.problem;
  if (problem === undefined) return undefined;
  const ownLacks = (planned: PlannedCluster) =>
    lacksOf(planned).filter(({ workload }) => problem.pods.some(({ id }) => id === workload));
  const random = seededRandom(classIndex + 1);
  let planned = start;
  let lacks = ownLacks(planned);
  for (let trial = 1; lacks.length > 0; trial += 1) {
    if (trial >= trials) return undefined;
    const chosen = lacks[Math.floor(random() * lacks.length)]?.workload;
    const exchanged = exchange(solutionOf(planned, classIndex), chosen, problem, random);
    if (exchanged === undefined) continue;
    const changed = withSolution(planned, classIndex, exchanged);
    const left = ownLacks(changed);
    if (weightOf(left, problem) > weightOf(lacks, problem)) continue;
    planned = changed;
    lacks = left;
  }
  return planned;
}

/** Room that is lacking, in shares of the largest pod. */
function weightOf(lacks: readonly Lack[], { pods }: PoolProblem): number {
  const largest = [0, 1].map((dimension) => Math.max(1, ...pods.map(({ size }) => size[dimension] ?? 0)));
  return lacks.reduce((sum, { workload, pods: lacking }) => {
    const size = pods.find(({ id }) => id === workload)?.size ?? [];
    return sum + lacking * Math.max(...largest.map((most, dimension) => (size[dimension] ?? 0) / most));
  }, 0);
}

/** One workload of the pool that lacks room for another one's or for nothing, by chance among those that sums allow. */
function exchange(
  solution: readonly SolvedPool[],
  lacking: string | undefined,
  problem: PoolProblem,
  random: SeededRandom,
): readonly SolvedPool[] | undefined {
  const source = solution.find(({ pods }) => pods.some(({ id }) => id === lacking));
  if (source === undefined) return undefined;
  const any = source.pods[Math.floor(random() * source.pods.length)];
  const leaving = random() < ownShare ? source.pods.find(({ id }) => id === lacking) : any;
  if (leaving === undefined) return undefined;
  const fits = ({ pods, size, nodes, added }: SolvedPool) =>
    pods.some(({ quantity }) => quantity > 0) &&
    fewestNodes(demandSums(pods, problem), size, problem.zones) <= nodes + added;
  const options = solution.flatMap((target) =>
    target === source
      ? []
      : [undefined, ...target.pods].flatMap((back): readonly (readonly SolvedPool[])[] => {
          if (back !== undefined && isAlike(back, leaving)) return [];
          const filled = { ...target, pods: [...target.pods.filter((each) => each !== back), leaving] };
          const kept = source.pods.filter((each) => each !== leaving);
          const left = { ...source, pods: back === undefined ? kept : [...kept, back] };
          if (!fits(filled) || !fits(left)) return [];
          return [solution.map((pool) => (pool === target ? filled : pool === source ? left : pool))];
        }),
  );
  return options[Math.floor(random() * options.length)];
}

function isAlike(left: PlannedPods, right: PlannedPods): boolean {
  return left.size.join() === right.size.join() && left.quantity === right.quantity;
}
