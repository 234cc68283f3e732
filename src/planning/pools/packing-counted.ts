import type { PlannedCluster } from "../structure-plan.ts";
import { withSolution } from "./class-pools.ts";
import { poolOfSize } from "./pack-pool.ts";

/** The cluster with the same nodes, told apart into those that the pods pack onto and those that the scheduler needs. */
export function withPackingCounted(planned: PlannedCluster): PlannedCluster {
  return planned.classes.reduce((changed, { candidates, chosen, problem }, classIndex) => {
    const counted = (candidates[chosen] ?? []).map((solved) => {
      const total = solved.nodes + solved.added;
      const packed = poolOfSize(solved.pods, solved.size, problem, "improved")?.nodes ?? total;
      return { ...solved, nodes: Math.min(packed, total), added: Math.max(0, total - packed) };
    });
    return withSolution(changed, classIndex, counted);
  }, planned);
}
