import { assume } from "../../../../estate/assumptions/assumption-rule.ts";
import { storeSku } from "../../../../estate/assumptions/cloud-target-rules.ts";
import { accessMissing } from "../../../../estate/diagnostics/cloud-target-diagnostics.ts";
import { diagnose } from "../../../../estate/diagnostics/diagnostic-rule.ts";
import { azureName } from "../azure-names.ts";
import type { Placed } from "../graph-draft.ts";
import { parameterName } from "../resource-value.ts";
import { addLoginScript, mysqlLogins, postgresqlLogins } from "./database-logins.ts";
import { databaseAdministrators } from "./store-access.ts";
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
  const administrators = databaseAdministrators();
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
        tenantId: administrators.tenantId,
      },
    },
  });
  const administrator = draft.add(part, {
    type: "Microsoft.DBforPostgreSQL/flexibleServers/administrators",
    name: parameterName(administrators.objectId),
    parent: server,
    properties: {
      principalName: administrators.name,
      principalType: "Group",
      tenantId: administrators.tenantId,
    },
  });
  draft.add(part, {
    type: "Microsoft.DBforPostgreSQL/flexibleServers/databases",
    name: store.name,
    parent: server,
    // A server takes one change at a time.
    after: [administrator],
    properties: { charset: "UTF8", collation: "en_US.utf8" },
  });
  addLoginScript(task, server, postgresqlLogins);
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
  // The server looks up logins in the directory as itself.
  const reader = draft.add(part, {
    type: "Microsoft.ManagedIdentity/userAssignedIdentities",
    name: azureName("identity", [store.name, "server"], estate.name),
    location: region,
  });
  const server = draft.add(part, {
    type: "Microsoft.DBforMySQL/flexibleServers",
    name: azureName("mysql", [store.name], estate.name),
    location: region,
    sku: { ...chosenSku(task, "MySQL") },
    identity: { type: "UserAssigned", userAssignedIdentities: [reader.id] },
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
  const onlyEntra = addMysqlAdministrators(task, server, reader);
  draft.add(part, {
    type: "Microsoft.DBforMySQL/flexibleServers/databases",
    name: store.name,
    parent: server,
    after: [onlyEntra],
    properties: { charset: "utf8mb4", collation: "utf8mb4_0900_ai_ci" },
  });
  addStoreEndpoints(task, { resource: server, group: "mysqlServer", zone: "privatelink.mysql.database.azure.com" });
}

/** Logins of Entra, and of nothing else: the password that creates the server opens it no more. */
function addMysqlAdministrators(task: StoreTask, server: Placed, reader: Placed): Placed {
  const { context, store, part } = task;
  const administrators = databaseAdministrators();
  const administrator = context.draft.add(part, {
    type: "Microsoft.DBforMySQL/flexibleServers/administrators",
    name: "ActiveDirectory",
    parent: server,
    properties: {
      administratorType: "ActiveDirectory",
      identityResourceId: reader.id,
      login: administrators.name,
      sid: administrators.objectId,
      tenantId: administrators.tenantId,
    },
  });
  const parameters = {
    lack: `${reader.name} cannot look up logins of ${server.name} yet`,
    reason: "rights on the directory are given in Entra, not by a resource of Azure",
    remedy: `Give ${reader.name} the Entra role Directory Readers before the first deployment ends.`,
  };
  context.draft.diagnostics.push(diagnose(accessMissing, parameters, { place: store.place }));
  addLoginScript(task, server, mysqlLogins);
  return context.draft.add(part, {
    type: "Microsoft.DBforMySQL/flexibleServers/configurations",
    name: "aad_auth_only",
    parent: server,
    after: [administrator],
    properties: { value: "ON", source: "user-override" },
  });
}

function chosenSku({ context, store }: StoreTask, service: string): ServerSku {
  const sku = serverSku(store.sku);
  if (sku !== undefined) return sku;
  context.draft.assumptions.push(
    assume(storeSku, `DataStore/${store.name}`, { service, sku: smallest.name }, store.place),
  );
  return smallest;
}
