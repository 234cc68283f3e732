import { asList, asObject, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../estate/model/cluster.ts";

/** Labels of AKS that say which pool a node is of: the plan decides them. */
const poolLabels = [
  "agentpool",
  "kubernetes.azure.com/agentpool",
  "kubernetes.azure.com/mode",
  "kubernetes.azure.com/kata-vm-isolation",
  "kubernetes.azure.com/kata-mshv-vm-isolation",
  "node.kubernetes.io/instance-type",
  "beta.kubernetes.io/instance-type",
];

/** Node labels by which manifests choose a pool of the clusters that are declared, as opposed to a need of their own. */
export function placementKeys(clusters: readonly Cluster[]): ReadonlySet<string> {
  return new Set([
    ...poolLabels,
    ...clusters.flatMap(({ nodePools }) => nodePools.flatMap(({ labels }) => Object.keys(labels))),
  ]);
}

/** Taints by which the declared pools keep pods away. */
export function placementTaints(clusters: readonly Cluster[]): ReadonlySet<string> {
  return new Set(clusters.flatMap(({ nodePools }) => nodePools.flatMap(({ taints }) => taints.map(({ key }) => key))));
}

/** The workload without what ties it to a pool that is declared today; what it needs of a node stays. */
export function unpinned(workload: Workload, keys: ReadonlySet<string>, taints: ReadonlySet<string>): Workload {
  const isOwn = (key: string) => !keys.has(key);
  const nodeSelector = Object.fromEntries(Object.entries(workload.nodeSelector).filter(([key]) => isOwn(key)));
  const tolerations = workload.tolerations.filter(({ key }) => typeof key !== "string" || !taints.has(key));
  const affinity = unpinnedAffinity(workload.podSpec.affinity, isOwn);
  return {
    ...workload,
    nodeSelector,
    tolerations,
    podSpec: { ...workload.podSpec, nodeSelector, tolerations, ...(affinity === undefined ? {} : { affinity }) },
  };
}

/** Required terms without the expressions on placement keys; a term that asks for nothing else asks for nothing. */
function unpinnedAffinity(affinity: unknown, isOwn: (key: string) => boolean): JsonObject | undefined {
  if (!isJsonObject(affinity)) return undefined;
  const nodeAffinity = asObject(affinity.nodeAffinity);
  const required = asObject(nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution);
  const terms = asList(required.nodeSelectorTerms).map((term) => {
    const kept = asList(asObject(term).matchExpressions).filter((each) => isOwn(String(asObject(each).key)));
    return { ...asObject(term), matchExpressions: kept };
  });
  const isFree = terms.some((term) => term.matchExpressions.length === 0 && !("matchFields" in term));
  const { requiredDuringSchedulingIgnoredDuringExecution: _, ...preferences } = nodeAffinity;
  return {
    ...affinity,
    nodeAffinity:
      terms.length === 0 || isFree
        ? preferences
        : { ...preferences, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } },
  };
}
