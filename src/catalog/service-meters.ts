import type { ServiceMeter } from "./catalog.ts";
import { citation, type SourceTable } from "./catalog-source.ts";
import { priceUnit } from "./price-unit.ts";
import { priceServicesOf } from "./service-names.ts";
import table from "./tables/service-meters.json" with { type: "json" };

export const serviceMeterSources: SourceTable = table.sources;

type Prices = number | readonly (number | null)[] | { readonly [region: string]: number };
type Ratio = { readonly [term in "1y" | "3y"]?: number | { readonly [region: string]: number } };
type Row = readonly [
  service: number,
  product: number,
  sku: string,
  meter: string,
  unit: number,
  fromQuantity: number,
  prices: Prices,
  source: number,
  effective?: number | null,
  savingsPlanRatio?: Ratio | null,
  note?: string | null,
];

const rows = table.rows as unknown as readonly Row[];
const sourceIds = Object.keys(serviceMeterSources);
const rowsByService = Map.groupBy(rows, (row) => table.services[row[0]] ?? "");

/** How meters add up to a bill, each rule with its evidence. */
export const meteringRules: readonly {
  readonly id: string;
  readonly text: string;
  readonly source: string;
  readonly verified: boolean;
}[] = table.rules;

/** Regions of Front Door's and DNS's Zone 1 (North America and Europe) among the priced ones. */
const ZONE_1_REGIONS =
  /^(west|north|east|central|south|southcentral|northcentral|westcentral)(europe|us)\d?$|^(canada|uk|sweden|france|germany|italy|norway|poland|spain|switzerland|belgium|denmark|austria)/;

/** Meters of a service in a region, in the order of the price list; empty where none has a price. */
export function serviceMeters(
  service: string,
  region: string,
  filter: { readonly product?: string; readonly sku?: string; readonly meter?: string } = {},
): readonly ServiceMeter[] {
  const found: ServiceMeter[] = [];
  for (const name of priceServicesOf(service)) {
    for (const row of rowsByService.get(name) ?? []) {
      const meter = meterOf(row, name, region);
      if (meter !== undefined && matches(meter, filter)) found.push(meter);
    }
  }
  return found;
}

function matches(meter: ServiceMeter, filter: { product?: string; sku?: string; meter?: string }): boolean {
  return (
    includes(meter.product, filter.product) && includes(meter.sku, filter.sku) && includes(meter.meter, filter.meter)
  );
}

function includes(text: string, part: string | undefined): boolean {
  return part === undefined || text.toLowerCase().includes(part.toLowerCase());
}

function meterOf(row: Row, service: string, region: string): ServiceMeter | undefined {
  const [, product, sku, meterText, unit, fromQuantity, prices, source, effective, ratio, note] = row;
  const priced = priceIn(prices, region);
  if (priced === undefined) return undefined;
  const meter = meterText.startsWith("~") ? `${sku}${meterText.slice(1)}` : meterText;
  const unitText = table.units[unit] ?? "";
  const savings = ratioIn(ratio, region);
  const effectiveFrom = typeof effective === "number" ? table.effective[effective] : undefined;
  return {
    service,
    product: table.products[product] ?? "",
    sku,
    meter,
    unit: unitText,
    fromQuantity,
    price: {
      name: `${service}, ${meter}, ${priced.where}`,
      value: priced.price,
      unit: priceUnit(unitText),
      ...citation(serviceMeterSources, sourceIds[Math.abs(source) - 1] ?? ""),
      verified: source > 0,
      ...(typeof note === "string" ? { note } : {}),
    },
    ...(savings === undefined ? {} : { savingsPlanRatio: savings }),
    ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
  };
}

function priceIn(prices: Prices, region: string): { readonly price: number; readonly where: string } | undefined {
  if (typeof prices === "number") return table.regions.includes(region) ? { price: prices, where: region } : undefined;
  if (isList(prices)) {
    const price = prices[table.regions.indexOf(region)];
    return typeof price === "number" ? { price, where: region } : undefined;
  }
  for (const where of [region, "global", ...(ZONE_1_REGIONS.test(region) || region === "global" ? ["Zone 1"] : [])]) {
    const price = prices[where];
    if (price !== undefined) return { price, where };
  }
  return undefined;
}

function isList(prices: Prices): prices is readonly (number | null)[] {
  return Array.isArray(prices);
}

function ratioIn(ratio: Ratio | null | undefined, region: string): ServiceMeter["savingsPlanRatio"] {
  if (ratio === null || ratio === undefined) return undefined;
  const read = (term: "1y" | "3y") => (typeof ratio[term] === "object" ? ratio[term][region] : ratio[term]);
  const oneYear = read("1y");
  const threeYears = read("3y");
  if (oneYear === undefined && threeYears === undefined) return undefined;
  return { ...(oneYear === undefined ? {} : { oneYear }), ...(threeYears === undefined ? {} : { threeYears }) };
}
