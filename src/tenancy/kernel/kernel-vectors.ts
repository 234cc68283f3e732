import type { Catalog } from "../../catalog/catalog.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { KernelVector } from "./kernel-dimensions.ts";
import { nodeKernelCapacity } from "./node-capacity.ts";
import { podKernelDemand } from "./pod-demand.ts";

/** Kernel budgets as further dimensions of placement, beside CPU and memory. */
export interface KernelVectors {
  /** What one node has, by `cluster/pool`. */
  readonly capacity: ReadonlyMap<string, KernelVector<Figure>>;
  /** What one pod takes, by workload id. */
  readonly demand: ReadonlyMap<string, KernelVector<Figure>>;
}

/** Capacity of the nodes of every pool, and demand of one pod of every workload. */
export function kernelVectors(estate: Estate, catalog: Catalog): KernelVectors {
  const applications = new Map(estate.applications.map((application) => [application.name, application]));
  return {
    capacity: new Map(
      estate.clusters.flatMap((cluster) =>
        cluster.nodePools.map((pool) => [`${cluster.name}/${pool.name}`, nodeKernelCapacity(cluster, pool, catalog)]),
      ),
    ),
    demand: new Map(
      estate.workloads.map((workload) => [
        workload.id,
        podKernelDemand(workload, applications.get(workload.application ?? "")),
      ]),
    ),
  };
}
