import type { Catalog } from "../../catalog/catalog.ts";
import type { LayerVmPrices, PriceLayer } from "../../catalog/price-layer.ts";
import {
  priceCheckFailed,
  priceRegionEmpty,
  priceSetCut,
  priceSetUnreadable,
} from "../../estate/diagnostics/cost-source-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { type CheckedItem, checkCollected, type PriceCheck } from "../../finops/prices/check-prices.ts";
import { type CollectedPrices, collectPrices } from "../../finops/prices/collect-prices.ts";
import { type PriceTrap, priceTraps } from "../../finops/prices/price-trap.ts";
import { readPriceSet } from "../../finops/prices/read-price-set.ts";
import type { PriceListSource, PricePage } from "../ports.ts";

/** What a refresh of the prices read, left out and checked. */
export interface PriceRefresh {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "PriceRefresh";
  readonly asOf: string;
  readonly source: string;
  readonly rows: number;
  readonly taken: number;
  readonly unreadable: number;
  /** Rows that look like prices and are none for Linux machines on list. */
  readonly dropped: readonly {
    readonly trap: PriceTrap;
    readonly what: string;
    readonly count: number;
    readonly example: string;
  }[];
  readonly regions: readonly RefreshedRegion[];
  /** Prices that fail a check. */
  readonly failed: readonly CheckedItem[];
  /** Prices for a person to look at. */
  readonly review: readonly CheckedItem[];
  /** True when a layer came of it. */
  readonly usable: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** How many prices of a region the layer holds. */
interface RefreshedRegion {
  readonly region: string;
  readonly payAsYouGo: number;
  readonly spot: number;
  readonly reservations: number;
  readonly savingsPlans: number;
  readonly disks: number;
  /** Sizes of which the catalog before knew no price. */
  readonly newlyPriced: number;
  /** Pay-as-you-go prices that differ from those of the catalog before. */
  readonly changed: number;
}

export interface PriceRefreshOptions {
  /** `YYYY-MM-DD`: the day of the layer; prices in force on it are taken. */
  readonly today: string;
  /** Empty: every region that the set holds. */
  readonly regions: readonly string[];
  /** Leaves prices that fail a check out instead of failing. */
  readonly withoutFailed: boolean;
  readonly onProgress?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** Where the rows come from: the API, or a file that was downloaded before. */
export type PriceRows = PriceListSource | { readonly name: string; readonly chunks: AsyncIterable<string> };

/** Reads rows of the price list, takes the prices out of them and checks them; the layer is whole or not there. */
export async function refreshPrices(
  source: PriceRows,
  before: Catalog,
  options: PriceRefreshOptions,
): Promise<{ readonly report: PriceRefresh; readonly layer: PriceLayer | undefined }> {
  const { today, regions, onProgress, signal } = options;
  const collection = collectPrices({ day: today, regions: regions.length === 0 ? undefined : regions });
  const pages: AsyncIterable<PricePage> =
    "chunks" in source ? readPriceSet(source.chunks) : source.pages(regions, signal, onProgress);
  const problems: string[] = [];
  let isCut = false;
  for await (const { rows, hasNext, problem } of pages) {
    signal?.throwIfAborted();
    collection.add(rows);
    isCut = hasNext;
    if (problem !== undefined) problems.push(problem);
  }
  const collected = collection.finish();
  const check = checkCollected(collected, before);
  const layer = layerOf(collected, check, source.name, options);
  const diagnostics = diagnosticsOf(source.name, collected, check, { ...options, isCut, problems });
  const usable = diagnostics.every(({ severity }) => severity !== "error");
  const report: PriceRefresh = {
    apiVersion: "scantling/v1alpha1",
    kind: "PriceRefresh",
    asOf: today,
    source: source.name,
    rows: collected.rows,
    taken: collected.taken,
    unreadable: collected.unreadable,
    dropped: droppedOf(collected),
    regions: regionsOf(layer, before),
    ...check,
    usable,
    diagnostics,
  };
  return { report, layer: usable ? layer : undefined };
}

function layerOf(
  { virtualMachines, managedDisks }: CollectedPrices,
  { failed }: PriceCheck,
  source: string,
  { today, withoutFailed }: PriceRefreshOptions,
): PriceLayer {
  const left = new Set(withoutFailed ? failed.map(({ region, item }) => `${region} ${item}`) : []);
  const table = <Price>(prices: ReadonlyMap<string, ReadonlyMap<string, Price>>) =>
    Object.fromEntries(
      [...prices]
        .toSorted(byName)
        .map(([region, items]) => [
          region,
          Object.fromEntries([...items].filter(([item]) => !left.has(`${region} ${item}`)).toSorted(byName)),
        ]),
    );
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "PriceLayer",
    asOf: today,
    currency: "USD",
    source: { origin: `${source} (Azure Retail Prices API)`, date: today },
    virtualMachines: table<LayerVmPrices>(virtualMachines),
    managedDisks: table<number>(managedDisks),
  };
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

function diagnosticsOf(
  source: string,
  { rows, unreadable, virtualMachines }: CollectedPrices,
  { failed }: PriceCheck,
  {
    regions,
    withoutFailed,
    isCut,
    problems,
  }: PriceRefreshOptions & { readonly isCut: boolean; readonly problems: readonly string[] },
): readonly Diagnostic[] {
  const isPriced = (region: string) =>
    [...(virtualMachines.get(region)?.values() ?? [])].some(({ payAsYouGo }) => payAsYouGo !== undefined);
  const empty =
    regions.length === 0 && ![...virtualMachines.keys()].some(isPriced)
      ? [""]
      : regions.filter((region) => !isPriced(region));
  const [first] = failed;
  const bad = problems.length + unreadable;
  const problem = problems[0] ?? "it has no price, meter and product";
  return [
    ...(isCut ? [diagnose(priceSetCut, { source, rows })] : []),
    ...(bad > 0 ? [diagnose(priceSetUnreadable, { source, count: bad, problem })] : []),
    ...empty.map((region) => diagnose(priceRegionEmpty, { source, region })),
    ...(first === undefined || withoutFailed
      ? []
      : [
          diagnose(priceCheckFailed, {
            count: failed.length,
            first: `${first.item} in ${first.region}, ${first.message}`,
          }),
        ]),
  ];
}

function droppedOf({ dropped }: CollectedPrices): PriceRefresh["dropped"] {
  return (Object.keys(priceTraps) as PriceTrap[]).flatMap((trap) => {
    const counted = dropped.get(trap);
    return counted === undefined ? [] : [{ trap, what: priceTraps[trap], ...counted }];
  });
}

function regionsOf({ virtualMachines, managedDisks }: PriceLayer, before: Catalog): readonly RefreshedRegion[] {
  const regions = [...new Set([...Object.keys(virtualMachines), ...Object.keys(managedDisks)])].toSorted();
  return regions.map((region) => {
    const sizes = Object.entries(virtualMachines[region] ?? {});
    const count = (...fields: readonly (keyof LayerVmPrices)[]) =>
      sizes.reduce((sum, [, prices]) => sum + fields.filter((field) => prices[field] !== undefined).length, 0);
    const known = sizes.map(([name, { payAsYouGo }]) => ({
      now: payAsYouGo,
      earlier: before.vmPrice(region, name, "payAsYouGo")?.value,
    }));
    return {
      region,
      payAsYouGo: count("payAsYouGo"),
      spot: count("spot"),
      reservations: count("reservation1yTotal", "reservation3yTotal"),
      savingsPlans: count("savingsPlan1y", "savingsPlan3y"),
      disks: Object.keys(managedDisks[region] ?? {}).length,
      newlyPriced: known.filter(({ now, earlier }) => now !== undefined && earlier === undefined).length,
      changed: known.filter(({ now, earlier }) => now !== undefined && earlier !== undefined && now !== earlier).length,
    };
  });
}
