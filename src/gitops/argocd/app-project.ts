import type { KindScopes } from "../../estate/kubernetes/kind-scope.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { DeliveryLeaf, DeliveryUnit } from "../delivery/delivery-unit.ts";
import { objectKeyOf } from "../delivery/object-key.ts";
import { PLATFORM_PROJECT } from "./leaf-parameters.ts";

/** What guards tenants and is the platform's to set: refused from a tenant's own applications unless they have it today. */
const guards = [
  { group: "", kind: "LimitRange" },
  { group: "", kind: "ResourceQuota" },
  { group: "networking.k8s.io", kind: "NetworkPolicy" },
  { group: "rbac.authorization.k8s.io", kind: "Role" },
  { group: "rbac.authorization.k8s.io", kind: "RoleBinding" },
] as const;

/**
 * The project of one tenant: its repository, its namespaces on its clusters, and of cluster-scoped kinds only those that
 * its applications have. The groups of its owners may look and synchronise: Argo CD matches them with the groups of a token,
 * and those of Entra are object ids, so that a name would let nobody in.
 */
export function tenantProject(
  name: string,
  groups: readonly string[],
  units: readonly DeliveryUnit[],
  repository: string,
  scopes: KindScopes,
  homeOf: HomeOf,
): JsonObject {
  const { destinations, clusterKinds, hasKind } = reachOf(units, scopes, homeOf);
  const refused = guards.filter((guard) => !hasKind(guard));
  return project(name, {
    description: `What ${name} delivers`,
    sourceRepos: [repository],
    destinations,
    clusterResourceWhitelist: clusterKinds,
    ...(refused.length === 0 ? {} : { namespaceResourceBlacklist: refused }),
    ...rolesOf(name, groups),
  });
}

/** The project of what the platform gives its tenants: their namespaces, and the cluster-scoped kinds that it has today. */
export function platformProject(
  units: readonly DeliveryUnit[],
  repository: string,
  scopes: KindScopes,
  homeOf: HomeOf,
): JsonObject {
  const { destinations, clusterKinds } = reachOf(units, scopes, homeOf);
  return project(PLATFORM_PROJECT, {
    description: "Namespaces, quotas, policies and roles of all tenants",
    sourceRepos: [repository],
    destinations,
    clusterResourceWhitelist: clusterKinds,
  });
}

/** Namespace that the application of a leaf names for objects without one. */
type HomeOf = (unit: DeliveryUnit, leaf: DeliveryLeaf) => string;

interface ObjectType {
  readonly group: string;
  readonly kind: string;
}

/** What units deliver: to which namespaces of which clusters, and which kinds. */
interface DeliveryReach {
  readonly destinations: readonly { readonly name: string; readonly namespace: string }[];
  readonly clusterKinds: readonly ObjectType[];
  readonly hasKind: (type: ObjectType) => boolean;
}

/** An application has to be let into the namespace that it names for objects without one, whatever it delivers. */
function reachOf(units: readonly DeliveryUnit[], scopes: KindScopes, homeOf: HomeOf): DeliveryReach {
  const kinds = new Map<string, { readonly group: string; readonly kind: string; readonly isClusterScoped: boolean }>();
  const destinations = new Map<string, { readonly name: string; readonly namespace: string }>();
  for (const unit of units) {
    for (const leaf of unit.leaves) {
      const { cluster, objects } = leaf;
      const home = homeOf(unit, leaf);
      destinations.set(`${cluster}/${home}`, { name: cluster, namespace: home });
      for (const object of objects) {
        const { group, kind, namespace = home } = objectKeyOf(object);
        const isClusterScoped = scopes.scopeOf({ apiVersion: String(object["apiVersion"]), kind }) === "Cluster";
        kinds.set(`${group}/${kind}`, { group, kind, isClusterScoped });
        if (!isClusterScoped) destinations.set(`${cluster}/${namespace}`, { name: cluster, namespace });
      }
    }
  }
  const clusterScoped = [...kinds.values()].filter(({ isClusterScoped }) => isClusterScoped);
  return {
    destinations: sorted(destinations),
    clusterKinds: clusterScoped.map(({ group, kind }) => ({ group, kind })).toSorted(byKind),
    hasKind: ({ group, kind }) => kinds.has(`${group}/${kind}`),
  };
}

function project(name: string, spec: JsonObject): JsonObject {
  return { apiVersion: "argoproj.io/v1alpha1", kind: "AppProject", metadata: { name, namespace: "argocd" }, spec };
}

function rolesOf(name: string, groups: readonly string[]): JsonObject {
  if (groups.length === 0) return {};
  const allow = (action: string) => `p, proj:${name}:owner, applications, ${action}, ${name}/*, allow`;
  return {
    roles: [
      {
        name: "owner",
        description: "Owners of the tenant",
        policies: [allow("get"), allow("sync")],
        groups: [...new Set(groups)].sort(),
      },
    ],
  };
}

function sorted<Value>(map: ReadonlyMap<string, Value>): readonly Value[] {
  return [...map].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, value]) => value);
}

function byKind(left: ObjectType, right: ObjectType) {
  const one = `${left.group}/${left.kind}`;
  const other = `${right.group}/${right.kind}`;
  return one === other ? 0 : one < other ? -1 : 1;
}
