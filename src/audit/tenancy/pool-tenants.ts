import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import { admittingPools } from "../admission/admitting-nodes.ts";
import { clusterWithDeclaredPools } from "../estate-lookup/cluster-facts.ts";
import type { AuditContext } from "../rule.ts";
import { platformTenant } from "./tenant-namespaces.ts";

/** A declared node pool with the workloads of tenants that it admits; the platform's run wherever they must. */
export interface PoolTenants {
  readonly cluster: Cluster;
  readonly pool: NodePool;
  readonly workloads: readonly Workload[];
  /** Workloads by tenant, in the order of the estate. */
  readonly byTenant: ReadonlyMap<string, readonly Workload[]>;
}

const known = new WeakMap<AuditContext["estate"], readonly PoolTenants[]>();

/** Every pool of the clusters whose pools are declared. Where a pod may run counts, not where it runs today. */
export function poolTenants(context: AuditContext): readonly PoolTenants[] {
  const { estate } = context;
  const before = known.get(estate);
  if (before !== undefined) return before;
  const admitted = new Map<string, Workload[]>();
  for (const workload of estate.workloads) {
    if (workload.tenant === platformTenant) continue;
    for (const { pool } of admittingPools(context, workload) ?? []) {
      entryOf(admitted, `${workload.cluster}/${pool.name}`, (): Workload[] => []).push(workload);
    }
  }
  const pools = estate.clusters.flatMap(({ name }) => {
    const cluster = clusterWithDeclaredPools(estate, name);
    return (cluster?.nodePools ?? []).flatMap((pool) => {
      const workloads = admitted.get(`${name}/${pool.name}`) ?? [];
      const byTenant = Map.groupBy(workloads, ({ tenant }) => tenant);
      return cluster === undefined ? [] : [{ cluster, pool, workloads, byTenant }];
    });
  });
  known.set(estate, pools);
  return pools;
}

/** `web of shop, ledger of treasury and 2 more tenants`. */
export function tenantsInWords(byTenant: PoolTenants["byTenant"]): string {
  const examples = [...byTenant].map(([tenant, [first]]) => `${first?.label ?? ""} of ${tenant}`);
  const shown = examples.slice(0, 2).join(", ");
  const more = examples.length - 2;
  return more > 0 ? `${shown} and ${more} more ${more === 1 ? "tenant" : "tenants"}` : shown;
}
