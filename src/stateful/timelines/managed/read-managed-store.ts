import { asObject } from "../../../estate/kubernetes/json-value.ts";
import type { DataStore } from "../../../estate/model/service.ts";
import { cosmosLevels, type ManagedService, type ManagedStore, sqlTier } from "./managed-store.ts";

const services: readonly ManagedService[] = [
  "azureSql",
  "postgresqlFlexible",
  "mysqlFlexible",
  "cosmosDb",
  "storageBlob",
  "storageFiles",
  "redis",
  "eventHubs",
  "serviceBus",
];

/** A declared store that the cloud runs; undefined for one in the cluster, or not chosen yet. */
export function readManagedStore(store: DataStore): ManagedStore | undefined {
  const service = services.find((each) => each === store.service);
  if (service === undefined || store.workload !== undefined) return undefined;
  const { readers, writers } = store.regions;
  const sku = store.sku ?? "";
  const level = cosmosLevels.find((each) => each === asObject(store.spec["consistency"])["reads"]);
  const isCopied = service.startsWith("storage") && /GRS|GZRS/i.test(sku);
  return {
    service,
    tier: service === "azureSql" ? sqlTier(sku) : (/basic|standard|premium/i.exec(sku)?.[0] ?? ""),
    zoneRedundant: store.zoneRedundant === true || /ZRS/i.test(sku),
    regions: isCopied ? 2 : Math.max(1, new Set([...readers, ...writers]).size),
    writeRegions: Math.max(1, writers.length),
    ...(level === undefined ? {} : { level }),
    sizeGiB: store.sizeGiB,
  };
}
