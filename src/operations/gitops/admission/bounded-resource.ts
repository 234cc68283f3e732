import type { ComputeResources } from "../../../estate/kubernetes/workload.ts";
import { formatBytes, formatCores } from "../../../estate/quantities/format-resources.ts";

/** A resource that quotas and ranges bound. */
export interface BoundedResource {
  readonly name: "CPU" | "memory";
  readonly of: (resources: ComputeResources) => number | undefined;
  readonly format: (amount: number) => string;
}

export const boundedResources: readonly BoundedResource[] = [
  { name: "CPU", of: ({ cpuMillicores }) => cpuMillicores, format: formatCores },
  { name: "memory", of: ({ memoryBytes }) => memoryBytes, format: formatBytes },
];
