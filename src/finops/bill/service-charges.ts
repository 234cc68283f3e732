import { factReason } from "../../catalog/fact.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import {
  defaultConfiguration,
  servicePricedOnce,
  serviceRegion,
  usageNotPriced,
} from "../../estate/assumptions/cost-rules.ts";
import type { CloudService, DataStore, DeclaredPrice } from "../../estate/model/service.ts";
import type { Place } from "../../estate/sources/place.ts";
import {
  assumptionReason,
  type Bearer,
  type Charge,
  charge,
  mergePricings,
  nothingPriced,
  type Pricing,
} from "./charge.ts";
import { type PricingContext, unitPrice } from "./pricing-context.ts";
import { ownerOfCloudService, ownerOfDataStore } from "./service-owner.ts";
import { priceByRegion, type RegionPrice } from "./service-prices/price-by-region.ts";
import type { PricedMeter, ServicePrice, ServiceRequest } from "./service-prices/service-price.ts";
import { pricerOf } from "./service-prices/service-pricers.ts";

/** A document that stands for a service of the cloud. */
interface PricedDocument {
  /** `CloudService/frontdoor`. */
  readonly id: string;
  readonly price: DeclaredPrice | undefined;
  readonly request: ServiceRequest;
  readonly bearer: Bearer;
  readonly place: Place | undefined;
  readonly assumptions: readonly Assumption[];
}

/** CloudServices and DataStores: the declared price, else what the catalog's meters say of the configuration. */
export function priceServices(context: PricingContext): Pricing {
  const documents = [
    ...context.estate.cloudServices.map((service) => cloudServiceDocument(context, service)),
    ...context.estate.dataStores.flatMap((store) => dataStoreDocument(context, store)),
  ];
  return mergePricings(documents.map((document) => priceDocument(context, document)));
}

function cloudServiceDocument(context: PricingContext, service: CloudService): PricedDocument {
  const id = `CloudService/${service.name}`;
  const regions = service.regions === "global" ? ["global"] : service.regions;
  const located = regionsOf(context, id, regions, service.place);
  return {
    id,
    price: service.price,
    place: service.place,
    bearer: ownerOfCloudService(context.estate, service),
    assumptions: located.assumptions,
    request: {
      service: service.service,
      sku: service.tier ?? "",
      region: located.first,
      otherRegions: located.others,
      writeRegions: 1,
      quantity: service.quantity,
      zoneRedundant: service.zoneRedundant === true,
      sizeGiB: undefined,
      webApplicationFirewall: service.spec.waf === "detection" || service.spec.waf === "prevention",
    },
  };
}

/** A store that runs in the cluster costs what its workload and volumes cost. */
function dataStoreDocument(context: PricingContext, store: DataStore): readonly PricedDocument[] {
  if (store.price === undefined && (store.workload !== undefined || store.service === "statefulSet")) return [];
  const id = `DataStore/${store.name}`;
  const { writers, readers } = store.regions;
  const located = regionsOf(context, id, [...new Set([...writers, ...readers])], store.place);
  return [
    {
      id,
      price: store.price,
      place: store.place,
      bearer: ownerOfDataStore(context.estate, store),
      assumptions: [...located.assumptions, ...pricedOnce(context, id, store)],
      request: {
        service: store.service,
        sku: store.sku ?? "",
        region: located.first,
        otherRegions: located.others,
        writeRegions: Math.max(1, writers.length),
        quantity: 1,
        zoneRedundant: store.zoneRedundant === true,
        sizeGiB: store.sizeGiB,
        webApplicationFirewall: false,
      },
    },
  ];
}

function regionsOf(
  context: PricingContext,
  id: string,
  regions: readonly string[],
  place: Place | undefined,
): { readonly first: string; readonly others: readonly string[]; readonly assumptions: readonly Assumption[] } {
  const [first, ...others] = new Set(regions);
  if (first !== undefined) return { first, others, assumptions: [] };
  const region = context.estate.clusters[0]?.region ?? context.estate.regions[0]?.name ?? "";
  return { first: region, others: [], assumptions: [assume(serviceRegion, id, { region }, place)] };
}

function priceDocument(context: PricingContext, document: PricedDocument): Pricing {
  const { request, price } = document;
  if (price !== undefined) return declaredCharge(context, document, price);
  const unpriced = (reason: string, hint: string): Pricing => ({
    ...nothingPriced,
    unpriced: [{ id: `cost/${document.id}`, label: `${document.id} (${request.service})`, reason, hint }],
  });
  if (request.service === "auto") return unpriced("its service is not chosen yet", "declare its service, or the price");
  const pricer = pricerOf(request.service);
  if (pricer === undefined) {
    return unpriced(`how ${request.service} is billed is not known`, "declare the price in the document");
  }
  return regionCharges(context, document, priceByRegion(pricer, request, context.catalog));
}

