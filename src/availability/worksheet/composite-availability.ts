import { Decimal } from "decimal.js";
import type { ResultScope, Worksheet, WorksheetItem } from "./worksheet.ts";

/** Digits of intermediate results: enough that rounding at the end is that of the exact value. */
const Exact = Decimal.clone({ precision: 60 });
const one = new Exact(1);

/** How a worksheet may be computed otherwise than it says. */
export interface Deviation {
  /** Where shared items are counted: once for all regions (right), inside each region, or both. */
  readonly shared?: "inside" | "both";
  /** Index of an item that is used once more than it is listed. */
  readonly usedTwice?: number;
  /** Index of an item that is left out. */
  readonly leftOut?: number;
  /** Items in series go through the formula of parallel ones. */
  readonly serialInParallel?: true;
  /** Parallel items are multiplied as if all were needed. */
  readonly parallelInSeries?: true;
  /** Another number of regions. */
  readonly regions?: number;
  /** The region's availability is rounded to so many digits before it goes on. */
  readonly roundedRegionDigits?: number;
}

/** The parts of a composite availability. */
export interface CompositeParts {
  readonly shared: Decimal;
  readonly region: Decimal;
  readonly total: Decimal;
}

/**
 * A = A_shared x (1 - (1 - A_region)^n): items in series are multiplied, of parallel ones one is enough, shared ones count
 * once for all regions.
 */
export function compositeAvailability({ items, regions }: Worksheet, deviation: Deviation = {}): CompositeParts {
  const used = items.flatMap((item, index) => {
    if (index === deviation.leftOut) return [];
    return index === deviation.usedTwice ? [item, { ...item, isRepeated: true }] : [item];
  });
  const sharedItems = used.filter(({ structure }) => structure.kind === "shared");
  const shared = product(sharedItems.map(availabilityOf));
  const own = regionOf(used, deviation);
  const inside = deviation.shared === undefined ? own : own.times(shared);
  const region =
    deviation.roundedRegionDigits === undefined ? inside : inside.toDecimalPlaces(deviation.roundedRegionDigits);
  const redundant = one.minus(one.minus(region).pow(deviation.regions ?? regions));
  const total = deviation.shared === "inside" ? redundant : redundant.times(shared);
  return { shared, region, total };
}

/** The part of the composite that a published figure is of. */
export function partOf(parts: CompositeParts, scope: ResultScope): Decimal {
  return scope === "region" ? parts.region : parts.total;
}

/** One more use of a parallel item is another factor, not another copy: it was multiplied in once more. */
interface UsedItem extends WorksheetItem {
  readonly isRepeated?: boolean;
}

function regionOf(items: readonly UsedItem[], deviation: Deviation): Decimal {
  const serial = items.filter(
    ({ structure, isRepeated }) => structure.kind === "serial" || (structure.kind === "parallel" && isRepeated),
  );
  const parallel = items.filter(({ structure, isRepeated }) => structure.kind === "parallel" && !isRepeated);
  const groups = Map.groupBy(parallel, ({ structure }) => (structure.kind === "parallel" ? structure.group : ""));
  const together = [...groups.values()].map((members) =>
    deviation.parallelInSeries ? product(members.map(availabilityOf)) : anyOf(members.map(availabilityOf)),
  );
  const factors = serial.map(availabilityOf);
  const chain = deviation.serialInParallel && factors.length > 0 ? anyOf(factors) : product(factors);
  return product([chain, ...together]);
}

/** Of like instances one is enough. */
function availabilityOf({ availability, count }: WorksheetItem): Decimal {
  return one.minus(one.minus(availability).pow(count));
}

function product(factors: readonly Decimal[]): Decimal {
  return factors.reduce((result, factor) => result.times(factor), one);
}

function anyOf(availabilities: readonly Decimal[]): Decimal {
  return one.minus(product(availabilities.map((each) => one.minus(each))));
}
