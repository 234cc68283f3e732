import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { DataStore } from "../../estate/model/service.ts";
import { clusterRecovery } from "../../stateful/timelines/cluster/cluster-recovery.ts";
import type { ClusterStore } from "../../stateful/timelines/cluster/cluster-store.ts";
import { readClusterStore } from "../../stateful/timelines/cluster/read-cluster-store.ts";
import { managedRecovery } from "../../stateful/timelines/managed/managed-recovery.ts";
import type { ManagedStore } from "../../stateful/timelines/managed/managed-store.ts";
import { readManagedStore } from "../../stateful/timelines/managed/read-managed-store.ts";
import type { RecoveryScope, ScopeTimeline } from "../../stateful/timelines/scope-timeline.ts";
import { clusterWithDeclaredPools } from "../estate-lookup/cluster-facts.ts";
import type { AuditContext } from "../rule.ts";
import { dataStoresByWorkload } from "../volumes/data-stores.ts";

/** What holds a store: a service of the cloud, or a workload of one environment and cluster. */
export type StoreHolder =
  | { readonly kind: "service"; readonly service: ManagedStore }
  | {
      readonly kind: "workload";
      readonly workload: Workload;
      readonly held: ClusterStore;
      /** False where the node pools of its cluster, and with them its zones, are only assumed. */
      readonly poolsDeclared: boolean;
    };

/** A declared store with what holds it. */
export interface StoreInPlace {
  readonly store: DataStore;
  readonly holder: StoreHolder;
  readonly recovery: (scope: RecoveryScope) => ScopeTimeline;
}

/** Every declared store, once for the service that holds it or once for each workload that does. */
export function storesInPlace(context: AuditContext): readonly StoreInPlace[] {
  const { estate, catalog } = context;
  const known = { catalog, failureModel: estate.failureModel };
  const inCluster = dataStoresByWorkload(estate);
  const held = estate.workloads.flatMap((workload): StoreInPlace[] => {
    const store = inCluster.get(workload.id);
    const holder = store === undefined || workload.opaque ? undefined : workloadHolder(context, workload);
    if (store === undefined || holder === undefined) return [];
    return [{ store, holder, recovery: (scope) => clusterRecovery(holder.held, scope, known) }];
  });
  const managed = estate.dataStores.flatMap((store): StoreInPlace[] => {
    const service = readManagedStore(store);
    if (service === undefined) return [];
    return [
      { store, holder: { kind: "service", service }, recovery: (scope) => managedRecovery(service, scope, known) },
    ];
  });
  return [...managed, ...held];
}

/** A workload as the holder of data; undefined where its cluster is not known. */
export function workloadHolder(
  { estate, catalog }: Pick<AuditContext, "estate" | "catalog">,
  workload: Workload,
): Extract<StoreHolder, { readonly kind: "workload" }> | undefined {
  const held = readClusterStore(workload, estate, catalog);
  if (held === undefined) return undefined;
  const poolsDeclared = clusterWithDeclaredPools(estate, workload.cluster) !== undefined;
  return { kind: "workload", workload, held, poolsDeclared };
}

/** Services that hold a store, whatever it is on: what its document says of regions, levels and entities can be judged. */
export function declaredStores({ dataStores }: Estate): readonly DataStore[] {
  return dataStores.filter(({ service }) => service !== "auto");
}
