import type { Catalog } from "../../../catalog/catalog.ts";
import { hoursPerMonth } from "../charge.ts";
import {
  meterOf,
  type PricedMeter,
  priced,
  type ServicePrice,
  type ServicePricer,
  type ServiceRequest,
  unknownTier,
  wordIn,
} from "./service-price.ts";

export const frontDoor: ServicePricer = { services: ["frontDoor"], reach: () => "allRegions", price: priceFrontDoor };
export const applicationGateway: ServicePricer = {
  services: ["applicationGateway"],
  reach: () => "eachRegion",
  price: priceApplicationGateway,
};
export const azureFirewall: ServicePricer = {
  services: ["azureFirewall", "firewall"],
  reach: () => "eachRegion",
  price: priceFirewall,
};
export const natGateway: ServicePricer = {
  services: ["natGateway"],
  reach: () => "eachRegion",
  price: priceNatGateway,
};
export const vpnGateway: ServicePricer = {
  services: ["vpnGateway"],
  reach: () => "eachRegion",
  price: priceVpnGateway,
};
export const dns: ServicePricer = {
  services: ["dns", "azureDns", "publicDns"],
  reach: () => "allRegions",
  price: priceDns,
};

function priceFrontDoor(request: ServiceRequest, catalog: Catalog): ServicePrice {
  const tier = wordIn(request.sku, ["Premium", "Standard"]);
  if (tier === undefined) return unknownTier(request, ["Standard", "Premium"]);
  const names = { meter: `${tier} Base Fees`, region: "global" };
  const base = meterOf(catalog, request, names, request.quantity, "profiles");
  return priced([base], ["requests", "data transfer"]);
}

function priceApplicationGateway(request: ServiceRequest, catalog: Catalog): ServicePrice {
  const sku = request.sku.toLowerCase();
  const isFirewall = sku.includes("waf") || request.webApplicationFirewall;
  if (!isFirewall && !sku.includes("standard")) return unknownTier(request, ["Standard_v2", "WAF_v2"]);
  const name = isFirewall ? "applicationGateway.wafV2.hour" : "applicationGateway.standardV2.hour";
  return priced([fixedMeter(catalog, request, name, "gateways")], ["capacity units"]);
}

function priceFirewall(request: ServiceRequest, catalog: Catalog): ServicePrice {
  const tier = wordIn(request.sku, ["Premium", "Standard", "Basic"]);
  if (tier === undefined) return unknownTier(request, ["Basic", "Standard", "Premium"]);
  const names = { product: "Azure Firewall", sku: tier, meter: `${tier} Deployment` };
  return priced([meterOf(catalog, request, names, request.quantity, "firewalls")], ["data processed"]);
}

function priceNatGateway(request: ServiceRequest, catalog: Catalog): ServicePrice {
  return priced([fixedMeter(catalog, request, "natGateway.hour", "gateways")], ["data processed"]);
}

function priceVpnGateway(request: ServiceRequest, catalog: Catalog): ServicePrice {
  const sizes = catalog
    .serviceMeters(request.service, request.region, { sku: "VpnGw" })
    .filter(({ meter, sku }) => meter === sku);
  const size = sizes.find(({ sku }) => sku.toLowerCase() === request.sku.toLowerCase());
  if (size === undefined) return unknownTier(request, sizes.map(({ sku }) => sku).toSorted());
  return priced(
    [meterOf(catalog, request, { sku: size.sku, meter: size.meter }, request.quantity, "gateways")],
    ["connections beyond those included", "data transfer"],
  );
}

function priceDns(request: ServiceRequest, catalog: Catalog): ServicePrice {
  const zone = wordIn(request.sku, ["Private"]) ?? "Public";
  const names = { sku: zone, meter: "Hosted zone (first 25)", region: "global" };
  const assumed = request.sku === "" ? [{ what: "whether the zone is public or private", value: "public" }] : [];
  return priced([meterOf(catalog, request, names, request.quantity, "zones")], ["queries"], assumed);
}

/** A meter that the catalog knows by a name of its own, billed by the hour. */
function fixedMeter(catalog: Catalog, request: ServiceRequest, name: string, unit: string): PricedMeter | string {
  const fact = catalog.meterPrice(name, request.region);
  if (fact === undefined) return `${name} in ${request.region}`;
  return { what: name, quantity: request.quantity, unit, fact, periods: hoursPerMonth };
}
