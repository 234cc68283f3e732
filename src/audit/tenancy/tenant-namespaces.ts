import { asObject, asStringMap, type StringMap } from "../../estate/kubernetes/json-value.ts";
import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import { namespaceLabels } from "../../estate/kubernetes/namespace-labels.ts";
import { type NamespaceScope, scopeKey } from "../../estate/kubernetes/object-index.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import type { Place } from "../../estate/sources/place.ts";
import { lookupOf } from "../estate-lookup/estate-lookup.ts";

/** The tenant that owns what keeps a cluster running; rules on tenants do not speak of it. */
export const platformTenant = "platform";

/** A namespace of one cluster and environment that runs pods, or whose Namespace object is in the input. */
export interface TenantNamespace extends NamespaceScope {
  readonly namespace: string;
  readonly tenant: string;
  /** Its Namespace object; undefined: not in the input, so that its labels are not known. */
  readonly declared: PlacedObject | undefined;
  /** With `kubernetes.io/metadata.name`, which every namespace has. */
  readonly labels: StringMap;
  readonly workloads: readonly Workload[];
  /** Of the Namespace object, else of the first workload. */
  readonly place: () => Place;
}

const known = new WeakMap<Estate, readonly TenantNamespace[]>();

/** Every namespace in the order of the estate, those of the platform too; worked out once an estate. */
export function namespacesOf(estate: Estate): readonly TenantNamespace[] {
  const before = known.get(estate);
  if (before !== undefined) return before;
  const namespaces = readNamespaces(estate);
  known.set(estate, namespaces);
  return namespaces;
}

/** The namespaces of tenants, not of the platform. */
export function tenantNamespaces(estate: Estate): readonly TenantNamespace[] {
  return namespacesOf(estate).filter(({ tenant }) => tenant !== platformTenant);
}

function readNamespaces(estate: Estate): readonly TenantNamespace[] {
  const index = lookupOf(estate).objects;
  const workloads = new Map<string, Workload[]>();
  const scopes = new Map<string, NamespaceScope & { readonly namespace: string; readonly tenant: string }>();
  for (const workload of estate.workloads) {
    const key = scopeKey(workload);
    entryOf(workloads, key, (): Workload[] => []).push(workload);
    const { environment, cluster, namespace, tenant } = workload;
    entryOf(scopes, key, () => ({ environment, cluster, namespace, tenant }));
  }
  const owners = new Map(estate.tenants.flatMap(({ name, namespaces }) => namespaces.map((each) => [each, name])));
  for (const { environment, cluster, object, tenant } of index.ofKind("Namespace")) {
    const scope = { environment, cluster, namespace: object.name, tenant: owners.get(object.name) ?? tenant };
    entryOf(scopes, scopeKey(scope), () => scope);
  }
  return [...scopes].map(([key, scope]) => {
    const own = workloads.get(key) ?? [];
    const declared = index.find({ ...scope, namespace: undefined }, "Namespace", scope.namespace);
    const place = () => declared?.object.locate([]) ?? own[0]?.place ?? { precision: "file" as const, source: "" };
    return { ...scope, declared, labels: namespaceLabels(index, scope), workloads: own, place };
  });
}

/** Annotations of an object. */
export function annotationsOf({ object }: PlacedObject): StringMap {
  return asStringMap(asObject(object.value.metadata).annotations);
}
