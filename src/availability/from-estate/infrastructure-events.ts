import type { FailureRule } from "../../estate/assumptions/failure-rules.ts";
import {
  controlPlaneUnavailability,
  nodeRepairTime,
  nodeUnavailability,
  operatorErrorsPerMonth,
  operatorErrorTime,
  regionRepairTime,
  regionUnavailability,
  serviceRepairTime,
  zoneRepairTime,
  zoneUnavailability,
} from "../../estate/assumptions/failure-rules.ts";
import { FALSE, type NodeId } from "../fault-tree/fault-tree.ts";
import { type EventCategory, frequencyOf } from "./event-book.ts";
import type { FaultModel } from "./fault-model.ts";
import type { ReplicaGroup } from "./replica-group.ts";
import { agreementOf } from "./service-agreement.ts";

const ordinals = ["first", "second", "third", "fourth", "fifth", "sixth"];

export function ordinal(index: number): string {
  return ordinals[index] ?? `${index + 1}th`;
}

export function regionEvent(model: FaultModel, region: string): NodeId {
  return repairable(model, `region/${region}`, "region", `region ${region}`, regionUnavailability, regionRepairTime);
}

/**
 * The heaviest zone of a group has rank 0, the next one rank 1, and so on: zones are alike, and so the event of a rank is
 * shared by all groups of the region. A group held to some zones has their ranks (see `ReplicaGroup.zoneRanks`).
 */
export function zoneEvent(model: FaultModel, region: string, rank: number): NodeId {
  const label = `${ordinal(rank)} zone in use in ${region}`;
  return repairable(model, `zone/${region}/${rank + 1}`, "zone", label, zoneUnavailability, zoneRepairTime);
}

/** Id of the node under the first replicas of the workloads of a pool; those held to another zone are on another node. */
export function firstNodeId({ cluster, pool, zoneRanks }: ReplicaGroup): string {
  const rank = zoneRanks?.[0] ?? 0;
  return rank === 0 ? `node/${cluster}/${pool}` : `node/${cluster}/${pool}/zone ${rank + 1}`;
}

/** The node under the first replicas of all workloads of a pool that may run in the same zones. */
export function firstNodeEvent(model: FaultModel, group: ReplicaGroup): NodeId {
  const rank = group.zoneRanks?.[0] ?? 0;
  const where = rank === 0 ? "" : `, ${ordinal(rank)} zone`;
  const label = `node under the first replicas in pool ${group.pool} of ${group.cluster}${where}`;
  return repairable(model, firstNodeId(group), "node", label, nodeUnavailability, nodeRepairTime);
}

/** A node that only one group has replicas on. `index` counts from 1. */
export function furtherNodeEvent(model: FaultModel, group: string, label: string, index: number): NodeId {
  const text = `${ordinal(index)} node of ${label}`;
  return repairable(model, `node/${group}/${index + 1}`, "node", text, nodeUnavailability, nodeRepairTime, group);
}

/** The API server of a cluster. Running pods do without it; it matters while pods must be replaced. */
export function controlPlaneEvent(model: FaultModel, clusterName: string): NodeId {
  const cluster = model.clusters.get(clusterName);
  if (cluster === undefined) return FALSE;
  const { book, failures, catalog } = model;
  return book.node(`controlPlane/${cluster.name}`, () => {
    const zones = new Set(cluster.nodePools.flatMap((pool) => pool.zones));
    const agreement = catalog.sla("aks", { tier: cluster.tier, zoneRedundant: zones.size > 1 });
    const { unavailability, reasons } = agreementOf(
      model,
      agreement,
      controlPlaneUnavailability,
      `Cluster/${cluster.name}`,
    );
    const repair = failures.number(serviceRepairTime);
    const label = `control plane of ${cluster.name}`;
    return {
      label,
      category: "controlPlane",
      unavailability,
      repairHours: repair.value,
      frequencyPerHour: frequencyOf(unavailability, repair.value),
      clause: `the ${label} is down`,
      reasons: [...reasons, repair.reason],
      ...(cluster.place === undefined ? {} : { place: cluster.place }),
    };
  });
}

/** Hours of an average month, 365.25 days / 12. */
const HOURS_PER_MONTH = 730.5;

/** Somebody changes the cluster, its network or its settings by hand, and everything on it stops. */
export function operatorEvent({ book, failures, clusters }: FaultModel, clusterName: string): NodeId {
  return book.node(`operator/${clusterName}`, () => {
    const rate = failures.number(operatorErrorsPerMonth);
    const repair = failures.number(operatorErrorTime);
    const place = clusters.get(clusterName)?.place;
    const label = `change by hand to ${clusterName}`;
    return {
      label: `wrong ${label}`,
      category: "operator",
      unavailability: Math.min(1, (rate.value * repair.value) / HOURS_PER_MONTH),
      repairHours: repair.value,
      frequencyPerHour: rate.value / HOURS_PER_MONTH,
      clause: `a ${label} goes wrong`,
      reasons: [
        { kind: "formula", text: "errors a month x time to notice and to undo one / 730.5 h" },
        rate.reason,
        repair.reason,
      ],
      ...(place === undefined ? {} : { place }),
    };
  });
}

function repairable(
  model: FaultModel,
  id: string,
  category: EventCategory,
  label: string,
  rate: FailureRule,
  repairTime: FailureRule,
  group?: string,
): NodeId {
  const { book, failures } = model;
  return book.node(id, () => {
    const unavailability = failures.value(rate);
    const repairHours = failures.value(repairTime);
    return {
      label,
      category,
      unavailability,
      repairHours,
      frequencyPerHour: frequencyOf(unavailability, repairHours),
      clause: `${category === "region" ? "" : "the "}${label} is lost`,
      reasons: [failures.reason(rate), failures.reason(repairTime)],
      ...(group === undefined ? {} : { group }),
    };
  });
}
