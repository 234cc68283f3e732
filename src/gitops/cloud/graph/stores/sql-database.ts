import { assume } from "../../../../estate/assumptions/assumption-rule.ts";
import { storeSku } from "../../../../estate/assumptions/cloud-target-rules.ts";
import { azureName } from "../azure-names.ts";
import type { Placed } from "../graph-draft.ts";
import { addLoginScript, sqlLogins } from "./database-logins.ts";
import { databaseAdministrators } from "./store-access.ts";
import { addStoreEndpoints, backupDays } from "./store-endpoints.ts";
import type { StoreTask } from "./store-task.ts";

const zone = "privatelink.database.windows.net";
const smallest = "GP_Gen5_2";

/** A server and its database; a server in every other region and a failover group where the estate names several. */
export function addSql(task: StoreTask): void {
  const { context, store, part, region, otherRegions } = task;
  const { draft, estate } = context;
  const server = addServer(task, region, []);
  const sku = sqlSku(store.sku);
  if (sku === undefined) {
    const parameters = { service: "Azure SQL", sku: smallest };
    draft.assumptions.push(assume(storeSku, `DataStore/${store.name}`, parameters, store.place));
  }
  addLoginScript(task, server, sqlLogins);
  const database = draft.add(part, {
    type: "Microsoft.Sql/servers/databases",
    name: store.name,
    parent: server,
    location: region,
    sku: { name: sku ?? smallest },
    properties: {
      maxSizeBytes: gibibytes(store.sizeGiB),
      zoneRedundant: store.zoneRedundant,
      requestedBackupStorageRedundancy: otherRegions.length > 0 ? "Geo" : "Zone",
    },
  });
  draft.add(part, {
    type: "Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies",
    name: "default",
    parent: database,
    properties: { retentionDays: backupDays(task, 7, 35) },
  });
  addLongRetention(task, database);
  const partners = otherRegions.map((other) => addServer(task, other, [other]));
  const [partner] = partners;
  if (partner === undefined) return;
  draft.add(part, {
    type: "Microsoft.Sql/servers/failoverGroups",
    name: azureName("sqlServer", [store.name, "group"], estate.name),
    parent: server,
    properties: {
      readWriteEndpoint: { failoverPolicy: "Manual" },
      readOnlyEndpoint: { failoverPolicy: "Disabled" },
      databases: [database.id],
      partnerServers: [{ id: partner.id }],
    },
  });
}

function addServer(task: StoreTask, region: string, words: readonly string[]): Placed {
  const { context, store, part } = task;
  const administrators = databaseAdministrators();
  const server = context.draft.add(part, {
    type: "Microsoft.Sql/servers",
    name: azureName("sqlServer", [store.name, ...words], context.estate.name),
    location: region,
    properties: {
      version: "12.0",
      minimalTlsVersion: "1.2",
      publicNetworkAccess: "Disabled",
      administrators: {
        administratorType: "ActiveDirectory",
        azureADOnlyAuthentication: true,
        login: administrators.name,
        principalType: "Group",
        sid: administrators.objectId,
        tenantId: administrators.tenantId,
      },
    },
  });
  addStoreEndpoints(task, { resource: server, group: "sqlServer", zone, words });
  return server;
}

function addLongRetention({ context, store, part }: StoreTask, parent: Placed): void {
  const retention = store.spec["retention"] as { readonly years?: number; readonly immutable?: boolean } | undefined;
  const years = retention?.years ?? 0;
  if (years < 1) return;
  context.draft.add(part, {
    type: "Microsoft.Sql/servers/databases/backupLongTermRetentionPolicies",
    name: "default",
    parent,
    properties: {
      weeklyRetention: "P5W",
      monthlyRetention: "P12M",
      yearlyRetention: `P${Math.ceil(years)}Y`,
      weekOfYear: 1,
    },
  });
}

function sqlSku(sku: string | undefined): string | undefined {
  return sku !== undefined && /^(?:(?:GP|BC|HS)(?:_S)?_[A-Za-z0-9]+_\d+|Basic|[SP]\d{1,2})$/.test(sku)
    ? sku
    : undefined;
}

function gibibytes(size: number | undefined): number | undefined {
  return size === undefined ? undefined : Math.ceil(size) * 1024 ** 3;
}
