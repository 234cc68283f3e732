import { createFaultModel } from "../../availability/from-estate/fault-model.ts";
import type { ReplicaGroup } from "../../availability/from-estate/replica-group.ts";
import { buildJourneyTrees } from "../../availability/solve-journey.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Placement } from "../../scheduling/placement.ts";
import type { SpreadDemand, SpreadDemands } from "./spread-demand.ts";

/**
 * What journeys with an objective ask of the nodes under their replicas: a workload that no single node stops today must
 * not come to lie on fewer nodes than that takes. With r replicas of which n carry the load, r - n may be gone at once, so
 * that the replicas lie on at least r / (r - n) nodes, rounded up. Where a node stops it today already, nothing is asked;
 * but all workloads of the journeys `asToday` get as many nodes as they are on today, and no node more of their pods.
 */
export function readSpreadDemands(
  estate: Estate,
  placement: Placement,
  catalog: Catalog,
  asToday: ReadonlySet<string> = new Set(),
): SpreadDemands {
  const workloads = new Set(estate.workloads.filter(({ run }) => run === "serving").map(({ id }) => id));
  const demands = new Map<string, SpreadDemand>();
  if (estate.journeys.every(({ objectiveUnavailability }) => objectiveUnavailability === undefined)) return demands;
  for (const { journey, scope } of buildJourneyTrees(createFaultModel(estate, placement, catalog))) {
    if (journey.objectiveUnavailability === undefined) continue;
    for (const [id, group] of scope.groups) {
      const asked = workloads.has(id) ? demandOf(group, asToday.has(journey.id)) : undefined;
      if (asked === undefined) continue;
      const known = demands.get(id);
      demands.set(id, {
        tolerated: Math.min(known?.tolerated ?? asked.tolerated, asked.tolerated),
        nodes: Math.max(known?.nodes ?? 0, asked.nodes),
        journeys: [...new Set([...(known?.journeys ?? []), journey.id])].toSorted(),
      });
    }
  }
  return demands;
}

function demandOf(
  { replicas, needed, shapes }: ReplicaGroup,
  asToday: boolean,
): Pick<SpreadDemand, "tolerated" | "nodes"> | undefined {
  const byNode = shapes.expected.zones.flatMap(({ replicasByNode }) => replicasByNode);
  const fullest = Math.max(0, ...byNode);
  if (asToday && fullest > 0) return { tolerated: fullest, nodes: byNode.length };
  const tolerated = replicas - needed;
  return tolerated < 1 || fullest > tolerated ? undefined : { tolerated, nodes: Math.ceil(replicas / tolerated) };
}
