import type { Cluster } from "../estate/model/cluster.ts";
import type { Estate } from "../estate/model/estate.ts";
import { requestedShares } from "../scheduling/node-count-figure.ts";
import type { Placement, PoolPlacement } from "../scheduling/placement.ts";
import type { ClusterStructure, PoolStructure } from "./structure-report.ts";

/** Every cluster with its pools, namespaces and what runs where. */
export function describeClusters(estate: Estate, placement: Placement): readonly ClusterStructure[] {
  const namespaces = namespacesByCluster(estate);
  const clusterOf = new Map(estate.workloads.map(({ id, cluster }) => [id, cluster]));
  return estate.clusters.map((cluster) => ({
    cluster: cluster.name,
    region: cluster.region,
    environments: cluster.environments,
    tier: cluster.tier,
    pools: placement.pools.filter((pool) => pool.cluster === cluster.name).map((pool) => poolStructure(cluster, pool)),
    namespaces: namespaces.get(cluster.name) ?? [],
    unplaced: placement.unplaced
      .filter(({ workload, pods }) => pods > 0 && (clusterOf.get(workload) ?? workload.split("/")[0]) === cluster.name)
      .map(({ workload, reason }) => ({ workload, reason })),
  }));
}

function poolStructure(cluster: Cluster, placed: PoolPlacement): PoolStructure {
  const pool = cluster.nodePools.find(({ name }) => name === placed.pool);
  const { cpu, memory } = requestedShares(placed.allocatable, placed.nodes);
  const pods = new Map<string, number>();
  for (const node of placed.nodes) {
    for (const { workload } of node.pods) pods.set(workload, (pods.get(workload) ?? 0) + 1);
  }
  return {
    pool: placed.pool,
    vmSize: placed.vmSize,
    mode: pool?.mode ?? "User",
    zones: pool?.zones ?? [],
    nodes: placed.nodeCount,
    allocatable: placed.allocatable,
    requested: { cpu, memory },
    workloads: [...pods]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([workload, count]) => ({ workload, pods: count })),
  };
}

function namespacesByCluster(estate: Estate): ReadonlyMap<string, ClusterStructure["namespaces"]> {
  const rows = new Map<string, { cluster: string; namespace: string; tenant: string; workloads: string[] }>();
  const rowOf = (cluster: string, namespace: string, tenant: string) => {
    const key = `${cluster}/${namespace}`;
    const row = rows.get(key) ?? { cluster, namespace, tenant, workloads: [] };
    rows.set(key, row);
    return row;
  };
  for (const { id, cluster, namespace, tenant } of estate.workloads)
    rowOf(cluster, namespace, tenant).workloads.push(id);
  for (const { cluster, namespace, tenant } of estate.objects) {
    if (namespace !== undefined && namespace !== "") rowOf(cluster, namespace, tenant);
  }
  const sorted = [...rows.values()].sort((left, right) => (left.namespace < right.namespace ? -1 : 1));
  return new Map(
    [...Map.groupBy(sorted, ({ cluster }) => cluster)].map(([cluster, entries]) => [
      cluster,
      entries.map(({ namespace, tenant, workloads }) => ({ namespace, tenant, workloads: workloads.sort() })),
    ]),
  );
}
