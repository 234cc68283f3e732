import type { Catalog } from "../catalog/catalog.ts";
import type { Workload } from "../estate/kubernetes/workload.ts";
import type { Estate } from "../estate/model/estate.ts";
import type { DemandLevel } from "./packing/on-declared-pools/packing-items.ts";
import { placeCluster } from "./place-cluster.ts";
import type { Placement } from "./placement.ts";
import { readRuntimeClasses } from "./runtime-class.ts";

/** Where every pod of the estate runs, with the number of nodes that this takes. */
export function placeWorkloads(
  estate: Estate,
  catalog: Catalog,
  options: { readonly demand?: DemandLevel } = {},
): Placement {
  const runtimeClasses = readRuntimeClasses(estate);
  const byCluster = Map.groupBy(estate.workloads, ({ cluster }) => cluster);
  const level = options.demand ?? "floor";
  const placements = estate.clusters.map((cluster) =>
    placeCluster(cluster, sorted(byCluster.get(cluster.name) ?? []), runtimeClasses, catalog, level),
  );
  const names = new Set(estate.clusters.map(({ name }) => name));
  return {
    pools: placements.flatMap(({ pools }) => pools),
    unplaced: [
      ...placements.flatMap(({ unplaced }) => unplaced),
      ...estate.workloads
        .filter(({ cluster }) => !names.has(cluster))
        .map(({ id, cluster, replicas }) => ({
          workload: id,
          pods: replicas.minimum,
          reason: `cluster ${cluster} is not declared`,
        })),
    ],
    assumptions: placements.flatMap(({ assumptions }) => assumptions),
  };
}

function sorted(workloads: readonly Workload[]): readonly Workload[] {
  return workloads.toSorted((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0));
}
