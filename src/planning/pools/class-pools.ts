import type { NodePool } from "../../estate/model/cluster.ts";
import type { PlannedCluster, PlannedPool } from "../structure-plan.ts";
import { poolsMicros, weighedMicros } from "./choose-pools.ts";
import { PoolNames } from "./pool-names.ts";
import type { SolvedPool } from "./pool-problem.ts";

/** The cluster with the pools that its classes have chosen. */
export function withPools(planned: PlannedCluster): PlannedCluster {
  const names = new PoolNames(planned.template);
  const pools = planned.classes.flatMap((each, classIndex) =>
    (each.candidates[each.chosen] ?? []).map((solved, index): PlannedPool => {
      const nodes = solved.nodes + solved.added;
      const pool: NodePool = {
        ...each.template,
        vmSize: solved.size.size.name,
        osDisk: solved.size.osDisk,
        minimumNodes: nodes,
        maximumNodes: nodes * 2,
      };
      return {
        classIndex,
        pool: { ...pool, name: names.nameOf(each, pool, index) },
        podClass: each.isSystemOnly ? undefined : each.podClass,
        pods: solved.pods,
        solved,
        addedForScheduler: solved.added,
      };
    }),
  );
  return { ...planned, pools, cluster: { ...planned.cluster, nodePools: pools.map(({ pool }) => pool) } };
}

/** Another candidate for one of the classes, as it was packed. */
export function withCandidate(planned: PlannedCluster, classIndex: number, chosen: number): PlannedCluster {
  const classes = planned.classes.map((each, index) => (index === classIndex ? { ...each, chosen } : each));
  return withPools({ ...planned, classes });
}

/** Pools of one of the classes that are none of its candidates. */
export function withSolution(
  planned: PlannedCluster,
  classIndex: number,
  solution: readonly SolvedPool[],
): PlannedCluster {
  const classes = planned.classes.map((each, index) =>
    index === classIndex ? { ...each, candidates: each.candidates.with(each.chosen, solution) } : each,
  );
  return withPools({ ...planned, classes });
}

/** The pools of one class. */
export function solutionOf({ classes }: PlannedCluster, classIndex: number): readonly SolvedPool[] {
  const own = classes[classIndex];
  return own?.candidates[own.chosen] ?? [];
}

/** So many nodes more, or fewer, for a pool. */
export function withNodesMore(planned: PlannedCluster, { classIndex, solved }: PlannedPool, more = 1): PlannedCluster {
  const solution = solutionOf(planned, classIndex);
  return withSolution(
    planned,
    classIndex,
    solution.map((each) => (each === solved ? { ...each, added: each.added + more } : each)),
  );
}

/** Nodes of the cluster in millionths of the currency an hour. */
export function nodesMicros({ classes }: PlannedCluster): number {
  return classes.reduce((sum, { candidates, chosen }) => sum + poolsMicros(candidates[chosen] ?? []), 0);
}

/** The same with what each pool more has to save. */
export function weighedNodesMicros({ classes }: PlannedCluster): number {
  return classes.reduce((sum, { candidates, chosen }) => sum + weighedMicros(candidates[chosen] ?? []), 0);
}
