import type { Catalog } from "../../catalog/catalog.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import {
  newestMinor,
  parseSchedulerVersion,
  schedulerVersion,
} from "../../scheduling/kube-scheduler/scheduler-version.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { FailureOutcome } from "../../scheduling/replay/failure/failure-outcome.ts";
import { refusalOf } from "../../scheduling/replay/failure/refusal.ts";
import { replayFailures } from "../../scheduling/replay/failure/replay-failures.ts";
import { singleFailures } from "../../scheduling/replay/failure/scenarios.ts";
import { readEstateCluster } from "../../scheduling/replay/from-estate/read-estate-cluster.ts";
import { plannedEstate } from "../estate/planned-estate.ts";
import { nodesMicros, withCandidate, withNodeMore } from "../pools/class-pools.ts";
import type { PlannedCluster, PlannedPool, Structure } from "../structure-plan.ts";

/** What the real scheduler makes of one planned cluster. */
export interface ClusterVerification {
  readonly cluster: string;
  readonly kubernetesVersion: string;
  readonly nodes: number;
  readonly pods: number;
  /** Pods that fit nowhere with every node there. */
  readonly pending: readonly PendingPods[];
  readonly zones: readonly ZoneVerification[];
}

interface PendingPods {
  readonly workload: string;
  readonly pods: number;
  /** The rest of a sentence. */
  readonly reason: string;
  /** More nodes would help; otherwise what the pods ask for keeps them from every node that is left. */
  readonly isRoom: boolean;
}

/** The cluster with one zone gone. */
interface ZoneVerification {
  readonly zone: string;
  readonly nodesLost: number;
  readonly displaced: number;
  readonly pending: readonly PendingPods[];
}

export interface VerifiedStructure {
  readonly structure: Structure;
  readonly estate: Estate;
  readonly clusters: readonly ClusterVerification[];
  /** Every pod schedules, and with any zone gone nothing that must stand that waits for room. */
  readonly holds: boolean;
}

/** Nodes that are added to pools, one at a time, until the scheduler places everything. */
const mostAdded = 40;

