import type { Catalog } from "../../catalog/catalog.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import {
  newestMinor,
  parseSchedulerVersion,
  type SchedulerVersion,
  schedulerVersion,
} from "../../scheduling/kube-scheduler/scheduler-version.ts";
import type { FailureOutcome } from "../../scheduling/replay/failure/failure-outcome.ts";
import { refusalOf } from "../../scheduling/replay/failure/refusal.ts";
import { replayFailures } from "../../scheduling/replay/failure/replay-failures.ts";
import { singleFailures } from "../../scheduling/replay/failure/scenarios.ts";
import { readEstateCluster } from "../../scheduling/replay/from-estate/read-estate-cluster.ts";
import type { ReplayCluster } from "../../scheduling/replay/replay-cluster.ts";
import { planDimensions } from "../pools/pool-problem.ts";
import type { PlannedCluster, PlannedPool } from "../structure-plan.ts";

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

/** A pool that lacks room, and the workload whose pods do not fit. */
export interface Shortage {
  readonly pool: PlannedPool;
  /** Undefined where the pool as a whole has too few nodes. */
  readonly workload: string | undefined;
}

/** Pods of a workload that lack room, at rest and with each zone gone. */
export interface Lack {
  readonly workload: string;
  readonly pods: number;
}

/** One planned cluster as the scheduler fills it, with the counts of the plan and no autoscaler. */
export class ClusterTrial {
  readonly #planned: PlannedCluster;
  readonly #replay: ReplayCluster;
  readonly #version: SchedulerVersion;
  readonly #zones: ReturnType<typeof singleFailures>;

  constructor(estate: Estate, planned: PlannedCluster, catalog: Catalog) {
    const { cluster, pools } = planned;
    const fixed: Cluster = {
      ...cluster,
      nodePools: pools.map(({ pool }) => ({ ...pool, autoscaling: false, maximumNodes: pool.minimumNodes })),
    };
    this.#planned = planned;
    this.#version = parseSchedulerVersion(cluster.kubernetesVersion)?.version ?? schedulerVersion(newestMinor);
    this.#replay = readEstateCluster(estate, fixed, catalog, this.#version, { nodes: "minimum" }).cluster;
    this.#zones = singleFailures(this.#replay.nodes).filter(({ kind }) => kind === "zone");
  }

  verification(): ClusterVerification {
    const replay = this.#replay;
    return {
      cluster: this.#planned.cluster.name,
      kubernetesVersion: this.#version.name,
      nodes: replay.nodes.length,
      pods: replay.scheduler.cluster.pods().length + replay.pending.length,
      pending: this.#pendingAtRest(),
      zones: replayFailures(replay, this.#zones)
        .toSorted((left, right) => (left.name < right.name ? -1 : 1))
        .map((outcome) => zoneVerification(outcome, this.#planned)),
    };
  }

  /** The first workload that lacks room: at rest, or with a zone gone where that must be stood. Later zones wait. */
  firstShortage(): Shortage | undefined {
    const atRest = this.#shortageOf(this.#pendingAtRest(), () => true);
    if (atRest !== undefined || !hasHeadroom(this.#planned)) return atRest;
    for (const zone of this.#zones) {
      const [outcome] = replayFailures(this.#replay, [zone]);
      const pending = outcome === undefined ? [] : zoneVerification(outcome, this.#planned).pending;
      const short = this.#shortageOf(pending, ({ podClass }) => podClass?.headroom ?? true);
      if (short !== undefined) return short;
    }
    return undefined;
  }

  /** All that lacks room: at rest, and with each zone gone where that must be stood. */
  lacks(): readonly Lack[] {
    const { pending, zones } = this.verification();
    const inZones = hasHeadroom(this.#planned) ? zones.flatMap((zone) => zone.pending) : [];
    const standing = inZones.filter((each) => this.#shortageOf([each], ({ podClass }) => podClass?.headroom ?? true));
    const lacking = [...pending, ...standing].filter(({ isRoom }) => isRoom);
    return [...Map.groupBy(lacking, ({ workload }) => workload)].flatMap(([found, all]): readonly Lack[] => {
      const pods = all.reduce((sum, each) => sum + each.pods, 0);
      const planned = this.#planned.pools.flatMap((pool) => pool.pods).find(({ id }) => isSame(id, found));
      return planned === undefined ? [] : [{ workload: planned.id, pods }];
    });
  }

  #shortageOf(pending: readonly PendingPods[], counts: (pool: PlannedPool) => boolean): Shortage | undefined {
    for (const { workload, isRoom } of pending) {
      const pool = isRoom
        ? this.#planned.pools.find(({ pods }) => pods.some(({ id }) => isSame(id, workload)))
        : undefined;
      if (pool !== undefined && counts(pool)) return { pool, workload };
    }
    return undefined;
  }

  #pendingAtRest(): readonly PendingPods[] {
    const replay = this.#replay;
    const pending = Map.groupBy(replay.pending, ({ id }) => replay.workloadOfPod.get(id) ?? id);
    return [...pending].flatMap(([workload, pods]): readonly PendingPods[] => {
      const [first] = pods;
      if (first === undefined) return [];
      const { plugin, reason } = refusalOf(replay.scheduler, first);
      // With every zone there, a node more in the right one lets pods spread evenly.
      const isRoom = isRoomPlugin(plugin) || plugin === "PodTopologySpread";
      return [{ workload, pods: pods.length, reason, isRoom }];
    });
  }
}

/**
 * A zone's loss, told apart by what would help. A pod whose disk is in the zone that is gone is refused by full nodes for
 * room, but no node more would reach its disk.
 */
function zoneVerification(outcome: FailureOutcome, planned: PlannedCluster): ZoneVerification {
  const { name, nodesLost, displaced, pendingGroups } = outcome;
  return {
    zone: name,
    nodesLost,
    displaced,
    pending: pendingGroups.map(({ workload, pods, plugin, reason }) => {
      const isLost = podsWithoutDisk(outcome, workload, planned) >= pods;
      return {
        workload,
        pods,
        reason: isLost ? "no node that is left and admits it reaches its volume" : reason,
        isRoom: !isLost && isRoomPlugin(plugin),
      };
    }),
  };
}

/** Pods of a workload whose disk is out of reach, at the least: one pod may miss all of its disks. */
function podsWithoutDisk({ lostData }: FailureOutcome, workload: string, { pools }: PlannedCluster): number {
  const disks = lostData
    .filter((lost) => lost.loss === "outOfReach" && lost.workload === workload)
    .reduce((sum, { pods }) => sum + pods, 0);
  const own = pools.flatMap(({ pods }) => pods).find(({ id }) => isSame(id, workload));
  return Math.floor(disks / Math.max(1, own?.size[planDimensions.indexOf("dataDisks")] ?? 1));
}

/** Some of the cluster's pods have to stand the loss of a zone. */
export function hasHeadroom(planned: PlannedCluster): boolean {
  return planned.pools.some(({ podClass }) => podClass?.headroom === true);
}

/** Resources and ports are what a node more has; volumes, zones and neighbours are not. */
function isRoomPlugin(plugin: string): boolean {
  return plugin === "NodeResourcesFit" || plugin === "NodePorts" || plugin === "NodeVolumeLimits";
}

/** Ids differ in the cluster where a workload moves. */
function isSame(planned: string, found: string): boolean {
  if (planned === found) return true;
  const [left, right] = [planned.split("/"), found.split("/")];
  return left.length === right.length && left.every((part, index) => index === 1 || part === right[index]);
}
