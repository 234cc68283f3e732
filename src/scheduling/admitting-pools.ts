import type { Catalog } from "../catalog/catalog.ts";
import type { Workload } from "../estate/kubernetes/workload.ts";
import type { Estate } from "../estate/model/estate.ts";
import { type ClusterCapacity, readClusterCapacity } from "./cluster-capacity.ts";
import { admittedClasses } from "./packing-items.ts";
import { readRuntimeClasses } from "./runtime-class.ts";

/** Where the pods of a workload may run, whatever else runs there. */
export interface Admission {
  /** `cluster/pool`, in the order of the cluster. */
  readonly pools: readonly string[];
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
  const pools = capacity.pools.flatMap(({ pool }, index) => {
    const admits =
      admitted === undefined
        ? pool.taints.every(({ effect }) => effect === "PreferNoSchedule")
        : admitted[index]?.includes(true) === true || daemonSets(index) === true;
    return admits ? [`${capacity.cluster.name}/${pool.name}`] : [];
  });
  return { pools, sandboxed: shape?.sandboxed === true };
}
