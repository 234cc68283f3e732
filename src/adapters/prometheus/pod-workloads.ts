import type { PrometheusApi } from "./prometheus-api.ts";
import type { Series } from "./series.ts";
import { ownersQuery, usageMetrics } from "./usage-queries.ts";

/** `Kind/name` of the workload that a pod is of; undefined where only its own name tells. */
export type WorkloadOfPod = (cluster: string, namespace: string, pod: string) => string | undefined;

/** Controllers that the estate reads; a pod of another kind is matched by its name. */
const knownKinds: readonly string[] = ["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "ReplicaSet"];

/**
 * The workloads of the pods that lived in a window, by the owner series of kube-state-metrics: pod to ReplicaSet to
 * Deployment, pod to Job to CronJob. Undefined where the server has no such series.
 */
export async function readPodWorkloads(
  api: PrometheusApi,
  clusterLabel: string,
  window: { readonly end: number; readonly seconds: number },
  signal?: AbortSignal,
): Promise<WorkloadOfPod | undefined> {
  const owners = async (metric: string, owned: string) =>
    ownersBy(await api.instant(ownersQuery(metric, clusterLabel, owned, window.seconds), window.end, signal), {
      clusterLabel,
      owned,
    });
  const pods = await owners(usageMetrics.podOwner, "pod");
  if (pods.size === 0) return undefined;
  const replicaSets = await owners(usageMetrics.replicaSetOwner, "replicaset");
  const jobs = await owners(usageMetrics.jobOwner, "job_name");
  return (cluster, namespace, pod) => {
    const owner = pods.get(keyOf(cluster, namespace, pod));
    if (owner === undefined) return undefined;
    const above = owner.kind === "ReplicaSet" ? replicaSets : owner.kind === "Job" ? jobs : undefined;
    const { kind, name } = above?.get(keyOf(cluster, namespace, owner.name)) ?? owner;
    return knownKinds.includes(kind) ? `${kind}/${name}` : undefined;
  };
}

interface Owner {
  readonly kind: string;
  readonly name: string;
}

function ownersBy(
  series: readonly Series[],
  { clusterLabel, owned }: { readonly clusterLabel: string; readonly owned: string },
): ReadonlyMap<string, Owner> {
  const found = new Map<string, Owner>();
  for (const { labels } of series) {
    const { namespace, owner_kind: kind, owner_name: name } = labels;
    const own = labels[owned];
    // kube-state-metrics writes "<none>" for what has no owner.
    if (namespace === undefined || own === undefined || kind === undefined || name === undefined) continue;
    if (kind !== "" && kind !== "<none>") found.set(keyOf(labels[clusterLabel] ?? "", namespace, own), { kind, name });
  }
  return found;
}

function keyOf(cluster: string, namespace: string, name: string): string {
  return `${cluster}\n${namespace}\n${name}`;
}
