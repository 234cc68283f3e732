import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { ClusterCapacity } from "../../cluster-capacity.ts";
import type { PodShape } from "../../pod-shape.ts";

/** `namespace/name` of a pod, and the id of the workload that it belongs to. */
type PodName = readonly [pod: string, workload: string];

/** The pods that `workloadPods` makes. */
export function workloadPodNames({ id, name, namespace, replicas }: Workload): readonly PodName[] {
  return Array.from({ length: replicas.minimum }, (_, replica) => [`${namespace}/${name}-${replica}`, id] as const);
}

/** The pods of DaemonSets on one node. */
export function daemonPodNames(
  daemonSets: readonly PodShape[],
  nodeName: string,
  workloads: readonly Workload[],
): readonly PodName[] {
  const running = new Set(daemonSets.map(({ id }) => id));
  return workloads
    .filter(({ id }) => running.has(id))
    .map(({ id, name, namespace }) => [`${namespace}/${name}-${nodeName}`, id] as const);
}

/** The pods that `platformPods` makes, under the platform's own names. */
export function platformPodNames({ platform }: ClusterCapacity): readonly PodName[] {
  return platform.flatMap(({ shape, replicas, namespace }) =>
    Array.from(
      { length: replicas },
      (_, replica) => [`${namespace}/${shape.id.slice(shape.id.lastIndexOf("/") + 1)}-${replica}`, shape.id] as const,
    ),
  );
}
