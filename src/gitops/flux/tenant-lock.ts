import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import type { Delivery } from "../agent.ts";
import type { DeliveryUnit } from "../delivery/delivery-unit.ts";
import { objectKeyOf } from "../delivery/object-key.ts";
import { FLUX_NAMESPACE, reconcilerName } from "./flux-names.ts";

/** Tenants that are not fenced in: the platform itself, and what nobody owns. */
const openTenants = new Set(["platform", "unassigned"]);

/** The reconciler that a unit is applied by; undefined where the controller's own rights are needed. */
export function reconcilerOf({ tree, tenant }: DeliveryUnit): string | undefined {
  return tree === "apps" && !openTenants.has(tenant) ? reconcilerName(tenant) : undefined;
}

/** What a reconciler has to write in each namespace: resources by API group. */
export type NamespaceNeeds = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/** What the applications of each locked tenant deliver to a cluster, by namespace; sorted. */
export function lockedNamespaces({ units, packaging }: Delivery, cluster: string): ReadonlyMap<string, NamespaceNeeds> {
  const locked = new Map<string, Map<string, Map<string, Set<string>>>>();
  for (const unit of units.filter((each) => reconcilerOf(each) !== undefined)) {
    for (const leaf of unit.leaves.filter((each) => each.cluster === cluster)) {
      for (const { namespace, group, kind } of leaf.objects.map(objectKeyOf)) {
        if (namespace === undefined) continue;
        const byNamespace = entryOf(locked, unit.tenant, () => new Map<string, Map<string, Set<string>>>());
        const byGroup = entryOf(byNamespace, namespace, () => new Map<string, Set<string>>());
        entryOf(byGroup, group, () => new Set<string>()).add(resourceOf(kind));
        // A release is recorded in a Secret.
        if (packaging.name === "helm") entryOf(byGroup, "", () => new Set<string>()).add("secrets");
      }
    }
  }
  return sorted(locked);
}

/** The reconciler of a tenant: it may write what is delivered to the tenant's namespaces, and nothing elsewhere. */
export function tenantLock(tenant: string, needs: NamespaceNeeds): readonly JsonObject[] {
  const name = reconcilerName(tenant);
  const binding = (namespace: string, roleKind: string, role: string): JsonObject => ({
    apiVersion: `${RBAC}/v1`,
    kind: "RoleBinding",
    metadata: { name: role, namespace },
    roleRef: { apiGroup: RBAC, kind: roleKind, name: role },
    subjects: [{ kind: "ServiceAccount", name, namespace: FLUX_NAMESPACE }],
  });
  return [
    {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name, namespace: FLUX_NAMESPACE },
      automountServiceAccountToken: false,
    },
    ...[...sorted(needs)].flatMap(([namespace, byGroup]) => [
      {
        apiVersion: `${RBAC}/v1`,
        kind: "Role",
        metadata: { name, namespace },
        rules: [...sorted(byGroup)].map(([group, resources]) => ({
          apiGroups: [group],
          resources: [...resources].sort(),
          verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
        })),
      },
      binding(namespace, "Role", name),
      // Who gives rights has to have them: those of an administrator of the namespace, and no others.
      ...(byGroup.has(RBAC) ? [binding(namespace, "ClusterRole", "admin")] : []),
    ]),
  ];
}

const RBAC = "rbac.authorization.k8s.io";

/** The resource of a kind, by the rule that Kubernetes clients guess it by. */
function resourceOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (/(?:s|x|z|ch|sh)$/.test(lower)) return `${lower}es`;
  return /[^aeiou]y$/.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}

function sorted<Value>(map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  return new Map([...map].sort(([left], [right]) => (left < right ? -1 : 1)));
}
