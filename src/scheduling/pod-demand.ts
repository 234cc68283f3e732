import type { Assumption } from "../estate/assumptions/assumption.ts";
import { assume } from "../estate/assumptions/assumption-rule.ts";
import { missingRequestDefaults, missingRequests } from "../estate/assumptions/capacity-rules.ts";
import { asLooseText, asObject } from "../estate/kubernetes/json-value.ts";
import type { ComputeResources, Workload } from "../estate/kubernetes/workload.ts";

export const bytesPerMiB = 1024 ** 2;
export const bytesPerGiB = 1024 ** 3;

/** What one pod takes of a node, in the dimensions that decide whether it fits. */
export interface PodDemand {
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
  readonly gpus: number;
}

export interface DemandReading {
  readonly demand: PodDemand;
  readonly assumptions: readonly Assumption[];
}

/** Requests of one pod of a workload; a resource that no container requests counts with the scheduler's own default. */
export function podDemand(workload: Workload): DemandReading {
  const containers = workload.containers.filter(({ role }) => role === "main" || role === "sidecar").length;
  return {
    ...withDefaults(workload.id, workload.podRequests, Math.max(1, containers), gpusOf(workload)),
  };
}

/** The same for a platform component, whose requests the Cluster document states. */
export function componentDemand(subject: string, requests: ComputeResources): DemandReading {
  return withDefaults(subject, requests, 1, 0);
}

function withDefaults(subject: string, requests: ComputeResources, containers: number, gpus: number): DemandReading {
  const cpuMillicores = requests.cpuMillicores ?? missingRequestDefaults.cpuMillicores * containers;
  const memoryBytes = requests.memoryBytes ?? missingRequestDefaults.memoryMiB * containers * bytesPerMiB;
  const resources = [
    ...(requests.cpuMillicores === undefined ? ["CPU"] : []),
    ...(requests.memoryBytes === undefined ? ["memory"] : []),
  ];
  const demand = { cpuMillicores: atLeastZero(cpuMillicores), memoryBytes: atLeastZero(memoryBytes), gpus };
  if (resources.length === 0) return { demand, assumptions: [] };
  const memoryMiB = Math.round(demand.memoryBytes / bytesPerMiB);
  return {
    demand,
    assumptions: [
      assume(missingRequests, subject, { resources, cpuMillicores: Math.round(demand.cpuMillicores), memoryMiB }),
    ],
  };
}

/** GPUs are an extended resource: request and limit are equal, whole numbers. */
function gpusOf(workload: Workload): number {
  let main = 0;
  let initial = 0;
  for (const container of workload.containers) {
    const resources = asObject(container.value.resources);
    const text =
      asLooseText(asObject(resources.limits)["nvidia.com/gpu"]) ??
      asLooseText(asObject(resources.requests)["nvidia.com/gpu"]);
    const count = text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : 0;
    if (container.role === "init") initial = Math.max(initial, count);
    else main += count;
  }
  return Math.max(main, initial);
}

function atLeastZero(value: number): number {
  return Number.isFinite(value) && value > 0 ? value : 0;
}
