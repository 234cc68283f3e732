import type { Placement } from "../../scheduling/placement.ts";

/** Replicas that have to lie on so many nodes that the loss of one does not stop a journey. */
export interface SpreadDemand {
  /** Pods that may be gone while the rest carries the load. */
  readonly tolerated: number;
  /** Fewest nodes on which no node has more than these. */
  readonly nodes: number;
  /** Journeys with an objective that stop without it, by id; sorted. */
  readonly journeys: readonly string[];
}

/** Demands by id of the workload as it is declared. */
export type SpreadDemands = ReadonlyMap<string, SpreadDemand>;

/** The first workload of which some node has more pods than may be gone. */
export function crowdedWorkload(
  { pools }: Placement,
  demands: readonly (readonly [workload: string, demand: SpreadDemand])[],
): string | undefined {
  if (demands.length === 0) return undefined;
  const byId = new Map(demands);
  for (const { nodes } of pools) {
    for (const { pods } of nodes) {
      const counts = new Map<string, number>();
      for (const { workload } of pods) {
        const demand = byId.get(workload);
        const count = (counts.get(workload) ?? 0) + 1;
        counts.set(workload, count);
        if (demand !== undefined && count > demand.tolerated) return workload;
      }
    }
  }
  return undefined;
}
