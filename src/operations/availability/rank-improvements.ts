import type { CandidateChange, CandidateScope } from "../../availability/improvements/candidate.ts";
import { economyChanges } from "../../availability/improvements/economies.ts";
import { improvementChanges } from "../../availability/improvements/improvement-changes.ts";
import { type WeighedJourney, weighJourneys } from "../../availability/improvements/solve-journeys.ts";
import { MINUTES_PER_MONTH } from "../../availability/journey-figures.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import { knownRegions } from "../../catalog/region-zones.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { platformServiceHours, selfManagedStoreHours } from "../../estate/assumptions/improvement-rules.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Journey } from "../../estate/model/application.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { Progress } from "../ports.ts";
import type { ChangeWithoutResult, Economy, Improvement } from "./improvement.ts";
import { type Comparison, economyOf, improvementOf, negligibleMinutes, oneCent } from "./judge-change.ts";
import { listPricedBill, obstacleOf, tryCheaper, tryContext, tryEstate } from "./try-change.ts";

/** Changes of each sort that are computed; the others weigh less by what they can gain at most. */
const mostImprovements = 32;
const mostEconomies = 16;
export interface RankOptions {
  /** For prices, `YYYY-MM-DD`. */
  readonly today: string;
  /** Environments whose journeys count. */
  readonly environments: ReadonlySet<string>;
  /** Labels of journeys by id. */
  readonly labels: ReadonlyMap<string, string>;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

export interface RankedChanges {
  /** What one unit of money buys: free ones first, then by what they return. */
  readonly improvements: readonly Improvement[];
  /** Changes that cost less and keep every objective, the largest saving first. */
  readonly economies: readonly Economy[];
  readonly withoutResult: readonly ChangeWithoutResult[];
  /** Changes that were not computed, as others can gain more. */
  readonly notTried: number;
  readonly assumptions: readonly Assumption[];
}

/**
 * What one unit of money buys: each candidate change is made in memory, placed, solved and priced anew, and ranked by
 * (downtime avoided x 43,830 minutes x cost of a minute) / extra cost a month.
 */
export function rankChanges(estate: Estate, catalog: Catalog, options: RankOptions): RankedChanges {
  const { today, environments, labels, onProgress, signal } = options;
  const journeys = estate.journeys.filter(({ environment }) => environments.has(environment));
  const scoped = { ...estate, journeys };
  const context = tryContext(catalog, today);
  const weighed = weighJourneys(scoped, placeWorkloads(scoped, catalog), catalog, context.diagrams);
  const scope = scopeOf(scoped, catalog, environments, weighed);
  const comparison: Comparison = {
    estate: scoped,
    journeys,
    labels,
    before: tryEstate(scoped, context, { crowded: true, upgrades: true }),
  };
  const proposed = worthATry(improvementChanges(scope), weighed, journeys);
  const cheaper = economyChanges(scope);
  const improvements: Improvement[] = [];
  const economies: Economy[] = [];
  const withoutResult: ChangeWithoutResult[] = [];
  const promising = proposed.slice(0, mostImprovements);
  const tried = [...promising, ...cheaper.slice(0, mostEconomies)];
  for (const [index, change] of tried.entries()) {
    signal?.throwIfAborted();
    onProgress?.(`what if ${index + 1} of ${tried.length}: ${change.what}`);
    const { listPriced = [] } = change;
    const billBefore =
      listPriced.length === 0 ? comparison.before.bill : listPricedBill(scoped, catalog, today, listPriced);
    if (index >= promising.length) {
      const after = tryCheaper(change.estate(), context, billBefore);
      if (after === undefined || obstacleOf(comparison.before, after) !== undefined) continue;
      economies.push(...economyOf(comparison, { change, after, billBefore }));
      continue;
    }
    const after = tryEstate(change.estate(), context, {
      crowded: change.kind === "zoneSpread",
      upgrades: change.kind === "disruptionBudget",
    });
    const obstacle = obstacleOf(comparison.before, after);
    if (obstacle !== undefined) withoutResult.push({ what: change.what, reason: obstacle });
    else improvements.push(...improvementOf(comparison, { change, after, billBefore }));
  }
  return {
    improvements: improvements.toSorted(compareImprovements),
    economies: economies.toSorted(
      (left, right) => right.monthlySaving - left.monthlySaving || (left.id < right.id ? -1 : 1),
    ),
    withoutResult,
    notTried: Math.max(0, proposed.length - mostImprovements) + Math.max(0, cheaper.length - mostEconomies),
    assumptions: assumptionsOf(improvements),
  };
}

/** What candidates are drawn from: what the journeys lean on. */
export function scopeOf(
  estate: Estate,
  catalog: Catalog,
  environments: ReadonlySet<string>,
  weighed: readonly WeighedJourney[],
): CandidateScope {
  const events = weighed.flatMap((journey) => journey.events.map(({ id }) => id));
  const named = (prefix: string) =>
    new Set(events.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length)));
  return {
    estate,
    environments,
    workloads: new Set(weighed.flatMap(({ workloads }) => workloads)),
    stores: named("dataStore/DataStore/"),
    services: named("service/CloudService/"),
    nearestRegion: (region) => nearestRegion(estate, catalog, region),
  };
}

