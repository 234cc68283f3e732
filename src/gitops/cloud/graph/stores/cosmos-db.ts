import { azureName } from "../azure-names.ts";
import { grantAccess } from "./store-access.ts";
import { addStoreEndpoints } from "./store-endpoints.ts";
import type { StoreTask } from "./store-task.ts";

const levels: { readonly [reads: string]: string } = {
  strong: "Strong",
  boundedStaleness: "BoundedStaleness",
  session: "Session",
  consistentPrefix: "ConsistentPrefix",
  eventual: "Eventual",
};

/** An account for documents with its regions in the order of failover, and one database. */
export function addCosmosDb(task: StoreTask): void {
  const { context, store, part, region, otherRegions } = task;
  const { draft, estate } = context;
  const { reads } = (store.spec["consistency"] ?? {}) as { readonly reads?: string };
  const level = levels[reads ?? "session"] ?? "Session";
  const hasManyWriters = store.regions.writers.length > 1;
  const account = draft.add(part, {
    type: "Microsoft.DocumentDB/databaseAccounts",
    name: azureName("cosmos", [store.name], estate.name),
    location: region,
    kind: "GlobalDocumentDB",
    properties: {
      databaseAccountOfferType: "Standard",
      consistencyPolicy:
        level === "BoundedStaleness" ? staleness(otherRegions.length > 0) : { defaultConsistencyLevel: level },
      locations: [region, ...otherRegions].map((name, index) => ({
        locationName: name,
        failoverPriority: index,
        isZoneRedundant: store.zoneRedundant === true,
      })),
      enableAutomaticFailover: otherRegions.length > 0,
      enableMultipleWriteLocations: hasManyWriters,
      backupPolicy: { type: "Continuous", continuousModeProperties: { tier: "Continuous7Days" } },
      disableLocalAuth: true,
      minimalTlsVersion: "Tls12",
      publicNetworkAccess: "Disabled",
    },
  });
  draft.add(part, {
    type: "Microsoft.DocumentDB/databaseAccounts/sqlDatabases",
    name: store.name,
    parent: account,
    properties: { resource: { id: store.name }, options: throughput(store.sku) },
  });
  grantAccess(task, (of, { identity }) =>
    draft.addDataRole(of, account, "00000000-0000-0000-0000-000000000002", identity),
  );
  addStoreEndpoints(task, { resource: account, group: "Sql", zone: "privatelink.documents.azure.com" });
}

/** The smallest bounds that the service takes: within one region, or over several. */
function staleness(isOverRegions: boolean) {
  return {
    defaultConsistencyLevel: "BoundedStaleness",
    maxStalenessPrefix: isOverRegions ? 100_000 : 10,
    maxIntervalInSeconds: isOverRegions ? 300 : 5,
  };
}

/** `autoscale 20000 RU/s` and `400 RU/s`; serverless and what is not said have no options. */
function throughput(sku: string | undefined) {
  const match = /(\d[\d ]*)\s*RU/i.exec(sku ?? "");
  const units = match === null ? undefined : Number((match[1] ?? "").replaceAll(" ", ""));
  if (units === undefined) return {};
  return /autoscale/i.test(sku ?? "") ? { autoscaleSettings: { maxThroughput: units } } : { throughput: units };
}
