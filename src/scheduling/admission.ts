import { matchesRequired, requiredKeys } from "./node-affinity.ts";
import type { NodeClass } from "./node-class.ts";
import type { Room } from "./packing/on-declared-pools/packing-model.ts";
import { bytesPerGiB } from "./pod-demand.ts";
import type { PodShape } from "./pod-shape.ts";
import { firstUntolerated, formatTaint } from "./tolerations.ts";

/**
 * Why a node of the class can never take a pod of the shape, whatever else runs on it; undefined when it can. Filters in
 * the order of kube-scheduler: taints, node selector and affinity, resources of an empty node; before them what the
 * kubelet would refuse (operating system, runtime class). Without `room`, resources are left out.
 */
export function rejection(shape: PodShape, nodeClass: NodeClass, room: Readonly<Room> | undefined): string | undefined {
  if (shape.nodeName !== undefined) return `the pod is fixed to node ${shape.nodeName}, which no document declares`;
  return (
    runtimeRejection(shape, nodeClass) ??
    taintRejection(shape, nodeClass) ??
    affinityRejection(shape, nodeClass) ??
    (room === undefined ? undefined : resourceRejection(shape, room))
  );
}

function runtimeRejection(shape: PodShape, nodeClass: NodeClass): string | undefined {
  if (shape.operatingSystem !== nodeClass.operatingSystem) {
    return `the pod is for ${shape.operatingSystem}, the nodes run ${nodeClass.operatingSystem}`;
  }
  if (shape.sandboxed && !nodeClass.sandboxed) {
    return `runtime class ${shape.runtimeClassName ?? ""} needs a pool with workloadRuntime KataVmIsolation`;
  }
  return undefined;
}

function taintRejection(shape: PodShape, nodeClass: NodeClass): string | undefined {
  const taint = firstUntolerated(nodeClass.taints, shape.tolerations);
  return taint === undefined ? undefined : `taint ${formatTaint(taint)} not tolerated`;
}

function affinityRejection(shape: PodShape, nodeClass: NodeClass): string | undefined {
  for (const [key, value] of Object.entries(shape.nodeSelector)) {
    const actual = Object.hasOwn(nodeClass.labels, key) ? nodeClass.labels[key] : undefined;
    if (actual !== value)
      return `node selector ${key}=${value} does not match${actual === undefined ? "" : ` ${actual}`}`;
  }
  if (matchesRequired(shape.affinity, nodeClass.labels, "")) return undefined;
  const keys = requiredKeys(shape.affinity);
  return `required node affinity${keys.length === 0 ? "" : ` on ${keys.join(", ")}`} does not match`;
}

function resourceRejection({ demand }: PodShape, free: Readonly<Room>): string | undefined {
  const lacks: string[] = [];
  if (demand.cpuMillicores > free.cpuMillicores) {
    lacks.push(`cpu ${cores(demand.cpuMillicores)} of ${cores(free.cpuMillicores)} free`);
  }
  if (demand.memoryBytes > free.memoryBytes) {
    lacks.push(`memory ${gib(demand.memoryBytes)} of ${gib(free.memoryBytes)} GiB free`);
  }
  if (demand.gpus > free.gpus) lacks.push(`${demand.gpus} GPU of ${free.gpus}`);
  if (free.pods < 1) lacks.push("no room for a pod beside the node's daemons");
  return lacks.length === 0 ? undefined : lacks.join(" and ");
}

function cores(millicores: number): string {
  return String(Number((millicores / 1000).toFixed(3)));
}

function gib(value: number): string {
  return String(Number((value / bytesPerGiB).toFixed(2)));
}
