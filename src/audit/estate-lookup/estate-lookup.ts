import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import { indexObjects, type ObjectIndex } from "../../estate/kubernetes/object-index.ts";
import { indexPods, type PodIndex } from "../../estate/kubernetes/pod-index.ts";
import { indexServiceNames, type ServiceNames } from "../../estate/kubernetes/service-names.ts";
import type { ServiceEndpoint, Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Environment, Estate } from "../../estate/model/estate.ts";

/** The joins that rules need, built once for an estate. */
export interface EstateLookup {
  readonly objects: ObjectIndex;
  readonly pods: PodIndex<Workload>;
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly serviceNames: ServiceNames;
  /** Services whose selector matches the pods, by workload id. */
  readonly servicesOf: ReadonlyMap<string, readonly ServiceEndpoint[]>;
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly environments: ReadonlyMap<string, Environment>;
}

const lookups = new WeakMap<Estate, EstateLookup>();

/** An estate never changes, so what was found once holds for every rule. */
export function lookupOf(estate: Estate): EstateLookup {
  const known = lookups.get(estate);
  if (known !== undefined) return known;
  const servicesOf = new Map<string, ServiceEndpoint[]>();
  for (const service of estate.services) {
    for (const id of service.workloads) entryOf(servicesOf, id, (): ServiceEndpoint[] => []).push(service);
  }
  const lookup: EstateLookup = {
    objects: indexObjects(estate.objects).index,
    pods: indexPods(estate.workloads),
    workloads: new Map(estate.workloads.map((workload) => [workload.id, workload])),
    serviceNames: indexServiceNames(estate.services),
    servicesOf,
    clusters: new Map(estate.clusters.map((cluster) => [cluster.name, cluster])),
    environments: new Map(estate.environments.map((environment) => [environment.name, environment])),
  };
  lookups.set(estate, lookup);
  return lookup;
}
