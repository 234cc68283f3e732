import type { Catalog } from "../../catalog/catalog.ts";
import { storageClassesOf } from "../../catalog/storage-classes.ts";
import type { Dependency } from "../../estate/dependencies/dependency.ts";
import type { KubernetesObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { ServiceEndpoint, Workload } from "../../estate/kubernetes/workload.ts";
import type { Application } from "../../estate/model/application.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { CloudService, DataStore } from "../../estate/model/service.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import { type Admission, admittingPools } from "../../scheduling/admitting-pools.ts";
import type { Placement } from "../../scheduling/placement.ts";
import { EventBook } from "./event-book.ts";
import { FailureModel } from "./failure-model.ts";
import { indexPlacement, type PlacementIndex } from "./placement-index.ts";

/** How replicas are taken to lie: as placed, or as badly placed as their constraints allow. */
export type PlacementCase = "expected" | "worst";

/** The estate as the fault tree is built from it: look-ups, the failure model, and the one book of events. */
export interface FaultModel {
  readonly estate: Estate;
  readonly catalog: Catalog;
  readonly failures: FailureModel;
  readonly book: EventBook;
  readonly placement: PlacementIndex;
  /** Pools and zones that admit each workload's pods, by its id. */
  readonly admissions: ReadonlyMap<string, Admission>;
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly services: ReadonlyMap<string, ServiceEndpoint>;
  readonly applications: ReadonlyMap<string, Application>;
  readonly cloudServices: ReadonlyMap<string, CloudService>;
  readonly dataStores: ReadonlyMap<string, DataStore>;
  /** By id of the workload that depends. */
  readonly dependencies: ReadonlyMap<string, readonly Dependency[]>;
  /** What error diagnostics leave not evaluable: by its id, what cannot be used, as noun phrases. */
  readonly errors: ReadonlyMap<string, readonly string[]>;
  readonly servicesByCluster: ReadonlyMap<string, readonly ServiceEndpoint[]>;
  readonly storageClasses: (cluster: string) => ReadonlyMap<string, KubernetesObject>;
}

export function createFaultModel(estate: Estate, placement: Placement, catalog: Catalog): FaultModel {
  const storageClasses = new Map<string, ReadonlyMap<string, KubernetesObject>>();
  return {
    estate,
    catalog,
    failures: new FailureModel(estate.failureModel),
    book: new EventBook(),
    placement: indexPlacement(placement),
    admissions: admittingPools(estate, catalog),
    clusters: byKey(estate.clusters, ({ name }) => name),
    workloads: byKey(estate.workloads, ({ id }) => id),
    services: byKey(estate.services, ({ id }) => id),
    applications: byKey(estate.applications, ({ name }) => name),
    cloudServices: byKey(estate.cloudServices, ({ name }) => name),
    dataStores: byKey(estate.dataStores, ({ name }) => name),
    dependencies: Map.groupBy(estate.dependencies, ({ from }) => from),
    errors: errorsByAffected(estate),
    servicesByCluster: Map.groupBy(estate.services, ({ cluster }) => cluster),
    storageClasses: (cluster) => {
      const known = storageClasses.get(cluster) ?? storageClassesOf(cluster, estate.objects);
      storageClasses.set(cluster, known);
      return known;
    },
  };
}

function errorsByAffected({ diagnostics }: Estate): ReadonlyMap<string, readonly string[]> {
  const errors = new Map<string, string[]>();
  for (const { severity, affects, code, place } of diagnostics) {
    if (severity !== "error") continue;
    for (const id of affects ?? []) {
      const document = affects?.find((affected) => /^(?:Cluster|DataStore|CloudService)\//.test(affected));
      const subject = document ?? id.split("/").slice(-2).join("/");
      const where = place === undefined ? code : `${code} at ${formatPlace(place)}`;
      errors.set(id, [...(errors.get(id) ?? []), `${subject} as it is declared (${where})`]);
    }
  }
  return errors;
}

function byKey<Item>(items: readonly Item[], key: (item: Item) => string): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [key(item), item]));
}
