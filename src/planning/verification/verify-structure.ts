import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { moveId, plannedEstate } from "../estate/planned-estate.ts";
import { crowdedWorkload, type SpreadDemands } from "../journeys/spread-demand.ts";
import { nodesMicros } from "../pools/class-pools.ts";
import { withPackingCounted } from "../pools/packing-counted.ts";
import type { PlannedCluster, Structure } from "../structure-plan.ts";
import { ClusterTrial, type ClusterVerification, hasHeadroom, type Shortage } from "./cluster-trial.ts";
import { settleCluster } from "./settle-cluster.ts";

export interface VerifiedStructure {
  readonly structure: Structure;
  readonly estate: Estate;
  readonly clusters: readonly ClusterVerification[];
  /** Every pod schedules, and with any zone gone nothing that must stand that waits for room. */
  readonly holds: boolean;
}

interface VerificationOptions {
  readonly catalog: Catalog;
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Schedules every pod onto the planned nodes as kube-scheduler does, then again with each zone gone. A packing is not a
 * schedule: other pools, moved workloads and more nodes are tried where pods are left for want of room. The cheapest that
 * the scheduler agrees with stays.
 */
export function verifyStructure(estate: Estate, structure: Structure, options: VerificationOptions): VerifiedStructure {
  const { catalog, onProgress, signal } = options;
  const clusters: PlannedCluster[] = [...structure.clusters];
  const results: ClusterVerification[] = [];
  for (const [index, planned] of structure.clusters.entries()) {
    onProgress?.(`scheduling the pods of ${planned.cluster.name}`);
    const own = ownEstate(estate, planned);
    const probe = (changed: PlannedCluster): Shortage | undefined => {
      signal?.throwIfAborted();
      const whole = plannedEstate(own, { clusters: [changed] });
      return (
        new ClusterTrial(whole, changed, catalog).firstShortage() ??
        crowdedPool(whole, changed, { catalog, spread: structure.policy.spread })
      );
    };
    const lacksOf = (changed: PlannedCluster) => {
      signal?.throwIfAborted();
      return new ClusterTrial(plannedEstate(own, { clusters: [changed] }), changed, catalog).lacks();
    };
    const settled = withPackingCounted(settleCluster(planned, { probe, lacksOf }));
    clusters[index] = settled;
    results.push(new ClusterTrial(plannedEstate(own, { clusters: [settled] }), settled, catalog).verification());
  }
  const hourlyMicros = clusters.reduce((sum, planned) => sum + planned.tierMicros + nodesMicros(planned), 0);
  return {
    structure: { ...structure, clusters, hourlyMicros },
    estate: plannedEstate(estate, { clusters }),
    clusters: results,
    holds: results.every(({ pending, zones }, index) => {
      const planned = clusters[index];
      const stands = planned === undefined || !hasHeadroom(planned);
      return pending.length === 0 && (stands || zones.every((zone) => zone.pending.every(({ isRoom }) => !isRoom)));
    }),
  };
}

/** The estate without the workloads of other clusters, which say nothing about this one. */
function ownEstate(estate: Estate, { units }: PlannedCluster): Estate {
  const ids = new Set(units.flatMap((unit) => unit.workloads.map(({ id }) => id)));
  return { ...estate, workloads: estate.workloads.filter(({ id }) => ids.has(id)) };
}

interface Crowding {
  readonly catalog: Catalog;
  readonly spread: SpreadDemands;
}

/**
 * A pool that placement needs more nodes of than planned, or on which a node more has replicas than may be gone: bill and
 * availability are computed from placement.
 */
function crowdedPool(whole: Estate, planned: PlannedCluster, { catalog, spread }: Crowding): Shortage | undefined {
  const placement = placeWorkloads(whole, catalog);
  const { pools } = placement;
  const pool = planned.pools.find((each) => {
    const placed = pools.find(({ pool: name }) => name === each.pool.name);
    return placed !== undefined && placed.nodes.length > each.pool.minimumNodes;
  });
  if (pool !== undefined) return { pool, workload: undefined };
  const moved = new Map(
    planned.units.flatMap((unit) =>
      unit.workloads.map((each) => [moveId(each, planned.cluster.name), each.id] as const),
    ),
  );
  const demands = [...moved].flatMap(([id, declared]) => {
    const demand = spread.get(declared);
    return demand === undefined ? [] : [[id, demand] as const];
  });
  const crowded = crowdedWorkload(placement, demands);
  const workload = crowded === undefined ? undefined : moved.get(crowded);
  const own = planned.pools.find(({ pods }) => pods.some(({ id }) => id === workload));
  return own === undefined ? undefined : { pool: own, workload };
}
