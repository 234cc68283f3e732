import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { DeliveryUnit } from "../delivery/delivery-unit.ts";
import { objectKeyOf } from "../delivery/object-key.ts";
import { FLUX_NAMESPACE, reconcilerName } from "./flux-names.ts";

/** Tenants that are not fenced in: the platform itself, and what nobody owns. */
const openTenants = new Set(["platform", "unassigned"]);

/** The reconciler that a unit is applied by; undefined where the controller's own rights are needed. */
export function reconcilerOf({ tree, tenant }: DeliveryUnit): string | undefined {
  return tree === "apps" && !openTenants.has(tenant) ? reconcilerName(tenant) : undefined;
}

/** Namespaces on a cluster that the applications of each locked tenant deliver to; sorted. */
export function lockedNamespaces(
  units: readonly DeliveryUnit[],
  cluster: string,
): ReadonlyMap<string, readonly string[]> {
  const byTenant = Map.groupBy(
    units.filter((unit) => reconcilerOf(unit) !== undefined),
    ({ tenant }) => tenant,
  );
  const namespacesOf = (list: readonly DeliveryUnit[]) =>
    list
      .flatMap(({ leaves }) => leaves.filter((leaf) => leaf.cluster === cluster))
      .flatMap(({ objects }) => objects.flatMap((object) => objectKeyOf(object).namespace ?? []));
  return new Map(
    [...byTenant]
      .map(([tenant, list]): [string, readonly string[]] => [tenant, [...new Set(namespacesOf(list))].sort()])
      .filter(([, namespaces]) => namespaces.length > 0)
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** The reconciler of a tenant: all rights in the tenant's namespaces, none elsewhere. */
export function tenantLock(tenant: string, namespaces: readonly string[]): readonly JsonObject[] {
  const name = reconcilerName(tenant);
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: FLUX_NAMESPACE } },
    ...namespaces.map((namespace) => ({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name, namespace },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
      subjects: [{ kind: "ServiceAccount", name, namespace: FLUX_NAMESPACE }],
    })),
  ];
}
