import type { BasicEvent } from "../from-estate/event-book.ts";
import { firstNodeId } from "../from-estate/infrastructure-events.ts";
import { type ReplicaGroup, zoneRankOf } from "../from-estate/replica-group.ts";

/** Why the loss of one node, zone or pod is enough to stop the group. */
export function weaknessInWords(group: ReplicaGroup, of: "node" | "zone" | "pod"): string {
  const { label, replicas, needed, shapes } = group;
  if (replicas === 1) return `${label} runs one replica`;
  if (needed === replicas) return `${label} needs all of its ${replicas} replicas`;
  if (needed > 1) return `${label} needs ${needed} of its ${replicas} replicas`;
  const all = replicas === 2 ? `both replicas of ${label}` : `all ${replicas} replicas of ${label}`;
  if (of === "zone" || (shapes.expected.zones[0]?.replicasByNode.length ?? 0) > 1) return `${all} are in one zone`;
  return `${all} are on one node`;
}

/** The node or zone, as the group sees it. */
export function domainInWords(group: ReplicaGroup, { category, label }: BasicEvent): string {
  const { replicas, shapes } = group;
  const zones = shapes.expected.zones.length;
  const nodes = shapes.expected.zones.reduce((sum, { replicasByNode }) => sum + replicasByNode.length, 0);
  if (category === "zone") return replicas === 1 || zones === 1 ? "its zone" : `the ${label}`;
  if (replicas === 1 || nodes === 1) return "its node";
  return label.startsWith("node under") ? "its fullest node" : `the ${label}`;
}

/** Who has only one node to run on. */
export function nodelessInWords({ id, label }: BasicEvent, groups: readonly ReplicaGroup[]): string {
  const bound = groups.filter(
    (group) =>
      id === firstNodeId(group) &&
      (group.options.nodes <= 1 || group.disks.some(({ zonal }) => zonal)) &&
      !group.options.grows,
  );
  if (bound.length === 0) return label;
  return `${namesInWords(bound.map((group) => group.label))} ${bound.length === 1 ? "has" : "have"} only one node to run on`;
}

/** Who cannot leave its zone. */
export function zonelessInWords({ label, id }: BasicEvent, groups: readonly ReplicaGroup[]): string {
  const inRegion = groups.filter((group) => usesZone(group, id));
  const disks = inRegion.filter(({ disks: volumes }) => volumes.some(({ zonal }) => zonal));
  const alone = inRegion.filter(
    (group) => group.options.zones <= 1 && !group.options.growsInZones && !disks.includes(group),
  );
  const parts: string[] = [];
  if (alone.length > 0) {
    const runs = alone.length === 1 ? "runs" : "run";
    parts.push(`${namesInWords(alone.map((group) => group.label))} ${runs} in ${onlyZone(alone) ?? "one zone"} only`);
  }
  if (disks.length > 0) {
    const keeps = disks.length === 1 ? "keeps its" : "keep their";
    parts.push(`${namesInWords(disks.map((group) => group.label))} ${keeps} data on a disk bound to one zone`);
  }
  return parts.length === 0 ? label : parts.join(", and ");
}

function usesZone(group: ReplicaGroup, event: string): boolean {
  return group.shapes.expected.zones.some(
    (_, position) => event === `zone/${group.region}/${zoneRankOf(group, position) + 1}`,
  );
}

/** Name of the one zone that all of the groups are in. */
function onlyZone(groups: readonly ReplicaGroup[]): string | undefined {
  const zones = new Set(groups.map(({ shapes, region }) => `zone ${shapes.expected.zones[0]?.zone} of ${region}`));
  const [zone] = zones;
  return zones.size === 1 && groups.every(({ shapes }) => shapes.expected.zones[0]?.zone !== undefined)
    ? zone
    : undefined;
}

/** Up to three names, then how many more. */
export function namesInWords(names: readonly string[]): string {
  const sorted = [...new Set(names)].sort();
  return sorted.length <= 3 ? listInWords(sorted) : `${sorted.slice(0, 2).join(", ")} and ${sorted.length - 2} more`;
}

export function listInWords(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length <= 1 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}
