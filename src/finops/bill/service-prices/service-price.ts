import type { Catalog, ServiceMeter } from "../../../catalog/catalog.ts";
import type { Fact } from "../../../catalog/fact.ts";
import { hoursPerMonth } from "../charge.ts";

/** Days of a month: 730 / 24. */
const daysPerMonth = hoursPerMonth / 24;

/** A service as a document declares it, as far as its price goes. */
export interface ServiceRequest {
  /** Catalog name, such as `serviceBus`. */
  readonly service: string;
  /** Tier, SKU or size as written; empty when not declared. */
  readonly sku: string;
  /** The region that is priced. */
  readonly region: string;
  readonly otherRegions: readonly string[];
  readonly writeRegions: number;
  readonly quantity: number;
  readonly zoneRedundant: boolean;
  readonly sizeGiB: number | undefined;
  readonly webApplicationFirewall: boolean;
}

/** One meter of a service: quantity × fact × periods of a month. */
export interface PricedMeter {
  readonly what: string;
  readonly quantity: number;
  /** Most that may be billed, where that follows the load. */
  readonly mostQuantity?: number;
  readonly unit: string;
  readonly fact: Fact<number>;
  /** Terms of billing that made the quantity. */
  readonly terms?: readonly Fact<number>[];
  /** Hours or days of a month; 1 for what is priced by the month. */
  readonly periods: number;
}

/** Priced with what the price leaves out and what was assumed, or the reason why there is no price. */
export type ServicePrice =
  | {
      readonly kind: "priced";
      readonly meters: readonly PricedMeter[];
      /** Charges that follow usage or fields nobody declared, in words. */
      readonly leftOut: readonly string[];
      /** Configuration that the document leaves open. */
      readonly assumed: readonly { readonly what: string; readonly value: string }[];
    }
  | { readonly kind: "unpriced"; readonly reason: string; readonly hint: string };

/**
 * What one price of a service holds. `allRegions`: the service is global, its account has one charge, or the pricer reads
 * the other regions itself; `eachRegion`: one is deployed in each of its regions; `replicas`: so it is, and those of the
 * other regions are replicas of the first.
 */
export type Reach = "allRegions" | "eachRegion" | "replicas";

/** Prices the services it names from the catalog's meters. */
export interface ServicePricer {
  readonly services: readonly string[];
  readonly reach: (request: ServiceRequest) => Reach;
  readonly price: (request: ServiceRequest, catalog: Catalog) => ServicePrice;
}

export function unpriced(reason: string, hint = "declare the price in the document"): ServicePrice {
  return { kind: "unpriced", reason, hint };
}

/** Priced when every meter was found, otherwise unpriced with the names of those that were not. */
export function priced(
  meters: readonly (PricedMeter | string)[],
  leftOut: readonly string[] = [],
  assumed: readonly { readonly what: string; readonly value: string }[] = [],
): ServicePrice {
  const missing = meters.filter((meter) => typeof meter === "string");
  if (missing.length > 0) return unpriced(`the catalog has no price of ${missing.join(", ")}`);
  const found = meters.filter((meter) => typeof meter !== "string");
  return { kind: "priced", meters: found, leftOut, assumed };
}

/** The meter with the terms of billing that made its quantity. */
export function underTerms(meter: PricedMeter | string, terms: readonly Fact<number>[]): PricedMeter | string {
  return typeof meter === "string" || terms.length === 0 ? meter : { ...meter, terms };
}

/** A meter found by its exact names in the price list, or its name when the region has no such meter. */
export function meterOf(
  catalog: Catalog,
  request: ServiceRequest,
  names: { readonly product?: string; readonly sku?: string; readonly meter: string; readonly region?: string },
  quantity: number,
  unit: string,
  what: string = names.meter,
): PricedMeter | string {
  const region = names.region ?? request.region;
  const found = catalog
    .serviceMeters(request.service, region, { meter: names.meter })
    .filter(
      (meter) =>
        meter.meter === names.meter &&
        (names.product === undefined || meter.product === names.product) &&
        (names.sku === undefined || meter.sku === names.sku),
    );
  // The first quantity band; larger quantities only get cheaper.
  const [first] = found.toSorted((left, right) => left.fromQuantity - right.fromQuantity);
  return first === undefined ? `${names.meter} in ${region}` : pricedMeter(first, quantity, unit, what);
}

export function pricedMeter(meter: ServiceMeter, quantity: number, unit: string, what: string): PricedMeter {
  return { what, quantity, unit, fact: meter.price, periods: periodsPerMonth(meter.unit) };
}

/** How often the unit of measure occurs in a month: hours and days do, a month and a GB-month do once. */
function periodsPerMonth(unitOfMeasure: string): number {
  if (/\bhour\b/i.test(unitOfMeasure)) return hoursPerMonth;
  if (/\bday\b/i.test(unitOfMeasure)) return daysPerMonth;
  return 1;
}

/** The word of a list that the text holds, whatever its case: `Standard` in `standard_v2`. */
export function wordIn<Word extends string>(text: string, words: readonly Word[]): Word | undefined {
  const lower = text.toLowerCase();
  return words.find((word) => lower.includes(word.toLowerCase()));
}

/** What to say when a tier is needed and none of the known ones is declared. */
export function unknownTier(request: ServiceRequest, known: readonly string[]): ServicePrice {
  const stated =
    request.sku === "" ? "the tier is not declared" : `tier or size ${request.sku} is not in the price list`;
  return unpriced(stated, `declare one of ${known.join(", ")}, or the price`);
}
