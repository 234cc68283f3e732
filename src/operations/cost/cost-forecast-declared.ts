import type { Catalog } from "../../catalog/catalog.ts";
import { compensatedSum } from "../../estate/figures/money.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { type PricedEstate, priceEstate } from "../../finops/compute-cost.ts";
import { daysOf, dayText, firstDayOf, monthOf, monthText } from "../../finops/forecast/calendar.ts";
import { bearerCosts, platformBearer } from "../../finops/forecast/declared/bearer-costs.ts";
import { type DeclaredLoad, declaredLoads } from "../../finops/forecast/declared/declared-load.ts";
import { type TenantUse, tenantUse } from "../../finops/forecast/declared/tenant-use.ts";
import { commitmentEnds, type KnownStep, spansBetweenFactors, stepMoney } from "../../finops/forecast/known-steps.ts";
import type { MonthOutlook } from "../../finops/forecast/monthly-outlook.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { Placement } from "../../scheduling/placement.ts";

export interface DeclaredOptions {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly fromDay: number;
  /** First day after the forecast. */
  readonly untilDay: number;
  /** As a share, such as 0.02. */
  readonly monthlyGrowth: number;
}

/** What the declared estate costs each bearer, from every autoscaler at its minimum to all at their maximum. */
export interface DeclaredCosts {
  readonly priced: PricedEstate;
  readonly loads: readonly DeclaredLoad[];
  /** Money for 730 hours. */
  readonly floor: ReadonlyMap<string, number>;
  readonly ceiling: ReadonlyMap<string, number>;
  readonly use: TenantUse;
}

const hoursPerMonth = 730;

export function declaredCosts(estate: Estate, catalog: Catalog, options: DeclaredOptions): DeclaredCosts {
  const placement = placeWorkloads(estate, catalog);
  const priced = priceEstate(estate, placement, catalog, options);
  const highest = priced.context.ceiling;
  const floor = bearerCosts(priced);
  const ceiling =
    highest === undefined
      ? floor
      : bearerCosts(priceEstate(estate, highest, catalog, { ...options, ceiling: undefined }));
  const loads = declaredLoads(estate);
  const use = tenantUse(estate, loads, options.monthlyGrowth, options.fromDay);
  return { priced, loads, floor, ceiling, use };
}

/** What each commitment that ends adds to the bill of the declared estate, by bearer. */
export function commitmentSteps(
  estate: Estate,
  catalog: Catalog,
  { priced, floor }: DeclaredCosts,
  { fromDay, untilDay }: DeclaredOptions,
): readonly KnownStep[] {
  const placement: Placement = priced.context.placement;
  let before = floor;
  return commitmentEnds(estate.commercial, fromDay, untilDay).map(({ day, label }) => {
    const after = bearerCosts(priceEstate(estate, placement, catalog, { today: dayText(day), ceiling: undefined }));
    const monthly = new Map<string, number>();
    for (const bearer of new Set([...before.keys(), ...after.keys()])) {
      const change = (after.get(bearer) ?? 0) - (before.get(bearer) ?? 0);
      if (Math.abs(change) >= 0.005) monthly.set(bearer, change);
    }
    before = after;
    return {
      kind: "commitmentEnds",
      label: `${label} ends`,
      day,
      untilDay: undefined,
      monthly,
      factor: 1,
      bearer: undefined,
    };
  });
}

/** Share of the way from floor to ceiling; that of the platform is the mean of the tenants, weighted by their room. */
function useOf({ floor, ceiling, use }: DeclaredCosts, bearer: string, day: number, withEvents: boolean): number {
  if (bearer !== platformBearer) return use(bearer, day, withEvents);
  let [sum, weights] = [0, 0];
  for (const [tenant, most] of ceiling) {
    const room = tenant === platformBearer ? 0 : Math.max(0, most - (floor.get(tenant) ?? 0));
    sum += room * use(tenant, day, withEvents);
    weights += room;
  }
  return weights > 0 ? sum / weights : 0;
}

function roomOf({ floor, ceiling }: DeclaredCosts, bearer: string): number {
  return (ceiling.get(bearer) ?? 0) - (floor.get(bearer) ?? 0);
}

