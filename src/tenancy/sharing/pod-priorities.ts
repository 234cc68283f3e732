import { asInteger, asText } from "../../estate/kubernetes/json-value.ts";
import type { ObjectIndex } from "../../estate/kubernetes/object-index.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";

/** Classes that every cluster has. Source: Kubernetes documentation, pod priority and preemption. */
const builtInPriorities: ReadonlyMap<string, number> = new Map([
  ["system-node-critical", 2_000_001_000],
  ["system-cluster-critical", 2_000_000_000],
]);

/** The priority of a workload's pods: that of their class, else of the cluster's default class, else 0. */
export function readPriorities(index: ObjectIndex): (workload: Workload) => number {
  const named = new Map<string, number>();
  const defaults = new Map<string, number>();
  for (const { cluster, object } of index.ofKind("PriorityClass.scheduling.k8s.io")) {
    const value = asInteger(object.value.value) ?? 0;
    named.set(`${cluster}/${object.name}`, value);
    if (object.value.globalDefault === true) defaults.set(cluster, value);
  }
  return ({ cluster, podSpec }) => {
    const name = asText(podSpec.priorityClassName);
    if (name === undefined) return asInteger(podSpec.priority) ?? defaults.get(cluster) ?? 0;
    return named.get(`${cluster}/${name}`) ?? builtInPriorities.get(name) ?? 0;
  };
}
