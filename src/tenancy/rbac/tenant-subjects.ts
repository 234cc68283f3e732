import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Rbac } from "./build-rbac.ts";
import { isBroadGroup, type Subject, subjectKey } from "./subject.ts";

/** A subject that acts for a tenant, and why it counts as the tenant's. */
export interface TenantSubject {
  readonly subject: Subject;
  readonly because: string;
}

/** Namespaces of a tenant on one cluster: those it owns and those its objects and workloads are in; sorted. */
export function namespacesOf(estate: PlacedEstate, cluster: string, tenant: string): ReadonlySet<string> {
  const owned = estate.tenants.find(({ name }) => name === tenant)?.namespaces ?? [];
  const used = usedNamespaces(estate).get(`${cluster}/${tenant}`) ?? [];
  return new Set([...owned, ...used].toSorted());
}

type PlacedEstate = Pick<Estate, "tenants" | "objects" | "workloads">;

const knownNamespaces = new WeakMap<PlacedEstate, ReadonlyMap<string, ReadonlySet<string>>>();

/** Namespaces of objects and workloads by `cluster/tenant`, found once an estate: every tenant asks. */
function usedNamespaces(estate: PlacedEstate): ReadonlyMap<string, ReadonlySet<string>> {
  const known = knownNamespaces.get(estate);
  if (known !== undefined) return known;
  const used = new Map<string, Set<string>>();
  for (const placed of [estate.objects, estate.workloads].flat()) {
    const { cluster, tenant, namespace } = placed;
    if (namespace !== undefined) entryOf(used, `${cluster}/${tenant}`, () => new Set<string>()).add(namespace);
  }
  knownNamespaces.set(estate, used);
  return used;
}

/**
 * Who acts for a tenant on a cluster: the service accounts of its namespaces, its owners, and the people and groups that
 * only its own namespaces' bindings, or bindings that it ships itself, name.
 */
export function tenantSubjects(
  estate: PlacedEstate,
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
  const { accounts, people } = knownSubjects(rbac);
  for (const namespace of namespaces) {
    for (const account of accounts.get(namespace) ?? []) add(account, `${namespace} is its own`);
  }
  for (const owner of owners) {
    for (const subject of people.get(owner) ?? []) add(subject, "the Tenant document names it as owner");
  }
  for (const [subject, because] of boundByTenant(estate, rbac, tenant)) add(subject, because);
  return [...found].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, entry]) => entry);
}

interface KnownSubjects {
  /** Service accounts by namespace. */
  readonly accounts: ReadonlyMap<string, readonly Subject[]>;
  /** Users and groups by name. */
  readonly people: ReadonlyMap<string, readonly Subject[]>;
}

const subjectsByRbac = new WeakMap<Rbac, KnownSubjects>();

function knownSubjects(rbac: Rbac): KnownSubjects {
  return entryOf(subjectsByRbac, rbac, () => {
    const accounts = new Map<string, Subject[]>();
    const people = new Map<string, Subject[]>();
    for (const subject of rbac.subjects) {
      const [index, key] = subject.kind === "ServiceAccount" ? [accounts, subject.namespace] : [people, subject.name];
      entryOf(index, key, (): Subject[] => []).push(subject);
    }
    return { accounts, people };
  });
}

/** People and groups that one tenant's bindings name and no other's; owners of another tenant are that tenant's. */
function boundByTenant(estate: PlacedEstate, rbac: Rbac, tenant: string): readonly (readonly [Subject, string])[] {
  const bound = boundByOne(estate, rbac).get(tenant) ?? [];
  if (bound.length === 0) return [];
  const owners = new Set(estate.tenants.flatMap((each) => (each.name === tenant ? [] : each.owners)));
  return bound
    .filter(({ subject }) => !owners.has(subject.name))
    .map(({ subject, binding }) => [subject, `only its ${binding} names it`]);
}

interface BoundSubject {
  readonly subject: Subject;
  /** Tenants whose bindings name it. */
  readonly holders: Set<string>;
  /** The first of them. */
  readonly binding: string;
}

const knownBound = new WeakMap<PlacedEstate, WeakMap<Rbac, ReadonlyMap<string, readonly BoundSubject[]>>>();

/** People and groups that the bindings of one tenant alone name, by that tenant; found once for all of them. */
function boundByOne(estate: PlacedEstate, rbac: Rbac): ReadonlyMap<string, readonly BoundSubject[]> {
  const ofEstate = entryOf(knownBound, estate, () => new WeakMap());
  return entryOf(ofEstate, rbac, () => {
    const alone = [...readBoundSubjects(estate, rbac)].filter(({ holders }) => holders.size === 1);
    return Map.groupBy(alone, ({ holders }) => [...holders][0] ?? "");
  });
}

function readBoundSubjects({ objects, workloads }: PlacedEstate, rbac: Rbac): Iterable<BoundSubject> {
  const ownerOfNamespace = new Map<string, string>();
  for (const placed of [objects, workloads].flat()) {
    if (placed.cluster === rbac.cluster && placed.namespace !== undefined) {
      ownerOfNamespace.set(placed.namespace, placed.tenant);
    }
  }
  const by = new Map<string, BoundSubject>();
  for (const { kind, name, namespace, subjects, tenant: shipper, place } of rbac.bindings) {
    if (place === undefined) continue;
    const holder = namespace === undefined ? shipper : (ownerOfNamespace.get(namespace) ?? shipper);
    for (const subject of subjects) {
      if (subject.kind === "ServiceAccount" || isBroadGroup(subject) || subject.name.startsWith("system:")) continue;
      const entry = entryOf(by, subjectKey(subject), () => ({
        subject,
        holders: new Set<string>(),
        binding: `${kind} ${name}`,
      }));
      entry.holders.add(holder);
    }
  }
  return by.values();
}
