import type { Catalog } from "../../../catalog/catalog.ts";
import {
  meterOf,
  priced,
  type ServicePrice,
  type ServicePricer,
  type ServiceRequest,
  unknownTier,
  unpriced,
  wordIn,
} from "./service-price.ts";

export const containerRegistry: ServicePricer = {
  services: ["containerRegistry"],
  reach: () => "allRegions",
  price: priceRegistry,
};
export const apiManagement: ServicePricer = {
  services: ["apiManagement"],
  reach: () => "eachRegion",
  price: priceApiManagement,
};
export const appService: ServicePricer = {
  services: ["appService"],
  reach: () => "eachRegion",
  price: priceAppService,
};

/** Services without a base price: what they cost follows what is done with them. */
export const billedByUse: ServicePricer = {
  services: [
    "keyVault",
    "logAnalytics",
    "applicationInsights",
    "azureMonitor",
    "eventGrid",
    "functions",
    "containerApps",
    "trafficManager",
    "recoveryServicesVault",
  ],
  reach: () => "allRegions",
  price: () => unpriced("it is billed by use, which is not declared"),
};

function priceRegistry(request: ServiceRequest, catalog: Catalog): ServicePrice {
  const tier = wordIn(request.sku, ["Premium", "Standard", "Basic"]);
  if (tier === undefined) return unknownTier(request, ["Basic", "Standard", "Premium"]);
  const registry = meterOf(catalog, request, { meter: `${tier} Registry Unit` }, request.quantity, "registries");
  const replicas = request.otherRegions.map((region) =>
    tier === "Premium"
      ? meterOf(catalog, request, { meter: "Premium Registry Replication Unit", region }, request.quantity, "replicas")
      : `a replica of a ${tier} registry in ${region}`,
  );
  return priced([registry, ...replicas], ["storage beyond what the tier includes"]);
}

function priceApiManagement(request: ServiceRequest, catalog: Catalog): ServicePrice {
  const tiers = catalog
    .serviceMeters(request.service, request.region, { meter: " Unit" })
    .filter(({ meter, sku }) => meter === `${sku} Unit`)
    .map(({ sku }) => sku);
  const wanted = normalized(request.sku);
  if (wanted === "consumption") return unpriced("the Consumption tier is billed by calls only");
  const tier = tiers.find((each) => normalized(each) === wanted);
  if (tier === undefined) return unknownTier(request, tiers.toSorted());
  const unit = meterOf(catalog, request, { sku: tier, meter: `${tier} Unit` }, request.quantity, "units");
  return priced([unit]);
}

function priceAppService(request: ServiceRequest, catalog: Catalog): ServicePrice {
  const plans = catalog.serviceMeters(request.service, request.region, { product: "Plan - Linux" });
  const plan = plans.find(({ sku }) => normalized(sku) === normalized(request.sku));
  if (plan === undefined) return unknownTier(request, [...new Set(plans.map(({ sku }) => sku))].toSorted());
  const names = { product: plan.product, sku: plan.sku, meter: plan.meter };
  return priced([meterOf(catalog, request, names, request.quantity, "instances", `App Service ${plan.sku}`)]);
}

/** `P1 v3`, `P1v3` and `P1_v3` are one name. */
function normalized(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
