import { assume } from "../../../../estate/assumptions/assumption-rule.ts";
import { storeSku } from "../../../../estate/assumptions/cloud-target-rules.ts";
import { azureName } from "../azure-names.ts";
import { addStoreEndpoints, backupDays } from "./store-endpoints.ts";
import { type StoreTask, zonesOf } from "./store-task.ts";

interface ServerSku {
  readonly name: string;
  readonly tier: string;
}

/** Sizes that both services sell, with the tier that a size belongs to. */
function serverSku(sku: string | undefined): ServerSku | undefined {
  if (sku === undefined || !/^Standard_[A-Z]\w+$/.test(sku)) return undefined;
  if (sku.startsWith("Standard_B")) return { name: sku, tier: "Burstable" };
  return { name: sku, tier: sku.startsWith("Standard_E") ? "MemoryOptimized" : "GeneralPurpose" };
}

const smallest: ServerSku = { name: "Standard_D2ds_v5", tier: "GeneralPurpose" };

/** Disk sizes of PostgreSQL flexible servers double from 32 GiB. */
function diskSize(wanted: number | undefined): number {
  const sizes = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768];
  return sizes.find((size) => size >= (wanted ?? 0)) ?? 32768;
}

export function addPostgresql(task: StoreTask): void {
  const { context, store, part, region, otherRegions } = task;
  const { draft, estate } = context;
  const zones = zonesOf(task);
  const server = draft.add(part, {
    type: "Microsoft.DBforPostgreSQL/flexibleServers",
    name: azureName("postgresql", [store.name], estate.name),
    location: region,
    sku: { ...chosenSku(task, "PostgreSQL") },
    properties: {
      version: "16",
      createMode: "Create",
      availabilityZone: zones[0],
      storage: { storageSizeGB: diskSize(store.sizeGiB), autoGrow: "Enabled" },
      backup: {
        backupRetentionDays: backupDays(task, 7, 35),
        geoRedundantBackup: otherRegions.length > 0 ? "Enabled" : "Disabled",
      },
      highAvailability:
        store.zoneRedundant === true
          ? { mode: "ZoneRedundant", standbyAvailabilityZone: zones[1] }
          : { mode: "Disabled" },
      network: { publicNetworkAccess: "Disabled" },
      authConfig: {
        activeDirectoryAuth: "Enabled",
        passwordAuth: "Disabled",
        tenantId: { $parameter: "tenantId", secure: false },
      },
    },
  });
  draft.add(part, {
    type: "Microsoft.DBforPostgreSQL/flexibleServers/databases",
    name: store.name,
    parent: server,
    properties: { charset: "UTF8", collation: "en_US.utf8" },
  });
  addStoreEndpoints(task, {
    resource: server,
    group: "postgresqlServer",
    zone: "privatelink.postgres.database.azure.com",
  });
}

export function addMysql(task: StoreTask): void {
  const { context, store, part, region, otherRegions } = task;
  const { draft, estate } = context;
  const zones = zonesOf(task);
  const server = draft.add(part, {
    type: "Microsoft.DBforMySQL/flexibleServers",
    name: azureName("mysql", [store.name], estate.name),
    location: region,
    sku: { ...chosenSku(task, "MySQL") },
    properties: {
      version: "8.0.21",
      administratorLogin: "estateadmin",
      administratorLoginPassword: { $parameter: "mysqlAdminPassword", secure: true },
      availabilityZone: zones[0],
      storage: { storageSizeGB: Math.max(20, Math.ceil(store.sizeGiB ?? 20)), autoGrow: "Enabled" },
      backup: {
        backupRetentionDays: backupDays(task, 7, 35),
        geoRedundantBackup: otherRegions.length > 0 ? "Enabled" : "Disabled",
      },
      highAvailability:
        store.zoneRedundant === true
          ? { mode: "ZoneRedundant", standbyAvailabilityZone: zones[1] }
          : { mode: "Disabled" },
      network: { publicNetworkAccess: "Disabled" },
    },
  });
  draft.add(part, {
    type: "Microsoft.DBforMySQL/flexibleServers/databases",
    name: store.name,
    parent: server,
    properties: { charset: "utf8mb4", collation: "utf8mb4_0900_ai_ci" },
  });
  addStoreEndpoints(task, { resource: server, group: "mysqlServer", zone: "privatelink.mysql.database.azure.com" });
}

function chosenSku({ context, store }: StoreTask, service: string): ServerSku {
  const sku = serverSku(store.sku);
  if (sku !== undefined) return sku;
  context.draft.assumptions.push(
    assume(storeSku, `DataStore/${store.name}`, { service, sku: smallest.name }, store.place),
  );
  return smallest;
}
