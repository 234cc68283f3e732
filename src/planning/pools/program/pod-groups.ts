import { type PlannedPods, type PoolProblem, podNodes } from "../pool-problem.ts";

/** Workloads that no pool can tell apart. */
export interface PodGroup {
  readonly like: PlannedPods;
  readonly workloads: readonly PlannedPods[];
  /** What is dealt to a pool at once: the pods of one workload, or a single pod. */
  readonly podsOfUnit: number;
  readonly units: number;
  /** Fewest nodes of the pool that they are dealt to. */
  readonly leastNodes: number;
}

/** Workloads up to which they are dealt whole; of more, pods are dealt like a liquid, which relaxes the program. */
const mostWhole = 25;

/** True where the program deals workloads, false where it deals shares of like pods. */
export function isWhole(pods: readonly PlannedPods[]): boolean {
  return pods.length <= mostWhole;
}

/** Pods by all that decides where they may go; a limit per node is one of the workload, which is a group of its own then. */
export function podGroups(pods: readonly PlannedPods[], problem: PoolProblem): readonly PodGroup[] {
  const whole = isWhole(pods);
  const keyOf = (each: PlannedPods) => {
    const { id, size, quantity, perNode, isServing, isZoneBound } = each;
    const alike = [size, isServing, isZoneBound, podNodes(each, problem), perNode === undefined ? "" : id];
    return [...alike, whole ? quantity : ""].join("|");
  };
  return [...Map.groupBy(pods, keyOf).values()].flatMap((workloads): readonly PodGroup[] => {
    const [like] = workloads;
    if (like === undefined) return [];
    const pods = workloads.reduce((sum, { quantity }) => sum + quantity, 0);
    const podsOfUnit = whole ? like.quantity : 1;
    return [{ like, workloads, podsOfUnit, units: pods / podsOfUnit, leastNodes: podNodes(like, problem) }];
  });
}
