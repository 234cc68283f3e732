import { assume } from "../../../../estate/assumptions/assumption-rule.ts";
import { storeSku } from "../../../../estate/assumptions/cloud-target-rules.ts";
import { azureName, stableUuid } from "../azure-names.ts";
import type { Placed } from "../graph-draft.ts";
import { grantAccess } from "./store-access.ts";
import { addStoreEndpoints } from "./store-endpoints.ts";
import { type StoreTask, zonesOf } from "./store-task.ts";

/** A cache that is reached from the networks of its clusters only, by identities and not by its keys. */
export function addRedis(task: StoreTask): void {
  const { context, store, part, region } = task;
  const { draft, estate } = context;
  const sku = redisSku(store.sku);
  if (sku === undefined) {
    draft.assumptions.push(
      assume(storeSku, `DataStore/${store.name}`, { service: "Redis", sku: "Standard C1" }, store.place),
    );
  }
  const cache = draft.add(part, {
    type: "Microsoft.Cache/redis",
    name: azureName("redis", [store.name], estate.name),
    location: region,
    zones: store.zoneRedundant === true ? zonesOf(task) : undefined,
    properties: {
      sku: { ...(sku ?? { name: "Standard", family: "C", capacity: 1 }) },
      redisVersion: "6",
      enableNonSslPort: false,
      minimumTlsVersion: "1.2",
      publicNetworkAccess: "Disabled",
      redisConfiguration: { "aad-enabled": "true" },
      disableAccessKeyAuthentication: true,
    },
  });
  let last: readonly Placed[] = [];
  grantAccess(task, (of, { identity }) => {
    const assignment = draft.add(of, {
      type: "Microsoft.Cache/redis/accessPolicyAssignments",
      name: stableUuid([cache.key, identity.key]),
      parent: cache,
      // A cache takes one change at a time.
      after: last,
      properties: {
        accessPolicyName: "Data Contributor",
        objectId: { $ref: identity.key, output: "properties.principalId" },
        objectIdAlias: identity.name,
      },
    });
    last = [assignment];
  });
  addStoreEndpoints(task, { resource: cache, group: "redisCache", zone: "privatelink.redis.cache.windows.net" });
}

/** `Standard C3`, `Premium P1`, `C2`. */
function redisSku(sku: string | undefined) {
  const match = /^(?:(Basic|Standard|Premium)[ _-]?)?([CP])(\d)$/i.exec(sku ?? "");
  if (match === null) return undefined;
  const [, tier, family = "C", capacity = "1"] = match;
  const name = tier ?? (family.toUpperCase() === "P" ? "Premium" : "Standard");
  return {
    name: `${name.slice(0, 1).toUpperCase()}${name.slice(1).toLowerCase()}`,
    family: family.toUpperCase(),
    capacity: Number(capacity),
  };
}
