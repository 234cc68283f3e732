import { managedCacheSku, tierClosedToNew, tierRetirement } from "../../../../catalog/service-tiers.ts";
import { assume } from "../../../../estate/assumptions/assumption-rule.ts";
import { storeSku } from "../../../../estate/assumptions/cloud-target-rules.ts";
import { cacheClosedToNew, cacheSizeUnknown } from "../../../../estate/diagnostics/cloud-target-diagnostics.ts";
import { diagnose } from "../../../../estate/diagnostics/diagnostic-rule.ts";
import { azureName, stableUuid } from "../azure-names.ts";
import type { Placed } from "../graph-draft.ts";
import { addManagedRedis } from "./managed-redis.ts";
import { grantAccess } from "./store-access.ts";
import { addStoreEndpoints } from "./store-endpoints.ts";
import { type StoreTask, zonesOf } from "./store-task.ts";

/** A cache that is reached from the networks of its clusters only, by identities and not by its keys. */
export function addRedis(task: StoreTask): void {
  const { context, store } = task;
  const declared = store.sku?.trim() ?? "";
  const old = redisSku(declared);
  if (old !== undefined) {
    sayClosed(task, `${old.name} ${old.family}${old.capacity}`);
    addAzureCache(task, old);
    return;
  }
  const sku = managedCacheSku(declared);
  if (sku === undefined && declared === "") {
    context.draft.assumptions.push(
      assume(storeSku, `DataStore/${store.name}`, { service: "Redis", sku: smallest }, store.place),
    );
  } else if (sku === undefined) {
    const said = { store: store.name, sku: declared, written: smallest };
    context.draft.diagnostics.push(diagnose(cacheSizeUnknown, said, { place: store.place }));
  }
  addManagedRedis(task, sku ?? smallest);
}

/** Azure Cache for Redis can be created by tenants that had one before only. */
const smallest = "Balanced_B0";

function sayClosed({ context, store }: StoreTask, sku: string): void {
  const closed = tierClosedToNew("redis", sku);
  if (closed === undefined) return;
  const said = { store: store.name, sku, since: closed.on, ends: tierRetirement("redis", sku)?.on };
  context.draft.diagnostics.push(diagnose(cacheClosedToNew, said, { place: store.place }));
}

function addAzureCache(task: StoreTask, sku: NonNullable<ReturnType<typeof redisSku>>): void {
  const { context, store, part, region } = task;
  const { draft, estate } = context;
  const cache = draft.add(part, {
    type: "Microsoft.Cache/redis",
    name: azureName("redis", [store.name], estate.name),
    location: region,
    zones: store.zoneRedundant === true ? zonesOf(task) : undefined,
    properties: {
      sku,
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
function redisSku(sku: string) {
  const match = /^(?:(Basic|Standard|Premium)[ _-]?)?([CP])(\d)$/i.exec(sku);
  if (match === null) return undefined;
  const [, tier, family = "C", capacity = "1"] = match;
  const name = tier ?? (family.toUpperCase() === "P" ? "Premium" : "Standard");
  return {
    name: `${name.slice(0, 1).toUpperCase()}${name.slice(1).toLowerCase()}`,
    family: family.toUpperCase(),
    capacity: Number(capacity),
  };
}
