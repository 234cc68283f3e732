import type { BasicEvent } from "../from-estate/event-book.ts";
import type { ReplicaGroup } from "../from-estate/replica-group.ts";
import { durationInWords, roughDuration } from "./duration-in-words.ts";
import { placeInWords } from "./place-in-words.ts";
import {
  domainInWords,
  listInWords,
  namesInWords,
  nodelessInWords,
  weaknessInWords,
  zonelessInWords,
} from "./weakness-in-words.ts";

/** What the words of a journey's cut sets need: its name, and what it leans on. */
export interface JourneyWords {
  readonly journey: string;
  /** Replica groups by id. */
  readonly groups: ReadonlyMap<string, ReplicaGroup>;
  /** Services and stores that are in one region only, by region. */
  readonly regional: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * A cut set as a sentence: what fails, who is hit, how long the journey is down, and where it is written. `events`: the
 * failures before the conditions under which they count.
 */
export function cutSetInWords(events: readonly BasicEvent[], words: JourneyWords): string {
  const failures = events.filter(({ category }) => category !== "window");
  const conditions = events.filter(({ category }) => category === "window");
  const [only] = failures;
  const places = placesInWords(events, words);
  if (only !== undefined && failures.length === 1) return `${singleInWords(only, conditions, words)}${places}`;
  const when = listInWords(failures.map((failure) => clauseInWords(failure, conditions, words)));
  const under = [...new Set(conditions.map(({ clause }) => clause))].map((clause) => `, ${clause}`).join("");
  return `${words.journey} stops when ${when}${under}${places}`;
}

/** A node that several groups share is the first node of the group that must recover from its loss. */
function clauseInWords(
  { category, id, clause }: BasicEvent,
  conditions: readonly BasicEvent[],
  { groups }: JourneyWords,
) {
  if (category !== "node") return clause;
  for (const { group: recovering } of conditions) {
    const group = groups.get(recovering ?? "");
    if (group !== undefined && id === `node/${group.cluster}/${group.pool}`)
      return `the first node of ${group.label} is lost`;
  }
  return clause;
}

function singleInWords(failure: BasicEvent, conditions: readonly BasicEvent[], words: JourneyWords): string {
  const recovery = conditions.find(({ group }) => group !== undefined);
  const { journey, groups } = words;
  const group = groups.get(recovery?.group ?? failure.group ?? "");
  const { outage, stops } = effectInWords(failure, recovery, conditions, journey);
  switch (failure.category) {
    case "node": {
      if (group !== undefined) {
        return `${weaknessInWords(group, "node")}: losing ${domainInWords(group, failure)} ${stops}`;
      }
      return `${nodelessInWords(failure, [...groups.values()])}: losing it ${stops}`;
    }
    case "zone": {
      if (group !== undefined) {
        return `${weaknessInWords(group, "zone")}: losing ${domainInWords(group, failure)} ${stops}`;
      }
      return `${zonelessInWords(failure, [...groups.values()])}: losing the zone ${stops}`;
    }
    case "pod":
      return `${group === undefined ? failure.label : weaknessInWords(group, "pod")}: its failure ${stops}`;
    case "region":
      return `${boundToRegion(failure, words)}: losing the region ${stops}`;
    case "commonCause":
      return `${failure.label}, which run the same code with the same data, ${stops}`;
    case "disk":
      return `${failure.label}: losing it ${stops}`;
    case "deploy":
      return `a ${failure.label} ${stops}`;
    case "service":
    case "dataStore":
    case "external":
      return `${journey} needs ${failure.label}: ${outage} ${stops}`;
    case "loadBalancer":
      return `${journey} comes in through the ${failure.label}: ${outage} ${stops}`;
    case "operator":
      return `a ${failure.label} ${stops}`;
    case "controlPlane":
    case "capacity":
    case "switch":
    case "window":
      return `${failure.clause}: that ${stops}`;
  }
}

/** What the outage is called, and how long the journey stops. */
function effectInWords(
  failure: BasicEvent,
  recovery: BasicEvent | undefined,
  conditions: readonly BasicEvent[],
  journey: string,
) {
  const counted = conditions.find((condition) => condition.counted !== undefined)?.counted;
  const hours = recovery?.lastsHours ?? failure.repairHours;
  const window = counted?.windowHours ?? Number.POSITIVE_INFINITY;
  const lasting = hours === undefined ? "" : ` for about ${roughDuration(Math.min(hours, window))}`;
  const until = hours !== undefined && window < hours ? ", until the other region takes over" : "";
  const buffer = counted?.bufferHours ?? 0;
  const outage = buffer > 0 ? `an outage longer than its buffer of ${durationInWords(buffer)}` : "its outage";
  return { outage, stops: `stops ${journey}${lasting}${until}` };
}

/** What cannot go to another region: the whole journey, or the services that are in one region only. */
function boundToRegion({ id, label }: BasicEvent, { journey, groups, regional }: JourneyWords): string {
  const region = id.slice("region/".length);
  const elsewhere = [...groups.values()].some((group) => group.region !== region);
  const services = [...(regional.get(region) ?? [])];
  if (!elsewhere) return `${journey} runs in ${label} only`;
  if (services.length === 0) return `${journey} is served from ${label}`;
  return `${namesInWords(services)}, which ${journey} needs, ${services.length === 1 ? "is" : "are"} in ${label} only`;
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