interface VerificationOptions {
  readonly catalog: Catalog;
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Schedules every pod onto the planned nodes as kube-scheduler does, then again with each zone gone. A packing is not a
 * schedule: where pods are left for want of room, their pool gets a node more, and where that makes another way to carry
 * them the cheaper one, that is tried too. The cheapest that the scheduler agrees with stays.
 */
export function verifyStructure(estate: Estate, structure: Structure, options: VerificationOptions): VerifiedStructure {
  const clusters: PlannedCluster[] = [...structure.clusters];
  const results: ClusterVerification[] = [];
  for (const [index, planned] of structure.clusters.entries()) {
    options.onProgress?.(`scheduling the pods of ${planned.cluster.name}`);
    const trial: Trial = (changed) => {
      options.signal?.throwIfAborted();
      const whole = plannedEstate(estate, { clusters: clusters.with(index, changed) });
      return { found: verifyCluster(whole, changed, options.catalog), estate: whole };
    };
    const settled = cheapestSettled(
      settle(planned, trial, options.catalog, Number.POSITIVE_INFINITY),
      trial,
      options.catalog,
    );
    clusters[index] = settled.planned;
    results.push(settled.found);
  }
  const hourlyMicros = clusters.reduce((sum, planned) => sum + planned.tierMicros + nodesMicros(planned), 0);
  return {
    structure: { ...structure, clusters, hourlyMicros },
    estate: plannedEstate(estate, { clusters }),
    clusters: results,
    holds: results.every(
      ({ pending, zones }, index) =>
        pending.length === 0 &&
        (!hasHeadroom(clusters[index]) || zones.every((zone) => zone.pending.every(({ isRoom }) => !isRoom))),
    ),
  };
}

type Trial = (planned: PlannedCluster) => { readonly found: ClusterVerification; readonly estate: Estate };

interface Settled {
  readonly planned: PlannedCluster;
  readonly found: ClusterVerification;
  /** False when it was given up: it costs more than what is known, or takes too many nodes. */
  readonly isSettled: boolean;
}

/** Adds nodes until the scheduler places everything, or the price passes what is known already. */
function settle(start: PlannedCluster, trial: Trial, catalog: Catalog, most: number): Settled {
  let planned = start;
  for (let added = 0; ; added += 1) {
    const { found, estate } = trial(planned);
    const short = shortPool(planned, found, estate, catalog);
    if (short === undefined) return { planned, found, isSettled: true };
    const more = withNodeMore(planned, short);
    if (added >= mostAdded || nodesMicros(more) >= most) return { planned, found, isSettled: false };
    planned = more;
  }
}

/** Other candidates of each class that took more nodes than it was packed on, as long as they may be cheaper. */
function cheapestSettled(first: Settled, trial: Trial, catalog: Catalog): Settled {
  let best = first;
  for (const [classIndex, { candidates }] of first.planned.classes.entries()) {
    for (const candidate of candidates.keys()) {
      const chosen = best.planned.classes[classIndex]?.chosen;
      const changed = withCandidate(best.planned, classIndex, candidate);
      if (candidate === chosen || nodesMicros(changed) >= nodesMicros(best.planned)) continue;
      const settled = settle(changed, trial, catalog, nodesMicros(best.planned));
      if (settled.isSettled && nodesMicros(settled.planned) < nodesMicros(best.planned)) best = settled;
    }
  }
  return best;
}

function hasHeadroom(planned: PlannedCluster | undefined): boolean {
  return planned?.pools.some(({ podClass }) => podClass?.headroom === true) === true;
}

/** The cluster as the scheduler fills it, with the counts of the plan and no autoscaler. */
function verifyCluster(planned: Estate, { cluster, pools }: PlannedCluster, catalog: Catalog): ClusterVerification {
  const fixed: Cluster = {
    ...cluster,
    nodePools: pools.map(({ pool }) => ({ ...pool, autoscaling: false, maximumNodes: pool.minimumNodes })),
  };
  const version = parseSchedulerVersion(cluster.kubernetesVersion)?.version ?? schedulerVersion(newestMinor);
  const { cluster: replay } = readEstateCluster(planned, fixed, catalog, version, { nodes: "minimum" });
  const zones = singleFailures(replay.nodes).filter(({ kind }) => kind === "zone");
  const pending = Map.groupBy(replay.pending, ({ id }) => replay.workloadOfPod.get(id) ?? id);
  return {
    cluster: cluster.name,
    kubernetesVersion: version.name,
    nodes: replay.nodes.length,
    pods: replay.scheduler.cluster.pods().length + replay.pending.length,
    pending: [...pending].flatMap(([workload, pods]): readonly PendingPods[] => {
      const [first] = pods;
      if (first === undefined) return [];
      const { plugin, reason } = refusalOf(replay.scheduler, first);
      return [{ workload, pods: pods.length, reason, isRoom: isRoomPlugin(plugin) }];
    }),
    zones: replayFailures(replay, zones)
      .toSorted((left, right) => (left.name < right.name ? -1 : 1))
      .map(zoneVerification),
  };
}

function zoneVerification({ name, nodesLost, displaced, pendingGroups }: FailureOutcome): ZoneVerification {
  return {
    zone: name,
    nodesLost,
    displaced,
    pending: pendingGroups.map(({ workload, pods, plugin, reason }) => ({
      workload,
      pods,
      reason,
      isRoom: isRoomPlugin(plugin),
    })),
  };
}

/** Resources and ports are what a node more has; volumes, zones and neighbours are not. */
function isRoomPlugin(plugin: string): boolean {
  return plugin === "NodeResourcesFit" || plugin === "NodePorts" || plugin === "NodeVolumeLimits";
}

/** The pool whose pods lack room: at rest, or with a zone gone where that must be stood; undefined when none does. */
function shortPool(
  planned: PlannedCluster,
  { pending, zones }: ClusterVerification,
  whole: Estate,
  catalog: Catalog,
): PlannedPool | undefined {
  const waiting = pending.filter(({ isRoom }) => isRoom).map(({ workload }) => workload);
  const displaced = zones.flatMap((zone) =>
    zone.pending.filter(({ isRoom }) => isRoom).map(({ workload }) => workload),
  );
  const poolOf = (id: string) => planned.pools.find(({ pods }) => pods.some((each) => isSame(each.id, id)));
  const first = waiting.map(poolOf).find((pool) => pool !== undefined);
  if (first !== undefined) return first;
  const withHeadroom = displaced
    .map(poolOf)
    .find((pool) => pool !== undefined && (pool.podClass?.headroom ?? hasHeadroom(planned)));
  return withHeadroom ?? crowdedPool(planned, whole, catalog);
}

/** A pool that placement needs more nodes of than planned: bill and availability are computed from placement. */
function crowdedPool(planned: PlannedCluster, whole: Estate, catalog: Catalog): PlannedPool | undefined {
  const { name } = planned.cluster;
  const { pools } = placeWorkloads(
    {
      ...whole,
      clusters: whole.clusters.filter((cluster) => cluster.name === name),
      workloads: whole.workloads.filter(({ cluster }) => cluster === name),
    },
    catalog,
  );
  return planned.pools.find(({ pool }) => {
    const placed = pools.find((each) => each.pool === pool.name);
    return placed !== undefined && placed.nodes.length > pool.minimumNodes;
  });
}

/** Ids differ in the cluster where a workload moves. */
function isSame(planned: string, found: string): boolean {
  if (planned === found) return true;
  const [left, right] = [planned.split("/"), found.split("/")];
  return left.length === right.length && left.every((part, index) => index === 1 || part === right[index]);
}
