import type { Workload } from "../../estate/kubernetes/workload.ts";

/** `namespace/Kind/name`: the name of a workload that is the same on every cluster of an environment. */
export function workloadKey({ namespace, kind, name }: Pick<Workload, "namespace" | "kind" | "name">): string {
  return `${namespace}/${kind}/${name}`;
}
