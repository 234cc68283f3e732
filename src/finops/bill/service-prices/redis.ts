import type { Catalog } from "../../../catalog/catalog.ts";
import {
  meterOf,
  priced,
  type ServicePrice,
  type ServicePricer,
  type ServiceRequest,
  underTerms,
  unpriced,
  wordIn,
} from "./service-price.ts";

export const redis: ServicePricer = {
  services: ["redis", "azureCacheForRedis"],
  reach: () => "eachRegion",
  price: priceRedis,
};

const hint = "declare the sku, such as Standard_C1, Premium_P1 or Balanced_B5, or the price";

/** Azure Cache for Redis (`Standard_C1`, `Premium P2`) and Azure Managed Redis (`Balanced_B5`). */
function priceRedis(request: ServiceRequest, catalog: Catalog): ServicePrice {
  const size = /(?:^|[\s_-])([A-Z]\d{1,4})$/i.exec(request.sku.trim())?.[1]?.toUpperCase();
  if (size === undefined)
    return unpriced(request.sku === "" ? "its sku is not declared" : `sku ${request.sku} names no size`, hint);
  if (/^[CP]\d$/.test(size)) return priceCache(request, catalog, size);
  const managed = catalog
    .serviceMeters(request.service, request.region, { product: "Azure Managed Redis" })
    .find(({ sku }) => sku === size);
  if (managed === undefined) return unpriced(`size ${size} is not in the price list of ${request.region}`, hint);
  const names = { product: managed.product, sku: size, meter: managed.meter };
  const each = catalog.billingTerm("managedRedis.nodes");
  const nodes = meterOf(catalog, request, names, each.value * request.quantity, "nodes", `Managed Redis ${size}`);
  return priced([underTerms(nodes, [each])]);
}

/** Meter `Cache` is the pair of nodes in Standard and Premium and the single node in Basic. */
function priceCache(request: ServiceRequest, catalog: Catalog, size: string): ServicePrice {
  const tier = size.startsWith("P") ? "Premium" : wordIn(request.sku, ["Standard", "Basic"]);
  const assumed = tier === undefined ? [{ what: "whether the cache is Basic or Standard", value: "Standard" }] : [];
  const product = `Azure Redis Cache ${tier ?? "Standard"}`;
  const names = { product, sku: size, meter: `${size} Cache` };
  return priced([meterOf(catalog, request, names, request.quantity, "caches", `${product} ${size}`)], [], assumed);
}