function declaredCharge(context: PricingContext, document: PricedDocument, price: DeclaredPrice): Pricing {
  const id = `cost/${document.id}`;
  const label = `${document.id} (${document.request.service})`;
  if (!context.currency.declaredMoneyCounts) {
    const reason = `its price is in ${context.estate.currency}, which has no exchange rate`;
    const item = { id, label, reason, hint: "declare Estate.spec.exchangeRates" };
    return { ...nothingPriced, unpriced: [item] };
  }
  const charged = charge({
    id,
    category: "service",
    label,
    quantity: 1,
    unit: "services",
    unitPrice: Math.max(0, price.monthlyCost),
    hoursPerMonth: 1,
    currency: context.currency.code,
    reasons: [
      {
        kind: "declared",
        name: `${document.id} price (${price.source}, ${price.asOf})`,
        value: price.monthlyCost,
        unit: `${context.estate.currency}/month`,
        ...(document.place === undefined ? {} : { place: document.place }),
      },
    ],
    sharing: { kind: "bearer", bearer: document.bearer },
    tariff: { purchase: "declared", region: document.request.region, service: document.request.service },
  });
  return { ...nothingPriced, charges: [charged] };
}

/** Regions without a price are listed, those with one are charged; lines are numbered through all regions. */
function regionCharges(context: PricingContext, document: PricedDocument, regions: readonly RegionPrice[]): Pricing {
  let lines = 0;
  return mergePricings(
    regions.map(({ region, price }, index): Pricing => {
      const inRegion = region === undefined ? "" : `, ${region}`;
      if (price.kind === "unpriced") {
        const id = `cost/${document.id}${index === 0 ? "" : `/${region}`}`;
        const label = `${document.id} (${document.request.service})${inRegion}`;
        return { ...nothingPriced, unpriced: [{ id, label, reason: price.reason, hint: price.hint }] };
      }
      const first = lines;
      lines += price.meters.length;
      return meteredCharges(context, document, price, first, inRegion);
    }),
  );
}

function meteredCharges(
  context: PricingContext,
  document: PricedDocument,
  price: Extract<ServicePrice, { readonly kind: "priced" }>,
  firstLine: number,
  inRegion: string,
): Pricing {
  const cited = [
    ...document.assumptions,
    ...price.assumed.map((each) => assume(defaultConfiguration, document.id, each, document.place)),
  ];
  // What the price leaves out does not bear on what it holds.
  const leftOut =
    price.leftOut.length === 0 ? [] : [assume(usageNotPriced, document.id, { notes: price.leftOut }, document.place)];
  return {
    charges: price.meters.map((meter, index) =>
      meterCharge(context, document, { ...meter, what: `${meter.what}${inRegion}` }, firstLine + index, cited),
    ),
    unpriced: [],
    assumptions: [...cited, ...leftOut],
  };
}

/** A store stands for one, although its application may run in several environments. */
function pricedOnce({ estate }: PricingContext, id: string, { application, place }: DataStore): readonly Assumption[] {
  const owner = estate.applications.find(({ name }) => name === application);
  const environments = (owner?.environments ?? estate.environments).length;
  return environments > 1 ? [assume(servicePricedOnce, id, { environments }, place)] : [];
}

function meterCharge(
  context: PricingContext,
  document: PricedDocument,
  meter: PricedMeter,
  index: number,
  assumptions: readonly Assumption[],
): Charge {
  const { request, bearer } = document;
  const price = unitPrice(context, meter.fact, [request.service]);
  const perMonth = price.amount * meter.periods;
  return charge({
    id: index === 0 ? `cost/${document.id}` : `cost/${document.id}/${index + 1}`,
    category: "service",
    label: `${document.id} (${request.service}): ${meter.what}`,
    environment: bearer.environment,
    quantity: meter.quantity,
    unit: meter.unit,
    unitPrice: price.amount,
    hoursPerMonth: meter.periods,
    ...(meter.mostQuantity === undefined ? {} : { high: meter.mostQuantity * perMonth }),
    currency: context.currency.code,
    reasons: [...price.reasons, ...(meter.terms ?? []).map(factReason), ...assumptions.map(assumptionReason)],
    sharing: { kind: "bearer", bearer },
    tariff: { listUnitPrice: price.list, region: request.region, service: request.service },
  });
}
