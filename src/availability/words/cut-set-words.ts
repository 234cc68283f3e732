import type { BasicEvent } from "../from-estate/event-book.ts";
import type { ReplicaGroup } from "../from-estate/replica-group.ts";
import { roughDuration } from "./duration-in-words.ts";
import { placeInWords } from "./place-in-words.ts";

/** What the words of a journey's cut sets need: its name, and the replica groups it leans on by id. */
export interface JourneyWords {
  readonly journey: string;
  readonly groups: ReadonlyMap<string, ReplicaGroup>;
}

/** A cut set as a sentence: what fails, who loses what by it, how long the journey is down, and where it is written. */
export function cutSetInWords(events: readonly BasicEvent[], words: JourneyWords): string {
  const failures = events.filter(({ category }) => category !== "window");
  const conditions = events.filter(({ category }) => category === "window");
  const [only] = failures;
  if (only !== undefined && failures.length === 1) return singleInWords(only, conditions, words);
  const when = listInWords(failures.map(({ clause }) => clause));
  const while_ = [...new Set(conditions.map(({ clause }) => clause))].map((clause) => `, ${clause}`).join("");
  return `${words.journey} stops when ${when}${while_}${placesInWords(events, words)}`;
}

function singleInWords(failure: BasicEvent, conditions: readonly BasicEvent[], words: JourneyWords): string {
  const recovery = conditions.find(({ group }) => group !== undefined);
  const others = conditions.filter((condition) => condition !== recovery).map(({ clause }) => `, ${clause}`);
  const { journey, groups } = words;
  const group = groups.get(recovery?.group ?? failure.group ?? "");
  const hours = recovery?.lastsHours ?? failure.repairHours;
  const lasting = hours === undefined ? "" : ` for about ${roughDuration(hours)}`;
  const stops = `stops ${journey}${lasting}${others.join("")}`;
  const places = placesInWords([failure, ...conditions], words);
  switch (failure.category) {
    case "node":
      return group === undefined
        ? `${nodeless(failure, words)}: losing it ${stops}${places}`
        : `${weakness(group, "node")}: losing its node ${stops}${places}`;
    case "zone":
      return group === undefined
        ? `${zoneless(failure, words)}: losing the zone ${stops}${places}`
        : `${weakness(group, "zone")}: losing its zone ${stops}${places}`;
    case "pod":
      return `${group === undefined ? failure.label : weakness(group, "pod")}: its failure ${stops}${places}`;
    case "region":
      return `${journey} has no other region to go to: losing ${failure.label} ${stops}${places}`;
    case "commonCause":
      return `${failure.label}, which run the same code with the same data, ${stops}${places}`;
    case "disk":
      return `${failure.label}: losing it ${stops}${places}`;
    case "deploy":
      return `a ${failure.label} ${stops}${places}`;
    case "service":
    case "dataStore":
    case "external":
      return `${journey} needs ${failure.label}: its outage ${stops}${places}`;
    case "loadBalancer":
    case "controlPlane":
    case "switch":
    case "window":
      return `${failure.clause}: that ${stops}${places}`;
  }
}

/** Why the loss of one thing is enough. */
function weakness(group: ReplicaGroup, of: "node" | "zone" | "pod"): string {
  const { label, replicas, needed, shapes } = group;
  if (replicas === 1) return `${label} runs one replica`;
  if (needed === replicas) return `${label} needs all of its ${replicas} replicas`;
  if (needed > 1) return `${label} needs ${needed} of its ${replicas} replicas`;
  const all = replicas === 2 ? `both replicas of ${label}` : `all ${replicas} replicas of ${label}`;
  if (of === "zone" || (shapes.expected.zones[0]?.replicasByNode.length ?? 0) > 1) return `${all} are in one zone`;
  return `${all} are on one node`;
}

/** Who has only one node to run on. */
function nodeless(failure: BasicEvent, { groups }: JourneyWords): string {
  const bound = [...groups.values()].filter(
    ({ options, cluster, pool, disks }) =>
      failure.id === `node/${cluster}/${pool}` &&
      (options.nodes <= 1 || disks.some(({ zonal }) => zonal)) &&
      !options.grows,
  );
  if (bound.length === 0) return failure.label;
  return `${namesInWords(bound)} ${bound.length === 1 ? "has" : "have"} only one node to run on`;
}

/** Who cannot leave its zone. */
function zoneless({ label, id }: BasicEvent, { groups }: JourneyWords): string {
  const inRegion = [...groups.values()].filter(({ region }) => id.startsWith(`zone/${region}/`));
  const disks = inRegion.filter(({ disks: volumes }) => volumes.some(({ zonal }) => zonal));
  const alone = inRegion.filter(
    (group) => group.options.zones <= 1 && !group.options.growsInZones && !disks.includes(group),
  );
  const parts: string[] = [];
  if (alone.length > 0) parts.push(`${namesInWords(alone)} ${alone.length === 1 ? "runs" : "run"} in ${label} only`);
  if (disks.length > 0) {
    parts.push(
      `${namesInWords(disks)} ${disks.length === 1 ? "keeps its" : "keep their"} data on a disk bound to one zone`,
    );
  }
  return parts.length === 0 ? label : parts.join(", and ");
}

function namesInWords(groups: readonly ReplicaGroup[]): string {
  const labels = groups.map(({ label }) => label).sort();
  return labels.length <= 3 ? listInWords(labels) : `${labels.slice(0, 2).join(", ")} and ${labels.length - 2} more`;
}

function listInWords(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length <= 1 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

/** Places of the workloads and documents that the events are about. */
function placesInWords(events: readonly BasicEvent[], { groups }: JourneyWords): string {
  const places = new Set<string>();
  for (const { place, group } of events) {
    const known = place ?? groups.get(group ?? "")?.place;
    if (known !== undefined) places.add(placeInWords(known));
  }
  return places.size === 0 ? "" : ` (${[...places].join(", ")})`;
}
