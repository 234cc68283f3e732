import { priceSource, sourcesOf } from "./price-sources.ts";
import { Dictionary, type Table } from "./table.ts";

interface RawMeter {
  readonly service: string;
  readonly product: string;
  readonly sku: string;
  readonly meter: string;
  readonly unit: string;
  readonly from: number;
  readonly prices: { readonly [region: string]: number };
  readonly savingsPlanRatio?: { readonly [term: string]: number | { readonly [region: string]: number } };
  readonly effectiveLatest?: string;
  readonly source: string;
  readonly verified: boolean;
  readonly note?: string;
}

interface RawRule {
  readonly id: string;
  readonly text: string;
  readonly source: string;
  readonly verified: boolean;
}

/** All meters of platform services; prices stand in the order of `regions`, then `otherRegions` as a map. */
export function transcribeServiceMeters(raw: {
  readonly regions: readonly string[];
  readonly services: readonly RawMeter[];
  readonly rules: readonly RawRule[];
}): Table {
  const services = new Dictionary();
  const products = new Dictionary();
  const units = new Dictionary();
  const used = new Dictionary();
  const effective = new Dictionary();
  const rows = raw.services.map((meter) => [
    services.indexOf(meter.service),
    products.indexOf(meter.product),
    meter.sku,
    meter.meter.startsWith(`${meter.sku} `) ? `~${meter.meter.slice(meter.sku.length)}` : meter.meter,
    units.indexOf(meter.unit),
    meter.from,
    pricesOf(meter, raw.regions),
    (meter.verified ? 1 : -1) * (used.indexOf(priceSource(meter.source)) + 1),
    meter.effectiveLatest === undefined ? null : effective.indexOf(meter.effectiveLatest),
    meter.savingsPlanRatio ?? null,
    meter.note ?? null,
  ]);
  return {
    title: "Platform service meters, USD per unit",
    sources: sourcesOf(used.texts),
    note: "prices: a number for every region of `regions`, a list in their order, or a map by region or zone; source: 1-based index, negative when unverified; a meter that starts with ~ continues its SKU",
    rules: raw.rules.map(({ id, text, source, verified }) => ({ id, text, source, verified })),
    regions: raw.regions,
    services: services.texts,
    products: products.texts,
    units: units.texts,
    effective: effective.texts,
    columns: [
      "service",
      "product",
      "sku",
      "meter",
      "unit",
      "fromQuantity",
      "prices",
      "source",
      "effective",
      "savingsPlanRatio",
      "note",
    ],
    rows,
  };
}

function pricesOf(meter: RawMeter, regions: readonly string[]): unknown {
  const named = Object.keys(meter.prices);
  if (named.length === 0) throw new Error(`meter without price: ${meter.service} ${meter.meter}`);
  if (named.some((region) => !regions.includes(region)) || named.length < 4) return meter.prices;
  const cells = regions.map((region) => meter.prices[region] ?? null);
  return new Set(cells).size === 1 ? cells[0] : cells;
}
