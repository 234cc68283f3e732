import type { ChangeKind } from "../../availability/improvements/candidate.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";

/** Id of a change of a workload in its environment, on whatever clusters it runs there. */
export function workloadChange(
  kind: ChangeKind,
  { environment, namespace, kind: workloadKind, name }: Workload,
): { readonly mendedBy: string } {
  return { mendedBy: `${kind}/${environment}/${namespace}/${workloadKind}/${name}` };
}

/** Id of a change of a cluster or, with its name, of a pool. */
export function clusterChange(kind: ChangeKind, ...names: readonly string[]): { readonly mendedBy: string } {
  return { mendedBy: [kind, ...names].join("/") };
}
