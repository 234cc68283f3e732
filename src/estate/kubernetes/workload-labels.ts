import type { Workload } from "./workload.ts";

type Named = Pick<Workload, "id" | "environment" | "cluster" | "namespace" | "kind" | "name">;

/** Ways to name a workload, shortest first; the last one is its id, which is unique. */
const forms: readonly ((workload: Named) => string)[] = [
  ({ name }) => name,
  ({ namespace, name }) => `${namespace}/${name}`,
  ({ kind, name }) => `${kind}/${name}`,
  ({ environment, name }) => `${environment}/${name}`,
  ({ cluster, name }) => `${cluster}/${name}`,
  ({ environment, cluster, name }) => `${environment}/${cluster}/${name}`,
  ({ namespace, kind, name }) => `${namespace}/${kind}/${name}`,
  ({ environment, namespace, name }) => `${environment}/${namespace}/${name}`,
  ({ cluster, namespace, name }) => `${cluster}/${namespace}/${name}`,
  ({ environment, cluster, namespace, name }) => `${environment}/${cluster}/${namespace}/${name}`,
  ({ id }) => id,
];

/** The shortest label of each workload, by id, that fits no other workload: its name where that is unique. */
export function labelWorkloads(workloads: readonly Named[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  const taken = new Set<string>();
  for (const form of forms) {
    if (labels.size === workloads.length) break;
    for (const [label, members] of Map.groupBy(workloads, form)) {
      const [only] = members;
      if (only === undefined || members.length > 1 || labels.has(only.id) || taken.has(label)) continue;
      labels.set(only.id, label);
      taken.add(label);
    }
  }
  return labels;
}
