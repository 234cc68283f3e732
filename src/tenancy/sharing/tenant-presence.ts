import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Tenant } from "../../estate/model/tenant.ts";
import type { Admission } from "../../scheduling/admitting-pools.ts";
import type { TenantPresence } from "../structure-report.ts";

/** A tenant with what it runs and where: what pairs are compared by. */
export interface LocatedTenant {
  readonly tenant: Tenant;
  readonly workloads: readonly Workload[];
  readonly clusters: readonly Cluster[];
  /** Names of the clusters that run a workload of it. */
  readonly runsOn: ReadonlySet<string>;
  /** `cluster/pool` that may take at least one of its pods, each with the workloads it may take. */
  readonly pools: ReadonlyMap<string, readonly Workload[]>;
  /** Names of `pools`, in the order of the estate's clusters. */
  readonly poolNames: readonly string[];
  /** Pools that may take a pod without a sandbox, each with one such workload. */
  readonly kernelSharers: ReadonlyMap<string, Workload>;
  /** Ids of workloads whose pods each run in a virtual machine of their own. */
  readonly sandboxed: ReadonlySet<string>;
  /** Pools that may take a pod on the host network, each with one such workload. */
  readonly hostNetworkUsers: ReadonlyMap<string, Workload>;
  /** `cluster/namespace`, in the order of the estate's clusters. */
  readonly namespaces: readonly string[];
}

/** Every declared tenant, and those that only workloads name, with their presence; sorted by name. */
export function locateTenants(estate: Estate, admissions: ReadonlyMap<string, Admission>): readonly LocatedTenant[] {
  const byTenant = Map.groupBy(estate.workloads, ({ tenant }) => tenant);
  const namespaces = namespacesByTenant(estate);
  const byCluster = orderOfClusters(estate);
  const declared = new Map(estate.tenants.map((tenant) => [tenant.name, tenant]));
  const names = new Set([...declared.keys(), ...byTenant.keys()]);
  return [...names].sort().map((name) => {
    const workloads = byTenant.get(name) ?? [];
    const own = [...(namespaces.get(name) ?? [])].sort(byCluster);
    const pools = poolsOf(workloads, admissions);
    const sandboxed = new Set(workloads.flatMap(({ id }) => (admissions.get(id)?.sandboxed === true ? [id] : [])));
    const runsOn = new Set(workloads.map(({ cluster }) => cluster));
    const present = new Set([...runsOn, ...own.map((each) => each.split("/")[0] ?? "")]);
    return {
      tenant: declared.get(name) ?? undeclaredTenant(name),
      workloads,
      clusters: estate.clusters.filter((cluster) => present.has(cluster.name)),
      runsOn,
      pools,
      poolNames: [...pools.keys()].sort(byCluster),
      kernelSharers: firstOfEachPool(pools, ({ id }) => !sandboxed.has(id)),
      sandboxed,
      hostNetworkUsers: firstOfEachPool(pools, ({ hostNetwork }) => hostNetwork),
      namespaces: own,
    };
  });
}

export function presenceOf({ tenant, workloads, clusters, poolNames, namespaces }: LocatedTenant): TenantPresence {
  return {
    tenant: tenant.name,
    trust: tenant.trust,
    classification: tenant.classification,
    clusters: clusters.map(({ name }) => name).sort(),
    pools: poolNames.toSorted(),
    namespaces: namespaces.toSorted(),
    workloads: workloads.length,
  };
}

/** `cluster/namespace` of every object, by the tenant that the object belongs to. */
function namespacesByTenant(estate: Estate): ReadonlyMap<string, ReadonlySet<string>> {
  const byTenant = new Map<string, Set<string>>();
  const add = (tenant: string, cluster: string, namespace: string | undefined) => {
    if (namespace === undefined || namespace === "") return;
    const namespaces = byTenant.get(tenant) ?? new Set<string>();
    namespaces.add(`${cluster}/${namespace}`);
    byTenant.set(tenant, namespaces);
  };
  for (const { tenant, cluster, namespace } of estate.workloads) add(tenant, cluster, namespace);
  for (const { tenant, cluster, namespace } of estate.objects) add(tenant, cluster, namespace);
  return byTenant;
}

function poolsOf(
  workloads: readonly Workload[],
  admissions: ReadonlyMap<string, Admission>,
): ReadonlyMap<string, readonly Workload[]> {
  const pools = new Map<string, Workload[]>();
  for (const workload of workloads) {
    for (const pool of admissions.get(workload.id)?.pools ?? []) {
      const takers = pools.get(pool);
      if (takers === undefined) pools.set(pool, [workload]);
      else takers.push(workload);
    }
  }
  return pools;
}

function firstOfEachPool(
  pools: ReadonlyMap<string, readonly Workload[]>,
  is: (workload: Workload) => boolean,
): ReadonlyMap<string, Workload> {
  return new Map(
    [...pools].flatMap(([pool, takers]): [string, Workload][] => {
      const first = takers.find(is);
      return first === undefined ? [] : [[pool, first]];
    }),
  );
}

/** Compares `cluster/name` by the order of the estate's clusters, then by name. */
function orderOfClusters(estate: Estate): (left: string, right: string) => number {
  const places = new Map(estate.clusters.map(({ name }, place) => [name, place]));
  const placeOf = (name: string) => places.get(name.split("/")[0] ?? "") ?? places.size;
  return (left, right) => placeOf(left) - placeOf(right) || (left < right ? -1 : left > right ? 1 : 0);
}

function undeclaredTenant(name: string): Tenant {
  return {
    name,
    owners: [],
    namespaces: [],
    classification: undefined,
    trust: "internal",
    accepts: {},
    quota: {},
    budgetMonthly: undefined,
    exemptions: [],
  };
}
