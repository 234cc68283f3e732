import type { PlacedObject } from "../../estate/model/estate.ts";
import type { EstateIndex } from "./estate-index.ts";
import type { UnitAddress } from "./unit-drafts.ts";

/** Namespaced kinds that fence a tenant in: the platform's to give, not the application's. */
const fences = new Set(["ResourceQuota", "LimitRange"]);
const platformTenant = "platform";

/** Cluster-scoped objects and fences go to the platform, by tenant; all else to its application or namespace. */
export function addressOf(placed: PlacedObject, index: EstateIndex): UnitAddress {
  const { namespace, tenant, object } = placed;
  if (namespace === undefined || fences.has(object.kind)) return platformAddress(tenant);
  const application =
    (placed.application === undefined ? undefined : index.applications.get(placed.application)) ??
    index.applicationOf(namespace);
  if (application !== undefined) return applicationAddress(application, tenant);
  const name = index.applications.has(namespace) ? `${namespace}-namespace` : namespace;
  return { tree: tenant === platformTenant ? "platform" : "apps", name, namespace, tenant };
}

/** The unit of an application. */
export function applicationAddress(
  { name, namespace }: { readonly name: string; readonly namespace: string | undefined },
  tenant: string,
): UnitAddress {
  return { tree: "apps", name, namespace, tenant };
}

/** What the platform gives a tenant. That of the platform itself is what all others need. */
export function platformAddress(tenant: string): UnitAddress {
  return { tree: "platform", name: tenant === platformTenant ? "cluster" : tenant, namespace: undefined, tenant };
}
