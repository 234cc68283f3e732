import type { Estate } from "../../estate/model/estate.ts";
import type { Rbac } from "./build-rbac.ts";
import { isBroadGroup, type Subject, subjectKey } from "./subject.ts";

/** A subject that acts for a tenant, and why it counts as the tenant's. */
export interface TenantSubject {
  readonly subject: Subject;
  readonly because: string;
}

/** Namespaces of a tenant on one cluster: those it owns and those its objects and workloads are in; sorted. */
export function namespacesOf(
  { tenants, objects, workloads }: Pick<Estate, "tenants" | "objects" | "workloads">,
  cluster: string,
  tenant: string,
): ReadonlySet<string> {
  const owned = tenants.find(({ name }) => name === tenant)?.namespaces ?? [];
  const used = [...objects, ...workloads].flatMap((placed) =>
    placed.cluster === cluster && placed.tenant === tenant ? (placed.namespace ?? []) : [],
  );
  return new Set([...owned, ...used].toSorted());
}

/**
 * Who acts for a tenant on a cluster: the service accounts of its namespaces, its owners, and the people and groups that
 * only its own namespaces' bindings, or bindings that it ships itself, name.
 */
export function tenantSubjects(
  estate: Pick<Estate, "tenants" | "objects" | "workloads">,
  rbac: Rbac,
  tenant: string,
  namespaces: ReadonlySet<string> = namespacesOf(estate, rbac.cluster, tenant),
): readonly TenantSubject[] {
  const owners = new Set(estate.tenants.find(({ name }) => name === tenant)?.owners ?? []);
  const found = new Map<string, TenantSubject>();
  const add = (subject: Subject, because: string) => {
    const key = subjectKey(subject);
    if (!found.has(key)) found.set(key, { subject, because });
  };
  for (const namespace of namespaces) {
    add({ kind: "ServiceAccount", namespace, name: "default" }, `every namespace has one, and ${namespace} is its own`);
  }
  for (const subject of rbac.subjects) {
    if (subject.kind === "ServiceAccount") {
      if (namespaces.has(subject.namespace)) add(subject, `${subject.namespace} is its own`);
    } else if (owners.has(subject.name)) add(subject, "the Tenant document names it as owner");
  }
  for (const [subject, because] of boundByTenant(estate, rbac, tenant)) add(subject, because);
  return [...found].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, entry]) => entry);
}

/** People and groups that one tenant's bindings name and no other's; owners of another tenant are that tenant's. */
function boundByTenant(
  { tenants, objects, workloads }: Pick<Estate, "tenants" | "objects" | "workloads">,
  rbac: Rbac,
  tenant: string,
): readonly (readonly [Subject, string])[] {
  const owners = new Set(tenants.flatMap((each) => (each.name === tenant ? [] : each.owners)));
  const ownerOfNamespace = new Map<string, string>();
  for (const placed of [...objects, ...workloads]) {
    if (placed.cluster === rbac.cluster && placed.namespace !== undefined) {
      ownerOfNamespace.set(placed.namespace, placed.tenant);
    }
  }
  const by = new Map<string, { subject: Subject; tenants: Set<string>; binding: string }>();
  for (const { kind, name, namespace, subjects, tenant: shipper, place } of rbac.bindings) {
    if (place === undefined) continue;
    const holder = namespace === undefined ? shipper : (ownerOfNamespace.get(namespace) ?? shipper);
    for (const subject of subjects) {
      if (subject.kind === "ServiceAccount" || isBroadGroup(subject) || subject.name.startsWith("system:")) continue;
      const key = subjectKey(subject);
      const entry = by.get(key) ?? { subject, tenants: new Set(), binding: `${kind} ${name}` };
      entry.tenants.add(holder);
      by.set(key, entry);
    }
  }
  return [...by.values()]
    .filter(({ subject, tenants: holders }) => holders.size === 1 && holders.has(tenant) && !owners.has(subject.name))
    .map(({ subject, binding }) => [subject, `only its ${binding} names it`]);
}
