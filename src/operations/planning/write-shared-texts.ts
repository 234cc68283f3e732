import type { Workload } from "../../estate/kubernetes/workload.ts";
import { findKustomizations } from "../../estate/kustomize/find-kustomizations.ts";
import type { NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { PlannedCluster } from "../../planning/structure-plan.ts";

const poolLabel = "kubernetes.azure.com/agentpool";

/** What is written, where one text has to say the same for several clusters. */
export interface AlignedPlan {
  readonly clusters: readonly PlannedCluster[];
  readonly planned: Estate;
}

/**
 * Pools of several clusters need not have the same names, and one text may be deployed to all of them. Workloads whose text
 * would have to name different pools choose theirs by a label that the pool has in each cluster.
 */
export function withSharedLabels(
  clusters: readonly PlannedCluster[],
  planned: Estate,
  texts: ReadonlyMap<string, string>,
): AlignedPlan {
  const labels = new Map<string, Set<string>>();
  const chosen = new Map<string, string>();
  for (const group of sharedTexts(planned.workloads, texts)) {
    if (new Set(group.map(({ nodeSelector }) => nodeSelector[poolLabel])).size < 2) continue;
    const pools = group.map((workload) => poolOf(workload, clusters));
    if (pools.some((pool) => pool === undefined)) continue;
    const label = `scantling/${[...new Set(pools.map((pool) => pool?.name))].join(".").slice(0, 63)}`;
    for (const [index, { id, cluster }] of group.entries()) {
      chosen.set(id, label);
      const key = `${cluster}/${pools[index]?.name ?? ""}`;
      labels.set(key, (labels.get(key) ?? new Set()).add(label));
    }
  }
  if (chosen.size === 0) return { clusters, planned };
  const labelled = (pool: NodePool, cluster: string): NodePool => {
    const own = labels.get(`${cluster}/${pool.name}`);
    if (own === undefined) return pool;
    return {
      ...pool,
      labels: { ...pool.labels, ...Object.fromEntries([...own].toSorted().map((key) => [key, "true"])) },
    };
  };
  return {
    clusters: clusters.map((each) => {
      const pools = each.pools.map((own) => ({ ...own, pool: labelled(own.pool, each.cluster.name) }));
      return { ...each, pools, cluster: { ...each.cluster, nodePools: pools.map(({ pool }) => pool) } };
    }),
    planned: {
      ...planned,
      clusters: planned.clusters.map((cluster) => ({
        ...cluster,
        nodePools: cluster.nodePools.map((pool) => labelled(pool, cluster.name)),
      })),
      workloads: planned.workloads.map((workload) => byLabel(workload, chosen.get(workload.id))),
    },
  };
}

/** Workloads that one text gives on several clusters: overlays are an environment's, plain manifests everybody's. */
function sharedTexts(
  workloads: readonly Workload[],
  texts: ReadonlyMap<string, string>,
): readonly (readonly Workload[])[] {
  const { files } = findKustomizations(texts);
  const groups = Map.groupBy(
    workloads.filter(({ application }) => application !== undefined),
    ({ application, environment, namespace, kind, name, place }) =>
      [application, files.has(place.source) ? environment : "", namespace, kind, name].join("\n"),
  );
  return [...groups.values()]
    .map((group) => group.toSorted((left, right) => (left.id < right.id ? -1 : 1)))
    .filter((group) => group.length > 1);
}

function poolOf({ id, cluster }: Workload, clusters: readonly PlannedCluster[]): NodePool | undefined {
  const planned = clusters.find((each) => each.cluster.name === cluster);
  const same = (other: string) => withoutCluster(other) === withoutCluster(id);
  return planned?.pools.find(({ pods }) => pods.some((each) => same(each.id)))?.pool;
}

/** Ids differ in the cluster where a workload moves. */
function withoutCluster(id: string): string {
  const [environment, , ...rest] = id.split("/");
  return [environment, ...rest].join("/");
}

function byLabel(workload: Workload, label: string | undefined): Workload {
  if (label === undefined) return workload;
  const { [poolLabel]: _, ...others } = workload.nodeSelector;
  const nodeSelector = { ...others, [label]: "true" };
  return { ...workload, nodeSelector, podSpec: { ...workload.podSpec, nodeSelector } };
}
