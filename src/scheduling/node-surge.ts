import { aksClusterFacts } from "../catalog/aks-cluster-facts.ts";
import type { NodePool } from "../estate/model/cluster.ts";

/** Extra nodes of a pool of `nodes` while it is upgraded; a percentage rounds up. Undefined: not readable. */
export function surgeNodes({ upgrade }: Pick<NodePool, "upgrade">, nodes: number): number | undefined {
  const { maxSurge, maxUnavailable } = upgrade;
  if (maxSurge === undefined) return maxUnavailable === undefined ? aksClusterFacts.defaultSurgeNodes.value : 0;
  const percentage = /^(\d+)%$/.exec(maxSurge)?.[1];
  if (percentage !== undefined) return Math.ceil((Number(percentage) * nodes) / 100);
  return /^\d+$/.test(maxSurge) ? Number(maxSurge) : undefined;
}

/** Most nodes that a pool has at once: its maximum and what an upgrade adds to it. */
export function peakNodes(pool: NodePool): number {
  return pool.maximumNodes + (surgeNodes(pool, pool.maximumNodes) ?? 0);
}
