import type { Catalog } from "../../../catalog/catalog.ts";
import {
  meterOf,
  priced,
  type ServicePrice,
  type ServicePricer,
  type ServiceRequest,
  underTerms,
  unpriced,
} from "./service-price.ts";

export const cosmosDb: ServicePricer = { services: ["cosmosDb"], reach: () => "allRegions", price: priceCosmosDb };

/**
 * Throughput × regions and storage × regions. The SKU says the throughput: `400 RU/s`, `autoscale 4000 RU/s`. Writing in
 * several regions and autoscale have meters of their own. Availability zones multiply manual throughput of a
 * single-write account; autoscale includes them, and bills between a floor and its maximum.
 */
function priceCosmosDb(request: ServiceRequest, catalog: Catalog): ServicePrice {
  if (/serverless/i.test(request.sku)) return unpriced("a serverless account is billed by the request units it uses");
  const throughput = /(\d[\d,]*)\s*RU/i.exec(request.sku)?.[1];
  if (throughput === undefined) {
    return unpriced(
      request.sku === "" ? "its throughput is not declared" : `sku ${request.sku} names no throughput in RU/s`,
      "declare the sku as '400 RU/s' or 'autoscale 4000 RU/s', or the price",
    );
  }
  const hundreds = Number(throughput.replace(/,/g, "")) / 100;
  const autoscale = /auto/i.test(request.sku);
  const multiWrite = request.writeRegions > 1;
  if (autoscale && multiWrite) return unpriced("autoscale with several write regions is not in the price list");
  const regions = [request.region, ...request.otherRegions];
  const zones = request.zoneRedundant && !autoscale && !multiWrite ? [catalog.billingTerm("cosmosDb.zoneFactor")] : [];
  const floor = autoscale ? [catalog.billingTerm("cosmosDb.autoscaleFloor")] : [];
  const product = autoscale ? "Azure Cosmos DB autoscale" : "Azure Cosmos DB";
  const sku = autoscale ? "AP1" : multiWrite ? "mRUs" : "RUs";
  const meter = autoscale ? "AP1 100 RUs" : multiWrite ? "100 Multi-master RU/s" : "100 RU/s";
  const most = productOf([hundreds, request.quantity, ...zones.map(({ value }) => value)]);
  const compute = regions.map((region) => {
    const names = { product, sku, meter, region };
    const quantity = productOf([most, ...floor.map(({ value }) => value)]);
    const meterFound = meterOf(catalog, request, names, quantity, "100 RU/s", `throughput in ${region}`);
    const found = underTerms(meterFound, [...zones, ...floor]);
    return autoscale && typeof found !== "string" ? { ...found, mostQuantity: most } : found;
  });
  const leftOut = ["backups beyond two periodic copies"];
  const { sizeGiB } = request;
  if (sizeGiB === undefined) return priced(compute, ["storage, whose size is not declared", ...leftOut]);
  const storage = regions.map((region) =>
    meterOf(
      catalog,
      request,
      { product: "Azure Cosmos DB", sku: "RUs", meter: "Data Stored", region },
      sizeGiB * request.quantity,
      "GB",
      `storage in ${region}`,
    ),
  );
  return priced([...compute, ...storage], leftOut);
}

function productOf(factors: readonly number[]): number {
  return factors.reduce((product, factor) => product * factor, 1);
}
