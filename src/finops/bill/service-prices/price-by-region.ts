import type { Catalog } from "../../../catalog/catalog.ts";
import type { ServicePrice, ServicePricer, ServiceRequest } from "./service-price.ts";

/** What a service costs in one of its regions, or in all of them. */
export interface RegionPrice {
  /** The region, where the price is that of one of several; undefined where it stands for the whole service. */
  readonly region: string | undefined;
  readonly price: ServicePrice;
}

/**
 * The price of a service in every region that it is declared in: once where one price holds them all, otherwise one for
 * each region, so that no region is forgotten.
 */
export function priceByRegion(
  pricer: ServicePricer,
  request: ServiceRequest,
  catalog: Catalog,
): readonly RegionPrice[] {
  const reach = pricer.reach(request);
  if (reach === "allRegions" || request.otherRegions.length === 0) {
    return [{ region: undefined, price: pricer.price(request, catalog) }];
  }
  const first: RegionPrice = {
    region: request.region,
    price: pricer.price({ ...request, otherRegions: [] }, catalog),
  };
  const others = request.otherRegions.map((region): RegionPrice => {
    const isReplica = reach === "replicas";
    const there = { ...request, region, otherRegions: [], ...(isReplica ? { zoneRedundant: false } : {}) };
    const price = pricer.price(there, catalog);
    return { region, price: isReplica ? assumedReplica(price, region) : price };
  });
  return [first, ...others];
}

/** Documents declare one sku: that of the primary. */
function assumedReplica(price: ServicePrice, region: string): ServicePrice {
  if (price.kind === "unpriced") return price;
  const assumed = { what: `what its replica in ${region} runs on`, value: "the same sku without zone redundancy" };
  return { ...price, assumed: [...price.assumed, assumed] };
}
