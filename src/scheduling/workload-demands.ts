import type { Catalog } from "../catalog/catalog.ts";
import type { Estate } from "../estate/model/estate.ts";
import type { PodDemand } from "./pod-demand.ts";
import { readPodShape } from "./pod-shape.ts";
import { readRuntimeClasses, runtimeClassOf } from "./runtime-class.ts";

/** What one pod of each workload takes of a node, as placement counts it; opaque workloads have none. */
export function workloadDemands(estate: Estate, catalog: Catalog): ReadonlyMap<string, PodDemand> {
  const classes = readRuntimeClasses(estate);
  return new Map(
    estate.workloads
      .filter(({ opaque }) => !opaque)
      .map((workload) => {
        const runtimeClass = runtimeClassOf(classes, workload.cluster, workload.runtimeClassName);
        return [workload.id, readPodShape(workload, runtimeClass, catalog).shape.demand] as const;
      }),
  );
}