/** What events that are declared for the time ahead add, as steps that end. */
export function eventSteps(declared: DeclaredCosts, { fromDay, untilDay }: DeclaredOptions): readonly KnownStep[] {
  const events = new Map<string, { readonly name: string; readonly day: number; readonly until: number }>();
  for (const { name, startSeconds, durationSeconds } of declared.loads.flatMap((load) => load.events)) {
    const day = Math.max(fromDay, Math.floor(startSeconds / 86_400));
    const until = Math.min(untilDay, Math.ceil((startSeconds + durationSeconds) / 86_400));
    if (until > day) events.set(`${day} ${until} ${name}`, { name, day, until });
  }
  const bearers = [...declared.floor.keys()].toSorted();
  return [...events.values()]
    .toSorted((left, right) => left.day - right.day || (left.name < right.name ? -1 : 1))
    .flatMap(({ name, day, until }): readonly KnownStep[] => {
      const monthly = new Map<string, number>();
      for (const bearer of bearers) {
        let more = 0;
        for (let each = day; each < until; each += 1) {
          more += (useOf(declared, bearer, each, true) - useOf(declared, bearer, each, false)) / (until - day);
        }
        const change = more * roomOf(declared, bearer);
        if (Math.abs(change) >= 0.005) monthly.set(bearer, change);
      }
      if (monthly.size === 0) return [];
      return [{ kind: "event", label: name, day, untilDay: until, monthly, factor: 1, bearer: undefined }];
    });
}

/** Months from what is declared alone: replicas follow demand between floor and ceiling; these are low and high. */
export function declaredOutlook(
  declared: DeclaredCosts,
  bearer: string,
  steps: readonly KnownStep[],
  options: DeclaredOptions,
): readonly MonthOutlook[] {
  const expected = (day: number) =>
    (declared.floor.get(bearer) ?? 0) + roomOf(declared, bearer) * useOf(declared, bearer, day, true);
  return monthsOf(options).map(({ month, start, end }) => {
    const { atFloor, atCeiling } = endsOf(declared, bearer, steps, start, end);
    let [likely, plain] = [0, 0];
    for (const part of spansBetweenFactors(steps, bearer, start, end)) {
      for (let day = part.fromDay; day < part.untilDay; day += 1) {
        likely += (24 / hoursPerMonth) * part.factor * expected(day);
        plain += (24 / hoursPerMonth) * expected(day);
      }
    }
    const stepped = stepMoney(steps, bearer, start, end);
    return {
      month,
      actual: 0,
      likely: likely + stepped,
      deviation: undefined,
      low: Math.max(0, Math.min(atFloor, atCeiling)),
      high: Math.max(atFloor, atCeiling),
      fromSteps: likely - plain + stepped,
    };
  });
}

/** Ends of the whole bill, month by month. */
export interface OutlookEnds {
  readonly low: number;
  readonly high: number;
}

/**
 * The whole bill with every autoscaler at its minimum and with all at their maximum. It is no sum of the bearers' own
 * ends: what a tenant takes of idle nodes, the platform no longer bears.
 */
export function declaredEnds(
  declared: DeclaredCosts,
  steps: readonly KnownStep[],
  options: DeclaredOptions,
): readonly OutlookEnds[] {
  const bearers = [...new Set([...declared.floor.keys(), ...declared.ceiling.keys()])];
  return monthsOf(options).map(({ start, end }) => {
    const ends = bearers.map((bearer) => endsOf(declared, bearer, steps, start, end));
    const atFloor = compensatedSum(ends.map((each) => each.atFloor));
    const atCeiling = compensatedSum(ends.map((each) => each.atCeiling));
    return { low: Math.max(0, Math.min(atFloor, atCeiling)), high: Math.max(atFloor, atCeiling) };
  });
}

function endsOf(
  { floor, ceiling }: DeclaredCosts,
  bearer: string,
  steps: readonly KnownStep[],
  start: number,
  end: number,
): { readonly atFloor: number; readonly atCeiling: number } {
  const spans = spansBetweenFactors(steps, bearer, start, end);
  const months = spans.reduce(
    (sum, { fromDay, untilDay, factor }) => sum + ((untilDay - fromDay) * 24 * factor) / hoursPerMonth,
    0,
  );
  const stepped = stepMoney(steps, bearer, start, end);
  return {
    atFloor: months * (floor.get(bearer) ?? 0) + stepped,
    atCeiling: months * (ceiling.get(bearer) ?? 0) + stepped,
  };
}

function monthsOf({
  fromDay,
  untilDay,
}: DeclaredOptions): readonly { readonly month: string; readonly start: number; readonly end: number }[] {
  const months: { readonly month: string; readonly start: number; readonly end: number }[] = [];
  for (let month = monthOf(fromDay); firstDayOf(month) < untilDay; month += 1) {
    const start = firstDayOf(month);
    months.push({ month: monthText(month), start, end: start + daysOf(month) });
  }
  return months;
}
