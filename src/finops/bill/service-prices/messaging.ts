import type { Catalog } from "../../../catalog/catalog.ts";
import { hoursPerMonth } from "../charge.ts";
import {
  meterOf,
  priced,
  type Reach,
  type ServicePrice,
  type ServicePricer,
  type ServiceRequest,
  unknownTier,
  unpriced,
  wordIn,
} from "./service-price.ts";

export const serviceBus: ServicePricer = { services: ["serviceBus"], reach: serviceBusReach, price: priceServiceBus };
export const eventHubs: ServicePricer = { services: ["eventHubs"], reach: () => "eachRegion", price: priceEventHubs };

/** The base charge of the Standard tier is one for the subscription, wherever its namespaces are. */
function serviceBusReach({ sku }: ServiceRequest): Reach {
  return wordIn(sku, ["Premium", "Standard"]) === "Standard" ? "allRegions" : "eachRegion";
}

function priceServiceBus(request: ServiceRequest, catalog: Catalog): ServicePrice {
  const tier = wordIn(request.sku, ["Premium", "Standard", "Basic"]);
  switch (tier) {
    case "Premium": {
      const units = request.quantity;
      return priced([meterOf(catalog, request, { meter: "Premium Messaging Unit" }, units, "messaging units")]);
    }
    case "Standard":
      return standardServiceBus(request, catalog);
    case "Basic":
      return unpriced("the Basic tier is billed by operations only");
    case undefined:
      return unknownTier(request, ["Basic", "Standard", "Premium"]);
  }
}

/** Two meters stand for the same base charge, one by the month and one by the hour: only one is charged. */
function standardServiceBus(request: ServiceRequest, catalog: Catalog): ServicePrice {
  const bases = catalog
    .serviceMeters(request.service, request.region, { meter: "Standard Base Unit" })
    .toSorted((left, right) => (left.unit === "1/Month" ? -1 : right.unit === "1/Month" ? 1 : 0));
  const [base] = bases;
  if (base === undefined) return unpriced(`the catalog has no price of Standard Base Unit in ${request.region}`);
  const periods = base.unit === "1/Month" ? 1 : hoursPerMonth;
  const what = "Standard base charge of the subscription";
  return priced(
    [{ what, quantity: 1, unit: "subscriptions", fact: base.price, periods }],
    ["operations and brokered connections beyond those included"],
  );
}

function priceEventHubs(request: ServiceRequest, catalog: Catalog): ServicePrice {
  const tier = wordIn(request.sku, ["Premium", "Standard", "Dedicated", "Basic"]);
  const meter = (name: string, unit: string) => meterOf(catalog, request, { meter: name }, request.quantity, unit);
  switch (tier) {
    case "Premium":
      return priced([meter("Premium Processing Unit", "processing units")], ["extended retention"]);
    case "Dedicated":
      return priced([meter("Dedicated Capacity Unit", "capacity units")], ["extended retention"]);
    case "Standard":
      return priced([meter("Standard Throughput Unit", "throughput units")], ["ingress events", "capture"]);
    case "Basic":
      return priced([meter("Basic Throughput Unit", "throughput units")], ["ingress events"]);
    case undefined:
      return unknownTier(request, ["Basic", "Standard", "Premium", "Dedicated"]);
  }
}
