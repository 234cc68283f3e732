import type { Catalog } from "../../../catalog/catalog.ts";
import {
  meterOf,
  type PricedMeter,
  priced,
  pricedMeter,
  type ServicePrice,
  type ServicePricer,
  type ServiceRequest,
  underTerms,
  unpriced,
} from "./service-price.ts";

export const azureSql: ServicePricer = {
  services: ["azureSql", "sqlDatabase"],
  reach: () => "replicas",
  price: priceAzureSql,
};
export const flexibleServers: ServicePricer = {
  services: ["postgresqlFlexible", "mysqlFlexible"],
  reach: () => "replicas",
  price: priceFlexibleServer,
};

const sizeHint = "declare the sku, such as GP_Gen5_4 or S3, or the price";

/** vCore purchase model (`GP_Gen5_4`, `BC_Gen5_8`) and DTUs (`Basic`, `S3`, `P1`). */
function priceAzureSql(request: ServiceRequest, catalog: Catalog): ServicePrice {
  const sku = request.sku.trim();
  const vCores = /^(GP|BC)_Gen5_(\d{1,3})$/i.exec(sku);
  if (vCores !== null) return priceVCores(request, catalog, vCores[1]?.toUpperCase() ?? "", Number(vCores[2]));
  const dtu = /^(?:Basic|[SP]\d{1,2})$/i.exec(sku);
  if (dtu !== null) return priceDtus(request, catalog, sku);
  if (/^(GP_S|HS_S)_/i.test(sku)) return unpriced("a serverless database is billed by the vCore-seconds it uses");
  if (/^HS_/i.test(sku)) {
    return unpriced("whether a licence comes on top of a Hyperscale database depends on when it was made");
  }
  return unpriced(sku === "" ? "its sku is not declared" : `sku ${sku} is not in the price list`, sizeHint);
}

function priceVCores(request: ServiceRequest, catalog: Catalog, tier: string, vCores: number): ServicePrice {
  const critical = tier === "BC";
  const name = critical ? "Business Critical" : "General Purpose";
  const product = `SQL Database Single/Elastic Pool ${name} - Compute Gen5`;
  const cores = vCores * request.quantity;
  const licence = critical ? "SQL License Business Critical" : "SQL License GP and Hyperscale";
  const meters: (PricedMeter | string)[] = [
    meterOf(catalog, request, { product, sku: "1 vCore", meter: "vCore" }, cores, "vCores", `${name} compute`),
    meterOf(catalog, request, { sku: licence, meter: "vCore licence" }, cores, "vCores", "SQL licence"),
  ];
  // Business Critical has no extra meter for zones; General Purpose adds 0.6 of its compute and stores twice.
  if (request.zoneRedundant && !critical) {
    const zones = { product, sku: "1 vCore Zone Redundancy", meter: "Zone Redundancy vCore" };
    meters.push(meterOf(catalog, request, zones, cores, "vCores", "zone redundancy"));
  }
  const store = critical ? name : request.zoneRedundant ? `${name} Zone Redundancy` : name;
  const storage = { sku: store, meter: `${store} Data Stored` };
  if (request.sizeGiB === undefined) return priced(meters, ["storage, whose size is not declared", ...backupNotes]);
  const stored = meterOf(catalog, request, storage, request.sizeGiB * request.quantity, "GB", `${store} storage`);
  return priced([...meters, stored], backupNotes);
}

const backupNotes = ["backup storage beyond the size of the database"];

function priceDtus(request: ServiceRequest, catalog: Catalog, sku: string): ServicePrice {
  const wanted = sku.toLowerCase() === "basic" ? "B" : sku.toUpperCase();
  const [meter] = catalog
    .serviceMeters(request.service, request.region, { product: "SQL Database Single" })
    .filter((each) => each.sku === wanted && each.unit === "1/Day" && each.meter.includes("DTU"));
  if (meter === undefined) return unpriced(`sku ${sku} is not in the price list of ${request.region}`, sizeHint);
  return priced([pricedMeter(meter, request.quantity, "databases", `SQL Database ${sku}`)], backupNotes);
}

/** PostgreSQL and MySQL flexible servers: `GP_Standard_D4ds_v5`, `Standard_E8ds_v5`, `B_Standard_B2ms`. */
function priceFlexibleServer(request: ServiceRequest, catalog: Catalog): ServicePrice {
  const size = /^(?:(?:GP|MO|BC|B)_)?Standard_([A-Z]+)(\d+)([a-z]*)(?:_v(\d+))?$/i.exec(request.sku.trim());
  if (size === null) {
    const reason =
      request.sku === "" ? "its sku is not declared" : `sku ${request.sku} is not one of a flexible server`;
    return unpriced(reason, "declare the sku, such as GP_Standard_D4ds_v5 or B_Standard_B2s, or the price");
  }
  const [, family = "", cores = "", features = "", version] = size;
  const terms = request.zoneRedundant ? [catalog.billingTerm("flexibleServer.zoneRedundantServers")] : [];
  const servers = request.quantity * (terms[0]?.value ?? 1);
  const compute = underTerms(
    family.toUpperCase() === "B"
      ? burstable(catalog, request, `B${cores}${features}`, servers)
      : vCores(
          catalog,
          request,
          `${family}${features}${version === undefined ? "" : `v${version}`}`,
          Number(cores),
          servers,
        ),
    terms,
  );
  const leftOut = [
    "backup storage beyond the provisioned size",
    "IOPS beyond those included",
    ...(request.sizeGiB === undefined ? ["storage, whose size is not declared"] : []),
  ];
  if (request.sizeGiB === undefined) return priced([compute], leftOut);
  const storage = { sku: "Storage", meter: "Storage Data Stored" };
  const stored = meterOf(catalog, request, storage, request.sizeGiB * servers, "GB", "storage");
  return priced([compute, underTerms(stored, terms)], leftOut);
}

function burstable(catalog: Catalog, request: ServiceRequest, size: string, servers: number): PricedMeter | string {
  const found = catalog
    .serviceMeters(request.service, request.region, { product: "Burstable" })
    .find(({ sku, meter }) => [sku, meter, sku.replace(/^Standard_/, "")].some((name) => sameSize(name, size)));
  return found === undefined ? `${size} in ${request.region}` : pricedMeter(found, servers, "servers", size);
}

function sameSize(name: string, size: string): boolean {
  return name.replace(/ vCore$/, "").toLowerCase() === size.toLowerCase();
}

/** Compute is linear in vCores: the price list has one vCore of each series. */
function vCores(
  catalog: Catalog,
  request: ServiceRequest,
  series: string,
  cores: number,
  servers: number,
): PricedMeter | string {
  const found = catalog
    .serviceMeters(request.service, request.region, { product: ` ${series} Series Compute` })
    .find(({ meter }) => meter === "vCore" || meter === "1 vCore");
  return found === undefined
    ? `a ${series} server in ${request.region}`
    : pricedMeter(found, cores * servers, "vCores", `${series} compute`);
}
