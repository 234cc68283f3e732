import { firstStated, maxResources, readComputeResources, sumResources } from "./compute-resources.ts";
import { asObject } from "./json-value.ts";
import type { JsonObject } from "./kubernetes-object.ts";
import type { ComputeResources, Container } from "./workload.ts";

/** What one pod asks of a node, and may use at most. */
export interface PodResources {
  readonly requests: ComputeResources;
  readonly limits: ComputeResources;
}

/**
 * Requests and limits of a pod as kube-scheduler counts them: per resource the larger of (main containers + sidecars) and
 * of each init container together with the sidecars started before it, then pod-level resources in its place, then the
 * overhead of the runtime class. Source: kubernetes `component-helpers/resource/helpers.go`, KEP-753, KEP-2837.
 */
export function podResources(
  podSpec: JsonObject,
  containers: readonly Container[],
  overhead: ComputeResources,
): PodResources {
  const podLevel = asObject(podSpec.resources);
  const podLimits = podLevelResources(podLevel.limits);
  const summedRequests = aggregate(containers, ({ requests }) => requests);
  const summedLimits = aggregate(containers, ({ limits }) => limits);
  // A pod-level limit without a request becomes the request only where no container states one.
  const requests = firstStated(podLevelResources(podLevel.requests), summedRequests, podLimits);
  const limits = firstStated(podLimits, summedLimits);
  return { requests: sumResources(requests, overhead), limits: addToStated(limits, overhead) };
}

/** Pod-level resources know cpu and memory (and huge pages), not ephemeral storage. */
function podLevelResources(list: unknown): ComputeResources {
  const { ephemeralStorageBytes: _, ...resources } = readComputeResources(list);
  return resources;
}

function aggregate(containers: readonly Container[], of: (container: Container) => ComputeResources): ComputeResources {
  let running: ComputeResources = {};
  let sidecars: ComputeResources = {};
  let largestInit: ComputeResources = {};
  for (const container of containers) {
    switch (container.role) {
      case "main":
        running = sumResources(running, of(container));
        break;
      case "sidecar":
        running = sumResources(running, of(container));
        sidecars = sumResources(sidecars, of(container));
        largestInit = maxResources(largestInit, sidecars);
        break;
      case "init":
        largestInit = maxResources(largestInit, sumResources(sidecars, of(container)));
        break;
      case "ephemeral":
        break;
    }
  }
  return maxResources(running, largestInit);
}

/** Overhead raises a limit that exists; it does not make one. */
function addToStated(limits: ComputeResources, overhead: ComputeResources): ComputeResources {
  return {
    ...limits,
    ...(limits.cpuMillicores === undefined
      ? {}
      : { cpuMillicores: limits.cpuMillicores + (overhead.cpuMillicores ?? 0) }),
    ...(limits.memoryBytes === undefined ? {} : { memoryBytes: limits.memoryBytes + (overhead.memoryBytes ?? 0) }),
  };
}
