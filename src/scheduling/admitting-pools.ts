import type { Catalog } from "../catalog/catalog.ts";
import type { Workload } from "../estate/kubernetes/workload.ts";
import type { Estate } from "../estate/model/estate.ts";
import { type ClusterCapacity, type PoolCapacity, readClusterCapacity } from "./cluster-capacity.ts";
import { admittedClasses } from "./packing/on-declared-pools/packing-items.ts";
import { readRuntimeClasses } from "./runtime-class.ts";

/** Where the pods of a workload may run, whatever else runs there. */
export interface Admission {
  /** `cluster/pool`, in the order of the cluster. */
  readonly pools: readonly string[];
  /** Zones of the nodes that admit them, by `cluster/pool`; undefined stands for a regional pool. */
  readonly zones: ReadonlyMap<string, readonly (string | undefined)[]>;
  /** Each pod runs in a virtual machine of its own. */
  readonly sandboxed: boolean;
}

/**
 * The pools that admit at least one pod of each workload, by workload id. A workload whose pods are not known may run
 * wherever no taint keeps it away.
 */
export function admittingPools(estate: Estate, catalog: Catalog): ReadonlyMap<string, Admission> {
  const runtimeClasses = readRuntimeClasses(estate);
  const byCluster = Map.groupBy(estate.workloads, ({ cluster }) => cluster);
  const admissions = new Map<string, Admission>();
  for (const cluster of estate.clusters) {
    const workloads = byCluster.get(cluster.name) ?? [];
    const capacity = readClusterCapacity(cluster, workloads, runtimeClasses, catalog);
    for (const workload of workloads) admissions.set(workload.id, admissionOf(capacity, workload));
  }
  return admissions;
}

function admissionOf(capacity: ClusterCapacity, workload: Workload): Admission {
  const unknown = workload.unreadable.some(({ concerns }) => concerns === "scheduling");
  const shape = unknown ? undefined : capacity.shapes.get(workload.id);
  const admitted = shape === undefined ? undefined : admittedClasses(capacity, shape);
  const daemonSets = (pool: number) =>
    capacity.pools[pool]?.classes.some((each) => each.daemonSets.some(({ id }) => id === workload.id));
  const admitsClass = (pool: PoolCapacity, index: number, each: number) =>
    admitted === undefined
      ? pool.pool.taints.every(({ effect }) => effect === "PreferNoSchedule")
      : admitted[index]?.[each] === true || daemonSets(index) === true;
  const zones = new Map<string, readonly (string | undefined)[]>();
  for (const [index, pool] of capacity.pools.entries()) {
    const admitting = pool.classes.filter((_, each) => admitsClass(pool, index, each));
    if (admitting.length === 0) continue;
    zones.set(
      `${capacity.cluster.name}/${pool.pool.name}`,
      admitting.map(({ nodeClass }) => nodeClass.zone),
    );
  }
  return { pools: [...zones.keys()], zones, sandboxed: shape?.sandboxed === true };
}
