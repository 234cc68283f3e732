import type { LayerVmPrices } from "../../catalog/price-layer.ts";
import { type PriceTrap, priceTrapOf } from "./price-trap.ts";
import { type RetailPriceRow, readRetailPriceRow } from "./retail-price-row.ts";

/** Two rows that price the same thing differently: nothing says which one holds. */
interface PriceConflict {
  readonly region: string;
  /** VM size, or disk tier. */
  readonly item: string;
  readonly purchase: string;
  readonly prices: readonly [number, number];
  readonly meters: readonly [string, string];
}

/** Prices out of the rows of the price list, and what became of the other rows. */
export interface CollectedPrices {
  readonly rows: number;
  readonly taken: number;
  readonly unreadable: number;
  readonly dropped: ReadonlyMap<PriceTrap, { readonly count: number; readonly example: string }>;
  readonly conflicts: readonly PriceConflict[];
  /** By region and size. */
  readonly virtualMachines: ReadonlyMap<string, ReadonlyMap<string, LayerVmPrices>>;
  /** USD per month by region and tier. */
  readonly managedDisks: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

export interface PriceCollection {
  readonly add: (rows: readonly unknown[]) => void;
  readonly finish: () => CollectedPrices;
}

export interface CollectionOptions {
  /** `YYYY-MM-DD`: prices in force on it. */
  readonly day: string;
  /** Other regions' rows are passed over; absent: all. */
  readonly regions?: readonly string[] | undefined;
}

/** A price that was taken, for the comparison with later rows of the same thing. */
interface TakenPrice {
  readonly value: number;
  readonly effectiveFrom: string;
  readonly meter: string;
}

type Field = keyof LayerVmPrices | "disk";

const termOf: { readonly [text: string]: 1 | 3 } = { "1 Year": 1, "1 Years": 1, "3 Years": 3, "3 Year": 3 };
const keptConflicts = 100;

/**
 * Takes Linux list prices of VM sizes and managed disks out of rows of the Azure Retail Prices API, page by page. Of two
 * rows of the same thing the one in force later holds; two of the same day with different prices are a conflict.
 */
export function collectPrices({ day, regions }: CollectionOptions): PriceCollection {
  const prices = new Map<string, TakenPrice>();
  const dropped = new Map<PriceTrap, { count: number; readonly example: string }>();
  const conflicts = new Map<string, PriceConflict>();
  const wanted = regions === undefined ? undefined : new Set(regions);
  let [rows, taken, unreadable] = [0, 0, 0];

  function drop(trap: PriceTrap, row: RetailPriceRow): void {
    const known = dropped.get(trap);
    if (known === undefined) dropped.set(trap, { count: 1, example: meterText(row) });
    else known.count += 1;
  }

  function take(row: RetailPriceRow, item: string, field: Field, value: number): void {
    const key = `${row.armRegionName}\n${item}\n${field}`;
    const { effectiveFrom } = row;
    const meter = meterText(row);
    const known = prices.get(key);
    if (known !== undefined && known.effectiveFrom > effectiveFrom) return;
    if (known !== undefined && known.effectiveFrom === effectiveFrom && known.value !== value) {
      if (conflicts.size < keptConflicts)
        conflicts.set(key, {
          region: row.armRegionName,
          item,
          purchase: field,
          prices: [known.value, value],
          meters: [known.meter, meter],
        });
      return;
    }
    if (known?.effectiveFrom !== effectiveFrom) conflicts.delete(key);
    prices.set(key, { value, effectiveFrom, meter });
  }

  function addOne(value: unknown): void {
    rows += 1;
    const row = readRetailPriceRow(value);
    if (row === undefined) {
      unreadable += 1;
      return;
    }
    if (wanted !== undefined && !wanted.has(row.armRegionName)) return;
    const trap = priceTrapOf(row, day);
    if (trap !== undefined) {
      drop(trap, row);
      return;
    }
    const found = pricesOf(row);
    if (found.length === 0) drop("otherMeter", row);
    else taken += 1;
    for (const { item, field, price } of found) take(row, item, field, price);
  }

  return {
    add: (page) => {
      for (const row of page) addOne(row);
    },
    finish: () => {
      const tables = tablesOf(prices);
      return { rows, taken, unreadable, dropped, conflicts: [...conflicts.values()], ...tables };
    },
  };
}

interface FoundPrice {
  readonly item: string;
  readonly field: Field;
  readonly price: number;
}

/** A row of reservations holds the price of the whole term, though its unit says an hour. */
function pricesOf(row: RetailPriceRow): readonly FoundPrice[] {
  const { retailPrice: price, skuName, meterName, type, reservationTerm, savingsPlan } = row;
  if (row.serviceName === "Storage") return [{ item: skuName, field: "disk", price }];
  const item = row.armSkuName;
  if (type === "Reservation") {
    const term = termOf[reservationTerm];
    return term === undefined ? [] : [{ item, field: `reservation${term}yTotal`, price }];
  }
  if (type !== "Consumption") return [];
  if (/ spot$/i.test(skuName) || / spot$/i.test(meterName)) return [{ item, field: "spot", price }];
  const rates = savingsPlan.flatMap(({ term, retailPrice }): readonly FoundPrice[] => {
    const years = termOf[term];
    // A rate that is the list price is no discount.
    const isDiscount = retailPrice > 0 && retailPrice < price;
    return years === undefined || !isDiscount ? [] : [{ item, field: `savingsPlan${years}y`, price: retailPrice }];
  });
  return [{ item, field: "payAsYouGo", price }, ...rates];
}

function tablesOf(prices: ReadonlyMap<string, TakenPrice>): Pick<CollectedPrices, "virtualMachines" | "managedDisks"> {
  const machines = new Map<string, Map<string, { [field: string]: number }>>();
  const disks = new Map<string, Map<string, number>>();
  for (const [key, { value }] of [...prices].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    const [region = "", item = "", field = ""] = key.split("\n");
    if (field === "disk") {
      entryOf(disks, region, () => new Map<string, number>()).set(item, value);
      continue;
    }
    const sizes = entryOf(machines, region, () => new Map<string, { [field: string]: number }>());
    entryOf(sizes, item, (): { [field: string]: number } => ({}))[field] = value;
  }
  return { virtualMachines: machines, managedDisks: disks };
}

function entryOf<Value>(map: Map<string, Value>, key: string, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}

function meterText({ productName, meterName, armSkuName }: RetailPriceRow): string {
  return armSkuName === "" ? `${productName}, ${meterName}` : `${armSkuName}: ${productName}, ${meterName}`;
}
