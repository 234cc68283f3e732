import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { PlacedNode } from "../../scheduling/placement.ts";
import type { FaultModel } from "./fault-model.ts";
import type { PoolShare } from "./placement-index.ts";

/** Zones in which a pool's nodes admit the workload's pods; undefined where nothing is known of it. */
export function admissibleZones(
  model: FaultModel,
  workload: Workload,
  pool: string,
): readonly (string | undefined)[] | undefined {
  return model.admissions.get(workload.id)?.zones.get(`${workload.cluster}/${pool}`);
}

/** Nodes of the pool on which the workload's pods may run. */
export function admissibleNodes(
  model: FaultModel,
  workload: Workload,
  { pool, nodes }: PoolShare,
): readonly PlacedNode[] {
  const zones = admissibleZones(model, workload, pool);
  return zones === undefined ? nodes : nodes.filter(({ zone }) => zones.includes(zone));
}

/**
 * Ranks, among the zones of the region, of those to which selectors, affinity and pools hold the workload; undefined
 * where they are all of them, or where a node that admits it has no zone.
 */
export function zoneRanksOf(model: FaultModel, workload: Workload, { region }: Cluster): readonly number[] | undefined {
  const all = model.estate.regions.find(({ name }) => name === region)?.zones ?? [];
  const zones = [...(model.admissions.get(workload.id)?.zones.values() ?? [])].flat();
  const ranks = [...new Set(zones)].map((zone) => (zone === undefined ? -1 : all.indexOf(zone)));
  if (ranks.length === 0 || ranks.length >= all.length || ranks.includes(-1)) return undefined;
  return ranks.sort((left, right) => left - right);
}
