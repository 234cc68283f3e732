import type { Catalog } from "../../../catalog/catalog.ts";
import { storageClassesOf } from "../../../catalog/storage-classes.ts";
import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { estateCluster, type NodeCounts } from "../../kube-scheduler/from-estate/estate-cluster.ts";
import type { QueueOptions } from "../../kube-scheduler/run-queue.ts";
import type { SchedulerVersion } from "../../kube-scheduler/scheduler-version.ts";
import { type ReplayClusterReading, readSnapshotCluster } from "../read-snapshot-cluster.ts";
import { loneWorkload, type ReplayWorkload } from "../replay-cluster.ts";
import { readBudgets } from "./read-budgets.ts";
import { readReplayWorkload } from "./read-replay-workload.ts";

/** A cluster of an estate to replay on, with what was assumed about its capacity. */
export interface EstateClusterReading extends ReplayClusterReading {
  readonly assumptions: readonly Assumption[];
}

/** One cluster of an estate with its pods placed, all workloads at their smallest number of replicas. */
export function readEstateCluster(
  estate: Estate,
  cluster: Cluster,
  catalog: Catalog,
  version: SchedulerVersion,
  { nodes, ...options }: QueueOptions & { readonly nodes: NodeCounts },
): EstateClusterReading {
  const { snapshot, workloadOfPod, growingPools, assumptions, diagnostics } = estateCluster(estate, cluster, catalog, {
    nodes,
  });
  const placed = new Set(workloadOfPod.values());
  const declared = estate.workloads.filter(({ id }) => placed.has(id));
  const budgets = readBudgets(declared);
  const classes = storageClassesOf(cluster.name, estate.objects);
  const workloads = new Map([
    ...platformWorkloads([...workloadOfPod.values()]),
    ...declared.map((each) => [each.id, readReplayWorkload(each, cluster, budgets, classes)] as const),
  ]);
  const meaning = { workloads, budgets, workloadOfPod, growingPools };
  const reading = readSnapshotCluster(snapshot, meaning, version, options);
  return { cluster: reading.cluster, assumptions, diagnostics: [...diagnostics, ...reading.diagnostics] };
}

/** Pods of the platform, of which no manifest says more than their number. */
function platformWorkloads(ids: readonly string[]): ReadonlyMap<string, ReplayWorkload> {
  const counts = Map.groupBy(ids, (id) => id);
  return new Map(
    [...counts].map(([id, pods]) => [
      id,
      { ...loneWorkload(id), label: id.slice(id.indexOf("/") + 1), wanted: pods.length },
    ]),
  );
}
