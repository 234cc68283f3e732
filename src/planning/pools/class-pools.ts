import type { NodePool } from "../../estate/model/cluster.ts";
import type { PlannedCluster, PlannedPool } from "../structure-plan.ts";
import { PoolNames } from "./pool-names.ts";

/** The cluster with the pools that its classes have chosen; nodes that were added for the scheduler are kept. */
export function withPools(planned: PlannedCluster): PlannedCluster {
  const names = new PoolNames(planned.template);
  const pools = planned.classes.flatMap((each, classIndex) =>
    (each.candidates[each.chosen] ?? []).map((solved, index): PlannedPool => {
      const added = planned.pools.find((known) => known.classIndex === classIndex && known.solved === solved);
      const addedForScheduler = added?.addedForScheduler ?? 0;
      const nodes = solved.nodes + addedForScheduler;
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
        addedForScheduler,
      };
    }),
  );
  return { ...planned, pools, cluster: { ...planned.cluster, nodePools: pools.map(({ pool }) => pool) } };
}

/** Another candidate for one of the classes, as it was packed. */
export function withCandidate(planned: PlannedCluster, classIndex: number, chosen: number): PlannedCluster {
  const classes = planned.classes.map((each, index) => (index === classIndex ? { ...each, chosen } : each));
  const pools = planned.pools.filter((pool) => pool.classIndex !== classIndex);
  return withPools({ ...planned, classes, pools });
}

/** One node more for a pool. */
export function withNodeMore(planned: PlannedCluster, short: PlannedPool): PlannedCluster {
  const pools = planned.pools.map((each) =>
    each === short ? { ...each, addedForScheduler: each.addedForScheduler + 1 } : each,
  );
  return withPools({ ...planned, pools });
}

/** Nodes of the cluster, or of one class, in millionths of the currency an hour. */
export function nodesMicros({ pools }: PlannedCluster, classIndex?: number): number {
  return pools
    .filter((pool) => classIndex === undefined || pool.classIndex === classIndex)
    .reduce(
      (sum, { solved, addedForScheduler }) => sum + (solved.nodes + addedForScheduler) * solved.size.hourlyMicros,
      0,
    );
}