/** The region with three zones and prices of disks and of every size in use that is nearest by round-trip time. */
export function nearestRegion({ clusters }: Estate, catalog: Catalog, region: string): string | undefined {
  const sizes = new Set(clusters.flatMap(({ nodePools }) => nodePools.map(({ vmSize }) => vmSize)));
  const hasPrices = (name: string) =>
    catalog.diskPrice(name, "P10", "LRS") !== undefined &&
    [...sizes].every((size) => catalog.vmPrice(name, size, "payAsYouGo") !== undefined);
  const others = knownRegions().flatMap((name) => {
    const latency = catalog.regionLatency(region, name)?.value;
    const zones = catalog.regionZones(name)?.value ?? 0;
    return name === region || latency === undefined || zones < 3 || !hasPrices(name) ? [] : [{ name, latency }];
  });
  return others.toSorted((left, right) => left.latency - right.latency || (left.name < right.name ? -1 : 1))[0]?.name;
}

/** Changes by the most that they can gain: the weight of the events they touch; what can gain nothing is left out. */
function worthATry(
  changes: readonly CandidateChange[],
  weighed: readonly WeighedJourney[],
  journeys: readonly Journey[],
): readonly CandidateChange[] {
  const costs = new Map(journeys.map(({ id, downtimeCostPerMinute }) => [id, downtimeCostPerMinute]));
  const ordinary = Math.max(1, ...[...costs.values()].map((cost) => cost ?? 0)) / 10;
  const promise = ({ touches }: CandidateChange): number => {
    if (touches === undefined) return Number.POSITIVE_INFINITY;
    let sum = 0;
    for (const { journey, events } of weighed) {
      const minutes = events
        .filter(({ id }) => touches.some((part) => id.includes(part)))
        .reduce((total, { weight }) => total + weight * MINUTES_PER_MONTH, 0);
      sum += minutes * (costs.get(journey) ?? ordinary);
    }
    return sum;
  };
  return changes
    .map((change) => ({ change, promise: promise(change) }))
    .filter((each) => each.promise > negligibleMinutes)
    .sort((left, right) => compareNumbers(right.promise, left.promise) || (left.change.id < right.change.id ? -1 : 1))
    .map(({ change }) => change);
}

/** Free first, then what returns most, then what has no price; of equals what avoids more. */
function compareImprovements(left: Improvement, right: Improvement): number {
  return (
    rankOf(left) - rankOf(right) ||
    compareNumbers(right.valuePerUnitOfMoney ?? 0, left.valuePerUnitOfMoney ?? 0) ||
    (rankOf(left) === 1 ? compareNumbers(right.minutesPerUnitOfMoney ?? 0, left.minutesPerUnitOfMoney ?? 0) : 0) ||
    compareNumbers(right.monthlyValue ?? 0, left.monthlyValue ?? 0) ||
    compareNumbers(right.minutesPerMonth, left.minutesPerMonth) ||
    compareNumbers(right.crowdedMinutesPerMonth ?? 0, left.crowdedMinutesPerMonth ?? 0) ||
    (left.id < right.id ? -1 : 1)
  );
}

/** 0: free or cheaper, 1: with a price, 2: without. */
function rankOf({ extraMonthlyCost }: Improvement): number {
  const extra = likelyValue(extraMonthlyCost);
  if (extra === undefined) return 2;
  return extra < oneCent ? 0 : 1;
}

function assumptionsOf(improvements: readonly Improvement[]): readonly Assumption[] {
  const stores = improvements.filter(({ kind }) => kind === "platformService").length;
  if (stores === 0) return [];
  return [selfManagedStoreHours, platformServiceHours].map((rule) => assume(rule, "Estate", { stores }));
}

function compareNumbers(left: number, right: number): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
