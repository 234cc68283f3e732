import { daysOf, firstDayOf, monthOf, monthText } from "../forecast/calendar.ts";
import { type DeclaredLoad, LoadCalendar } from "../forecast/declared/declared-load.ts";

/** One month of a unit cost. */
export interface UnitCostMonth {
  readonly month: string;
  readonly units: number;
  readonly cost: number;
  /** Of `per` units; undefined in a month without a unit. */
  readonly unitCost: number | undefined;
}

/** Units of a declared load in each month, from the month of a day on. */
export function unitsByMonth(
  load: DeclaredLoad,
  fromMonth: number,
  lastMonth: number,
  growth: { readonly monthly: number; readonly fromDay: number },
): readonly { readonly month: string; readonly units: number }[] {
  const calendar = new LoadCalendar(load, growth.monthly, growth.fromDay);
  return Array.from({ length: Math.max(0, lastMonth - fromMonth + 1) }, (_, index) => {
    const first = firstDayOf(fromMonth + index);
    let units = 0;
    for (let day = 0; day < daysOf(monthOf(first)); day += 1) units += calendar.onDay(first + day).units;
    return { month: monthText(fromMonth + index), units };
  });
}

/** Numbers of units that a cost may be said for. */
const unitCounts = [1, 1000, 1_000_000] as const;
export type UnitCount = (typeof unitCounts)[number];

/** The fewest units that together cost a tenth of the currency or more. */
export function readableUnitCount(costOfOne: number): UnitCount {
  return unitCounts.find((count) => count * costOfOne >= 0.1) ?? 1_000_000;
}

/** Cost divided by units, `per` units at a time; costs and units of the same months. */
export function unitCostMonths(
  units: readonly { readonly month: string; readonly units: number }[],
  costOf: (month: string) => number | undefined,
  per: UnitCount,
): readonly UnitCostMonth[] {
  return units.flatMap(({ month, units: count }) => {
    const cost = costOf(month);
    if (cost === undefined) return [];
    return [{ month, units: count, cost, unitCost: count > 0 ? (per * cost) / count : undefined }];
  });
}

/** `request` of `requestsPerSecond`, `order` of `ordersPerSecond`; other units as they are. */
export function singularUnit(unit: string): string {
  const plural = unit.replace(/(?:PerSecond|\/s)$/, "");
  if (plural.endsWith("ies")) return `${plural.slice(0, -3)}y`;
  return plural.replace(/([^s])s$/, "$1");
}

/** Change from the mean of the first three months to that of the last three, as a share; undefined under six months. */
export function unitCostTrend(months: readonly UnitCostMonth[]): number | undefined {
  const known = months.filter(({ unitCost }) => unitCost !== undefined);
  if (known.length < 6) return undefined;
  const mean = (part: readonly UnitCostMonth[]) => {
    const [cost, units] = [
      part.reduce((sum, each) => sum + each.cost, 0),
      part.reduce((sum, each) => sum + each.units, 0),
    ];
    return units > 0 ? cost / units : 0;
  };
  const before = mean(known.slice(0, 3));
  return before > 0 ? mean(known.slice(-3)) / before - 1 : undefined;
}
