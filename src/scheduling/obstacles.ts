/** Why one pool does not take a pod. */
export interface PoolObstacle {
  readonly pool: string;
  readonly reason: string;
}

const namedPools = 3;

/** Groups pools by reason: `2 pools (a, b): taint x not tolerated; 1 pool (c): cpu 12 of 3.86 free`. */
export function formatObstacles(obstacles: readonly PoolObstacle[]): string {
  if (obstacles.length === 0) return "the cluster has no node pool";
  const byReason = Map.groupBy(obstacles, ({ reason }) => reason);
  return [...byReason]
    .map(([reason, pools]) => {
      const names = pools.slice(0, namedPools).map(({ pool }) => pool);
      const more = pools.length > namedPools ? ", …" : "";
      return `${pools.length} ${pools.length === 1 ? "pool" : "pools"} (${names.join(", ")}${more}): ${reason}`;
    })
    .join("; ");
}
