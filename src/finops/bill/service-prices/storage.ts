import type { Catalog } from "../../../catalog/catalog.ts";
import {
  meterOf,
  type PricedMeter,
  priced,
  type Reach,
  type ServicePrice,
  type ServicePricer,
  type ServiceRequest,
  underTerms,
  unpriced,
} from "./service-price.ts";

export const storageBlob: ServicePricer = {
  services: ["storageBlob", "storage", "storageAccount"],
  reach: storageReach,
  price: priceBlobs,
};
export const storageFiles: ServicePricer = { services: ["storageFiles"], reach: storageReach, price: priceFiles };

const redundancies = ["RA-GZRS", "RA-GRS", "GZRS", "GRS", "ZRS", "LRS"] as const;
const product = "General Block Blob v2";

interface Redundancy {
  readonly name: string;
  readonly assumed: readonly { readonly what: string; readonly value: string }[];
}

/** As the SKU says (`Standard_ZRS`, `Standard_RAGRS`), else by zone redundancy. */
function redundancyOf(request: ServiceRequest): Redundancy {
  const sku = request.sku.toUpperCase().replace(/RA(G)/, "RA-$1").replace("RA--", "RA-");
  const stated = redundancies.find((each) => sku.includes(each));
  if (stated !== undefined) return { name: stated, assumed: [] };
  const name = request.zoneRedundant ? "ZRS" : "LRS";
  return { name, assumed: [{ what: "its redundancy", value: name }] };
}

/** A geo-redundant account keeps its second copy in another region for its price; otherwise each region has an account. */
function storageReach(request: ServiceRequest): Reach {
  const isCopied = redundancyOf(request).name.includes("G");
  return isCopied && request.otherRegions.length === 1 ? "allRegions" : "eachRegion";
}

/** Hot block blobs by the GB stored, in the price list's quantity bands. */
function priceBlobs(request: ServiceRequest, catalog: Catalog): ServicePrice {
  const { sizeGiB } = request;
  if (sizeGiB === undefined) return unpriced("its size is not declared", "declare sizeGiB, or the price");
  const redundancy = redundancyOf(request);
  const sku = `Hot ${redundancy.name}`;
  const bands = catalog
    .serviceMeters(request.service, request.region, { product, sku, meter: `${sku} Data Stored` })
    .filter((meter) => meter.product === product && meter.sku === sku)
    .toSorted((left, right) => left.fromQuantity - right.fromQuantity);
  if (bands.length === 0) return unpriced(`the catalog has no price of ${sku} blobs in ${request.region}`);
  const stored = sizeGiB * request.quantity;
  const meters = bands.flatMap((band, index): PricedMeter[] => {
    const end = bands[index + 1]?.fromQuantity ?? Number.POSITIVE_INFINITY;
    const quantity = Math.min(stored, end) - band.fromQuantity;
    if (quantity <= 0) return [];
    return [{ what: `${sku} blobs from ${band.fromQuantity} GB`, quantity, unit: "GB", fact: band.price, periods: 1 }];
  });
  const assumed = [...redundancy.assumed, { what: "its access tier", value: "hot" }];
  return priced(meters, ["operations", "replication traffic"], assumed);
}

function priceFiles(request: ServiceRequest, catalog: Catalog): ServicePrice {
  const { sizeGiB } = request;
  if (sizeGiB === undefined) return unpriced("its size is not declared", "declare sizeGiB, or the price");
  const redundancy = redundancyOf(request);
  const premium = /premium/i.test(request.sku);
  const names = premium
    ? { product: "Premium Files", sku: `Premium ${redundancy.name}`, meter: `Premium ${redundancy.name} Provisioned` }
    : { product: "Files v2", sku: `Standard ${redundancy.name}`, meter: `${redundancy.name} Data Stored` };
  const smallest = catalog.billingTerm("premiumFileShare.smallestSize");
  const isSmall = premium && sizeGiB < smallest.value;
  const stored = (isSmall ? smallest.value : sizeGiB) * request.quantity;
  const share = meterOf(catalog, request, names, stored, "GB", `${names.sku} file share`);
  return priced(
    [underTerms(share, isSmall ? [smallest] : [])],
    premium ? ["snapshots"] : ["transactions", "snapshots"],
    redundancy.assumed,
  );
}
