import { improvementChanges } from "../../availability/improvements/improvement-changes.ts";
import { type WeighedJourney, weighJourneys } from "../../availability/improvements/solve-journeys.ts";
import { MINUTES_PER_MONTH } from "../../availability/journey-figures.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Journey } from "../../estate/model/application.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { PoolChoices } from "../../planning/pools/pool-choices.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { Improvement } from "../availability/improvement.ts";
import { improvementOf } from "../availability/judge-change.ts";
import { nearestRegion } from "../availability/rank-improvements.ts";
import { listPricedBill, obstacleOf, tryContext, tryEstate } from "../availability/try-change.ts";
import { withWork } from "./alternatives/alternative-ways.ts";
import type { PlanDecision, RejectedAlternative } from "./plan-report.ts";
import { type RecommendedStructure, structureOf } from "./recommend-structure.ts";

interface JourneyContext {
  readonly estate: Estate;
  readonly catalog: Catalog;
  readonly today: string;
  readonly recommended: RecommendedStructure;
  /** What is compared is searched for as thoroughly as what is recommended. */
  readonly choices: PoolChoices;
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const hoursPerMonth = 730;
/** Journeys of which other ways are computed, and ways for each: a computation of the whole estate for every one. */
const mostJourneys = 3;
const mostWays = 8;
const mostNamed = 3;

/** What the objectives of journeys decide about the structure, and what is left to be done outside of it. */
export function journeyDecisions(context: JourneyContext): readonly PlanDecision[] {
  const { estate, recommended } = context;
  const missed = estate.journeys.filter(({ id, objectiveUnavailability }) => {
    const minutes = recommended.after.minutes.get(id);
    return (
      objectiveUnavailability !== undefined &&
      minutes !== undefined &&
      minutes > objectiveUnavailability * MINUTES_PER_MONTH
    );
  });
  const ways = missed.slice(0, mostJourneys).map((journey) => missedObjective(context, journey));
  return [...spreadDecision(context), ...ways];
}

/** That replicas stay on as many nodes as their journeys need, with what fewer and larger nodes would save. */
function spreadDecision(context: JourneyContext): readonly PlanDecision[] {
  const { estate, catalog, today, recommended, choices, signal, onProgress } = context;
  const { policy } = recommended.packed;
  if (policy.spread.size === 0) return [];
  onProgress?.("what fewer nodes would cost the journeys");
  const freed = structureOf(
    estate,
    catalog,
    { ...policy, spread: new Map(), guarded: new Set() },
    { today, choices, signal },
  );
  const difference = monthly(freed.verified.structure.hourlyMicros - recommended.verified.structure.hourlyMicros);
  const worse = estate.journeys
    .filter(({ objective }) => objective !== undefined)
    .map(({ id }) => ({ id, was: recommended.after.minutes.get(id) ?? 0, is: freed.after.minutes.get(id) ?? 0 }))
    .filter(({ was, is }) => is > was + 0.05)
    .toSorted((left, right) => right.is - right.was - (left.is - left.was));
  if (worse.length === 0) return [];
  const asked = [...policy.spread].toSorted(([, left], [, right]) => right.nodes - left.nodes);
  const named = asked.slice(0, mostNamed).map(([id, { nodes }]) => `${nodes} for ${nameOf(id)}`);
  return [
    {
      id: "journeys/spread",
      subject: "Journeys",
      applications: [],
      decision: "nodes enough that the loss of one stops no journey that stands it today",
      because: `${asked.length} workloads of journeys with an objective survive the loss of any node today, and need so many nodes for it: ${named.join(", ")}${asked.length > mostNamed ? ` and ${asked.length - mostNamed} more` : ""}`,
      alternatives: [
        {
          what: "fewer, larger nodes, as packing alone would have it",
          difference,
          operatorHours: 0,
          leadTimeDays: undefined,
          availability: undefined,
          isolation: undefined,
          verdict: "worse",
          reason: worse
            .slice(0, mostNamed)
            .map(({ id, was, is }) => `${id} down ${is.toFixed(1)} instead of ${was.toFixed(1)} minutes a month`)
            .join("; "),
        },
      ],
    },
  ];
}

/** Parts whose failures no choice of clusters, pools and nodes changes, by the beginning of their event's id. */
const outsideStructure = ["dataStore/", "external/", "service/", "deploy/", "operator/"];

function missedObjective(context: JourneyContext, journey: Journey): PlanDecision {
  const { recommended, catalog, onProgress } = context;
  onProgress?.(`what could make ${journey.id} meet its objective`);
  const planned = recommended.verified.estate;
  const own = planned.journeys.filter(({ id }) => id === journey.id);
  const scoped = { ...planned, journeys: own };
  const weighed = weighJourneys(scoped, placeWorkloads(scoped, catalog), catalog);
  const allowed = (journey.objectiveUnavailability ?? 0) * MINUTES_PER_MONTH;
  const minutes = recommended.after.minutes.get(journey.id) ?? 0;
  const outside = weighed
    .flatMap(({ events }) => events)
    .map(({ id, weight }) => ({ id, minutes: weight * MINUTES_PER_MONTH }))
    .filter(({ id }) => outsideStructure.some((prefix) => id.startsWith(prefix)))
    .toSorted((left, right) => right.minutes - left.minutes);
  const apart = outside.reduce((sum, each) => sum + each.minutes, 0);
  const named = outside
    .slice(0, mostNamed)
    .map((each) => `${each.id.slice(each.id.indexOf("/") + 1)} ${each.minutes.toFixed(1)}`);
  const share = `${minutes.toFixed(1)} minutes a month down, ${allowed.toFixed(1)} allowed; ${apart.toFixed(1)} of them come from what no cluster, pool or node changes (${named.join(", ")})`;
  return {
    id: `objective/${journey.id}`,
    subject: `Journey/${journey.id}`,
    applications: [],
    decision:
      apart > allowed ? "no structure that meets its objective: none can" : "no structure that meets its objective",
    because: share,
    alternatives: waysOf(context, scoped, weighed, { journey, minutes }),
  };
}

/** Changes outside of the structure that touch most of the downtime, each made, solved and priced on the planned estate. */
function waysOf(
  { catalog, today, signal }: JourneyContext,
  scoped: Estate,
  weighed: readonly WeighedJourney[],
  { journey, minutes }: { readonly journey: Journey; readonly minutes: number },
): readonly RejectedAlternative[] {
  const events = weighed.flatMap((each) => each.events);
  const named = (prefix: string) =>
    new Set(events.filter(({ id }) => id.startsWith(prefix)).map(({ id }) => id.slice(prefix.length)));
  const changes = improvementChanges({
    estate: scoped,
    environments: new Set([journey.environment]),
    workloads: new Set(weighed.flatMap(({ workloads }) => workloads)),
    stores: named("dataStore/DataStore/"),
    services: named("service/CloudService/"),
    nearestRegion: (region) => nearestRegion(scoped, catalog, region),
  });
  const gain = (touches: readonly string[] | undefined) =>
    touches === undefined
      ? Number.POSITIVE_INFINITY
      : events.reduce((sum, { id, weight }) => sum + (touches.some((part) => id.includes(part)) ? weight : 0), 0);
  const promising = changes
    .map((change) => ({ change, gain: gain(change.touches) }))
    .toSorted((left, right) => (left.gain === right.gain ? 0 : right.gain - left.gain))
    .slice(0, mostWays);
  const trying = tryContext(catalog, today);
  const before = tryEstate(scoped, trying);
  const comparison = { estate: scoped, journeys: scoped.journeys, labels: new Map<string, string>(), before };
  return promising
    .flatMap(({ change }): readonly Improvement[] => {
      signal?.throwIfAborted();
      const { listPriced = [] } = change;
      const billBefore = listPriced.length === 0 ? before.bill : listPricedBill(scoped, catalog, today, listPriced);
      const after = tryEstate(change.estate(), trying);
      return obstacleOf(before, after) === undefined ? improvementOf(comparison, { change, after, billBefore }) : [];
    })
    .toSorted((left, right) => right.minutesPerMonth - left.minutesPerMonth)
    .map((each) => alternativeOf(each, minutes, scoped));
}

function alternativeOf(
  { what, extraMonthlyCost, minutesPerMonth, operatorHoursMonthly, journeys }: Improvement,
  minutes: number,
  estate: Estate,
): RejectedAlternative {
  const bill = likelyValue(extraMonthlyCost);
  const operatorHours = operatorHoursMonthly ?? 0;
  const extra = bill === undefined ? undefined : withWork(bill, operatorHours, estate);
  const isMet = journeys.some(({ meetsObjective }) => meetsObjective === true);
  return {
    what,
    difference: extra,
    operatorHours,
    leadTimeDays: undefined,
    availability: undefined,
    isolation: undefined,
    verdict: extra === undefined ? "notEvaluable" : extra > 0.005 ? "dearer" : "cheaper",
    reason: `down ${(minutes - minutesPerMonth).toFixed(1)} minutes a month: ${isMet ? "meets the objective" : "still misses it"}${extra === undefined ? "; it has no price" : extra === 0 ? "; costs nothing" : ""}`,
  };
}

/** `web of storefront (prod-weu)`. */
function nameOf(id: string): string {
  const [, cluster = "", namespace = "", , name = id] = id.split("/");
  return `${namespace}/${name} on ${cluster}`;
}

function monthly(hourlyMicros: number): number {
  return Math.round((hourlyMicros / 1e6) * hoursPerMonth * 100) / 100;
}
