import { azureName, stableUuid } from "../azure-names.ts";
import type { Placed } from "../graph-draft.ts";
import { grantAccess } from "./store-access.ts";
import { addStoreEndpoints } from "./store-endpoints.ts";
import type { StoreTask } from "./store-task.ts";

/**
 * An Azure Managed Redis with its one database. It has no zones to choose: with high availability, Azure spreads it over
 * those of its region.
 */
export function addManagedRedis(task: StoreTask, sku: string): void {
  const { context, store, part, region } = task;
  const { draft, estate } = context;
  const cache = draft.add(part, {
    type: "Microsoft.Cache/redisEnterprise",
    name: azureName("managedRedis", [store.name], estate.name),
    location: region,
    sku: { name: sku },
    properties: { highAvailability: "Enabled", minimumTlsVersion: "1.2", publicNetworkAccess: "Disabled" },
  });
  const database = draft.add(part, {
    type: "Microsoft.Cache/redisEnterprise/databases",
    name: "default",
    parent: cache,
    properties: {
      clientProtocol: "Encrypted",
      port: 10_000,
      // One endpoint, which clients that know nothing of shards can use too. It cannot be changed later.
      clusteringPolicy: "EnterpriseCluster",
      evictionPolicy: "VolatileLRU",
      accessKeysAuthentication: "Disabled",
    },
  });
  let last: readonly Placed[] = [];
  grantAccess(task, (of, { identity }) => {
    const assignment = draft.add(of, {
      type: "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments",
      // Letters and digits only.
      name: stableUuid([database.key, identity.key]).replaceAll("-", ""),
      parent: database,
      // A database takes one change at a time.
      after: last,
      properties: {
        accessPolicyName: "default",
        user: { objectId: { $ref: identity.key, output: "properties.principalId" } },
      },
    });
    last = [assignment];
  });
  addStoreEndpoints(task, { resource: cache, group: "redisEnterprise", zone: "privatelink.redis.azure.net" });
}
