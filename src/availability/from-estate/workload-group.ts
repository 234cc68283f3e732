import { describeUnreadable } from "../../estate/kubernetes/unreadable-fields.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import { admissibleNodes, admissibleZones, zoneRanksOf } from "./admissible-zones.ts";
import { deployEvent } from "./deploy-event.ts";
import { zonesOfNodes, zonesOfPools } from "./eligible-zones.ts";
import type { FaultModel } from "./fault-model.ts";
import { readDisks } from "./group-disks.ts";
import type { PoolShare } from "./placement-index.ts";
import type { ReplicaGroup, RescheduleOptions } from "./replica-group.ts";
import { type EligibleZone, evenShape, type ReplicaShape, shapeOf, worstShape } from "./replica-shape.ts";
import { replicasNeeded } from "./replicas-needed.ts";

/** A workload's replicas, or what is missing to say how they fail. */
export type GroupReading = { readonly group: ReplicaGroup } | { readonly missing: string };

/** Reads replicas, their shape, their ways out and their disks from a workload and its placement. */
export function readWorkloadGroup(model: FaultModel, workload: Workload): GroupReading {
  const cluster = model.clusters.get(workload.cluster);
  if (cluster === undefined) return { missing: `cluster ${workload.cluster} of ${workload.label}` };
  if (workload.opaque) return { missing: `pods of ${workload.label}: a ${workload.kind} does not say what it runs` };
  const [unread] = workload.unreadable;
  if (unread !== undefined) return { missing: describeUnreadable(workload, unread) };
  const pools = model.placement.poolsOf(workload.id);
  const placed = pools.flatMap(({ pods }) => [...pods.values()]).reduce((sum, count) => sum + count, 0);
  const reason = model.placement.unplacedReason(workload.id);
  if (placed === 0 && reason !== undefined) return { missing: `a place for ${workload.label}: ${reason}` };
  const replicas = placed > 0 ? placed : workload.replicas.declared;
  if (replicas < 1) return { missing: `a running replica of ${workload.label}: it declares none` };
  const load = replicasNeeded(model, workload);
  if (load.missing !== undefined) return { missing: load.missing };
  const available = Math.max(replicas, Math.min(load.needed, workload.replicas.maximum));
  if (load.needed > available) {
    return {
      missing: `replicas of ${workload.label}: its declared peak needs ${load.needed}, it may run ${available}`,
    };
  }
  const eligible = eligibleZones(model, workload, pools, cluster);
  const zoneRanks = zoneRanksOf(model, workload, cluster);
  const expected = shapeWith(placedShape(pools, load.needed, eligible), available, load.needed, eligible);
  return {
    group: {
      id: workload.id,
      label: workload.label,
      place: workload.place,
      cluster: cluster.name,
      region: cluster.region,
      ...(zoneRanks === undefined ? {} : { zoneRanks }),
      pool: firstPool(pools, cluster),
      shapes: {
        expected,
        worst: workload.run === "perNode" ? expected : worstShape(available, load.needed, workload.spread, eligible),
      },
      replicas: available,
      needed: load.needed,
      neededReasons: load.reasons,
      stateful: workload.kind === "StatefulSet",
      options: rescheduleOptions(model, workload, pools, eligible, cluster),
      disks: readDisks(model, workload, cluster),
      deploy: deployEvent(model, workload),
    },
  };
}

/** Zones of the workload's pools; of the pools that are declared for workloads where nothing is placed. */
function eligibleZones(
  model: FaultModel,
  workload: Workload,
  pools: readonly PoolShare[],
  cluster: Cluster,
): readonly EligibleZone[] {
  if (pools.length > 0) return zonesOfNodes(pools.flatMap((share) => admissibleNodes(model, workload, share)));
  const users = cluster.nodePools.filter(({ mode }) => mode === "User");
  return zonesOfPools(users.length > 0 ? users : cluster.nodePools);
}

function placedShape(pools: readonly PoolShare[], needed: number, eligible: readonly EligibleZone[]): ReplicaShape {
  const byZone = new Map<string | undefined, number[]>();
  for (const { nodes, pods } of pools) {
    for (const [index, count] of pods) {
      const zone = nodes[index]?.zone;
      const counts = byZone.get(zone);
      if (counts === undefined) byZone.set(zone, [count]);
      else counts.push(count);
    }
  }
  return shapeOf(
    [...byZone].map(([zone, replicasByNode]) => ({
      zone,
      replicasByNode,
      eligibleNodes: eligible.find((candidate) => candidate.zone === zone)?.nodes ?? replicasByNode.length,
    })),
    needed,
  );
}

/** Replicas that the placement does not have (an autoscaler adds them at the peak) are dealt out evenly. */
function shapeWith(
  placed: ReplicaShape,
  replicas: number,
  needed: number,
  eligible: readonly EligibleZone[],
): ReplicaShape {
  return placed.replicas === replicas ? placed : evenShape(replicas, needed, eligible);
}

/** The pool of the fullest node. */
function firstPool(pools: readonly PoolShare[], cluster: Cluster): string {
  let fullest = 0;
  let name = cluster.nodePools[0]?.name ?? "";
  for (const { pool, pods } of pools) {
    const most = Math.max(0, ...pods.values());
    if (most > fullest) {
      fullest = most;
      name = pool;
    }
  }
  return name;
}

function rescheduleOptions(
  model: FaultModel,
  workload: Workload,
  pools: readonly PoolShare[],
  eligible: readonly EligibleZone[],
  cluster: Cluster,
): RescheduleOptions {
  const growing = cluster.nodePools.filter((declared) => {
    const share = pools.find(({ pool }) => pool === declared.name);
    return share !== undefined && declared.autoscaling && share.nodes.length < declared.maximumNodes;
  });
  return {
    nodes: eligible.reduce((sum, { nodes }) => sum + nodes, 0),
    zones: eligible.length,
    grows: growing.length > 0,
    growsInZones: growing.some(({ name, zones }) => (admissibleZones(model, workload, name) ?? zones).length > 1),
  };
}
