import {
  diskReattachTime,
  nodeProvisioningTime,
  reschedulingWindow,
  statefulReschedulingWindow,
} from "../../estate/assumptions/failure-rules.ts";
import type { NodeId } from "../fault-tree/fault-tree.ts";
import { durationInWords } from "../words/duration-in-words.ts";
import { crowdLost, largeCrowdLost } from "./crowd-failure.ts";
import { type Exposure, exposed, exposedUntilRecovery, type Recovery } from "./exposure.ts";
import type { FaultModel, PlacementCase } from "./fault-model.ts";
import {
  controlPlaneEvent,
  firstNodeEvent,
  furtherNodeEvent,
  operatorEvent,
  regionEvent,
  zoneEvent,
} from "./infrastructure-events.ts";
import { commonCauseEvent, diskEvent, podFailure } from "./pod-events.ts";
import { type ReplicaGroup, zoneRankOf } from "./replica-group.ts";

/**
 * More pods than this, times the number that may be lost, are not listed one by one where several are needed: they are
 * then counted by node (see `crowdLost`).
 */
const MAXIMUM_POD_STATES = 4_000;

/** More nodes than this, times the number of pods that may be lost, are counted too (see `largeCrowdLost`). */
const MAXIMUM_NODE_STATES = 1_000;

/**
 * The group by itself fails, what it depends on apart: a bad deployment, a wrong change by hand, its region, a cause
 * common to its replicas, or fewer of them than needed because of their own failures, nodes, zones and disks.
 */
export function groupFailure(
  model: FaultModel,
  group: ReplicaGroup,
  placement: PlacementCase,
  exposure: Exposure,
): NodeId {
  const { book } = model;
  const counts = (event: NodeId) => exposed(book, event, exposure);
  const causes = [
    counts(regionEvent(model, group.region)),
    counts(operatorEvent(model, group.cluster)),
    replicasLost(model, group, placement, exposure),
  ];
  if (group.deploy !== undefined) causes.push(counts(group.deploy));
  if (group.replicas > 1) causes.push(counts(commonCauseEvent(model, group)));
  for (const disk of group.disks.filter(({ perReplica }) => !perReplica)) {
    causes.push(counts(diskEvent(model, group, disk, undefined)));
    // All replicas are where the disk is.
    if (disk.zonal) causes.push(counts(zoneEvent(model, group.region, zoneRankOf(group, 0))));
  }
  return book.tree.or(causes);
}

function replicasLost(model: FaultModel, group: ReplicaGroup, placement: PlacementCase, exposure: Exposure): NodeId {
  const { book } = model;
  const { tree } = book;
  const tolerated = group.replicas - group.needed + 1;
  const zones = placeGates(model, group, placement, exposure);
  if (group.needed === 1) {
    return tree.and(
      zones.map(({ lost, nodes }) =>
        tree.or([lost, tree.and(nodes.map((node) => tree.or([node.lost, tree.and(node.pods())])))]),
      ),
    );
  }
  // Pods and their disks last differently: with a buffer or a switch they cannot be counted as one.
  const countable = exposure.key === "" || !group.disks.some(({ perReplica }) => perReplica);
  if (countable && group.replicas * tolerated > MAXIMUM_POD_STATES) {
    const nodes = zones.reduce((sum, zone) => sum + zone.nodes.length, 0);
    const isLarge = exposure.key === "" && nodes * tolerated > MAXIMUM_NODE_STATES && zones.length <= 6;
    return isLarge
      ? largeCrowdLost(model, group, zones, tolerated)
      : crowdLost(model, group, zones, tolerated, exposure);
  }
  const pods = zones.flatMap((zone) =>
    zone.nodes.flatMap((node) => {
      const lost = tree.or([zone.lost, node.lost]);
      return node.pods().map((pod) => tree.or([pod, lost]));
    }),
  );
  return tree.atLeast(tolerated, pods);
}

interface NodeGates {
  /** The node is lost, and what ran there is not back yet. */
  readonly lost: NodeId;
  readonly count: number;
  /** Failures of the single pods by themselves. */
  readonly pods: () => readonly NodeId[];
}

/** The gates of each zone and node under the group's replicas. */
function placeGates(model: FaultModel, group: ReplicaGroup, placement: PlacementCase, exposure: Exposure) {
  let nodeIndex = 0;
  let podIndex = 0;
  return group.shapes[placement].zones.map((zone, zoneRank) => {
    const nodes = zone.replicasByNode.map((count): NodeGates => {
      const firstPod = podIndex;
      podIndex += count;
      const lost = nodeLost(model, group, nodeIndex, zone.eligibleNodes, exposure);
      nodeIndex += 1;
      const pods = () => Array.from({ length: count }, (_, pod) => podFailure(model, group, firstPod + pod, exposure));
      return { lost, count, pods };
    });
    return { lost: zoneLost(model, group, zoneRank, exposure), nodes };
  });
}

function nodeLost(model: FaultModel, group: ReplicaGroup, index: number, inZone: number, exposure: Exposure): NodeId {
  const event = index === 0 ? firstNodeEvent(model, group) : furtherNodeEvent(model, group.id, group.label, index);
  const others = (isZonal(group) ? inZone : group.options.nodes) > 1;
  if (!others && !group.options.grows) return exposed(model.book, event, exposure);
  const recovery = recoveryOf(model, group, `${group.id}/node/${index + 1}`, !others);
  return exposedUntilRecovery(model.book, event, recovery, controlPlaneEvent(model, group.cluster), exposure);
}

function zoneLost(model: FaultModel, group: ReplicaGroup, rank: number, exposure: Exposure): NodeId {
  const others = group.options.zones > 1;
  const event = zoneEvent(model, group.region, zoneRankOf(group, rank));
  if (isZonal(group) || (!others && !group.options.growsInZones)) return exposed(model.book, event, exposure);
  const recovery = recoveryOf(model, group, `${group.id}/zone/${rank + 1}`, !others);
  return exposedUntilRecovery(model.book, event, recovery, controlPlaneEvent(model, group.cluster), exposure);
}

/** How long pods take to come back elsewhere: detection, eviction, start, and what their disks and nodes add. */
function recoveryOf(model: FaultModel, group: ReplicaGroup, id: string, needsNode: boolean): Recovery {
  const rules = [
    group.stateful ? statefulReschedulingWindow : reschedulingWindow,
    ...(!group.stateful && group.disks.some(({ attached }) => attached) ? [diskReattachTime] : []),
    ...(needsNode ? [nodeProvisioningTime] : []),
  ];
  const numbers = rules.map((rule) => model.failures.number(rule));
  const hours = numbers.reduce((sum, { value }) => sum + value, 0);
  return {
    id,
    hours,
    clause: `before ${group.label} is back elsewhere (${durationInWords(hours)})`,
    group: group.id,
    reasons: numbers.map(({ reason }) => reason),
  };
}

/** Locally redundant disks bind their pods to a zone. */
function isZonal({ disks }: ReplicaGroup): boolean {
  return disks.some(({ zonal }) => zonal);
}
