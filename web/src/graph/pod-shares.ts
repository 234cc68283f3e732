import type { Assessment } from "../../../src/operations/assessment/assessment.ts";

/** Share of a workload's pods that runs on each pool, by the pool's box id. */
export type PodShares = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Where the pods of each workload run, by workload id. */
export function podShares(assessment: Assessment): PodShares {
  const pods = new Map<string, Map<string, number>>();
  for (const cluster of assessment.structure.clusters) {
    for (const pool of cluster.pools) {
      const box = `pool/${cluster.cluster}/${pool.pool.split("/").at(-1) ?? pool.pool}`;
      for (const workload of pool.workloads) {
        const byPool = pods.get(workload.workload) ?? new Map<string, number>();
        byPool.set(box, (byPool.get(box) ?? 0) + workload.pods);
        pods.set(workload.workload, byPool);
      }
    }
  }
  return new Map([...pods].map(([workload, byPool]) => [workload, shares(byPool)]));
}

function shares(pods: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const all = [...pods.values()].reduce((sum, count) => sum + count, 0);
  return new Map([...pods].map(([pool, count]) => [pool, all === 0 ? 1 / pods.size : count / all]));
}
