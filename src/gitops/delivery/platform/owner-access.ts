import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { Tenant } from "../../../estate/model/tenant.ts";
import type { ClusterFacts } from "../delivery-inputs.ts";
import type { DeliveryPlace } from "../place.ts";

const objectId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Owners whose group the cluster knows by an object id, and those whose id nobody has told yet. */
export interface OwnerGroups {
  readonly ids: readonly string[];
  readonly unknown: readonly string[];
}

/** AKS knows groups of Entra by their object id alone: a binding to a name gives nobody anything. */
export function ownerGroups({ owners }: Tenant, facts: ClusterFacts): OwnerGroups {
  const idOf = (owner: string) => {
    if (objectId.test(owner)) return owner;
    return Object.hasOwn(facts.groups, owner) ? facts.groups[owner] : undefined;
  };
  return {
    ids: owners.flatMap((owner) => idOf(owner) ?? []),
    unknown: owners.filter((owner) => idOf(owner) === undefined),
  };
}

/**
 * Lets owners work in a namespace: look on where criticality is high, because changes come through the repository there,
 * and edit elsewhere. Undefined without a group.
 */
export function ownerAccess(
  namespace: string,
  { environment }: DeliveryPlace,
  groups: OwnerGroups,
): JsonObject | undefined {
  if (groups.ids.length === 0) return undefined;
  const role = environment.criticality === "high" ? "view" : "edit";
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: `owners-${role}`, namespace },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
    subjects: groups.ids.map((name) => ({ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name })),
  };
}
