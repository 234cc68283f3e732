import { podResources } from "../../../estate/kubernetes/pod-requests.ts";
import type { ComputeResources, Container, Workload } from "../../../estate/kubernetes/workload.ts";
import type { ProposedRequests } from "./propose-requests.ts";
import type { PodAmount, SizingSubject } from "./sizing-subject.ts";

/** Requests and limits of one container. */
export interface ContainerSizing {
  readonly name: string;
  readonly requests: PodAmount;
  readonly limits: ComputeResources;
}

/** The containers that run side by side: those whose requests add up to the pod's. */
export function runningContainers({ containers }: Workload): readonly Container[] {
  return containers.filter(({ role }) => role === "main" || role === "sidecar");
}

/**
 * The proposal shared out to the containers in proportion to what they ask for now (evenly where they ask for nothing).
 * Limits are never lowered, except where they are the request; they rise to the request where it passes them.
 */
export function containerSizings(subject: SizingSubject, proposed: ProposedRequests): readonly ContainerSizing[] {
  const containers = runningContainers(subject.workload);
  const cpu = sharesOf(containers, "cpuMillicores", proposed.cpu.proposed);
  const memory = sharesOf(containers, "memoryBytes", proposed.memory.proposed);
  return containers.map(({ name, limits }, index) => {
    const requests = { cpuMillicores: cpu[index] ?? 0, memoryBytes: memory[index] ?? 0 };
    return {
      name,
      requests,
      limits: {
        ...limits,
        ...limitOf("cpuMillicores", limits, requests, subject.guaranteed.cpu),
        ...limitOf("memoryBytes", limits, requests, subject.guaranteed.memory),
      },
    };
  });
}

/** The workload with other requests and limits, as the scheduler and the bill would see it. */
export function resizeWorkload(subject: SizingSubject, sizings: readonly ContainerSizing[]): Workload {
  const { workload, overhead } = subject;
  const byName = new Map(sizings.map((sizing) => [sizing.name, sizing]));
  const containers = workload.containers.map((container) => {
    const sizing = container.role === "init" ? undefined : byName.get(container.name);
    if (sizing === undefined) return container;
    return { ...container, requests: { ...container.requests, ...sizing.requests }, limits: sizing.limits };
  });
  // What a pod states as a whole would hide what its containers ask for.
  const { resources: _, ...podSpec } = workload.podSpec;
  const own = podResources(podSpec, containers, {});
  const declaredOverhead = declaredOverheadOf(workload, overhead);
  return {
    ...workload,
    podSpec,
    containers,
    podRequests: {
      ...workload.podRequests,
      cpuMillicores: (own.requests.cpuMillicores ?? 0) + declaredOverhead.cpuMillicores,
      memoryBytes: (own.requests.memoryBytes ?? 0) + declaredOverhead.memoryBytes,
    },
    podLimits: { ...workload.podLimits, ...own.limits },
  };
}

/** The part of the overhead that the pod's own requests hold; that of a class only the cluster knows is added later. */
function declaredOverheadOf(workload: Workload, overhead: PodAmount): PodAmount {
  const own = podResources(workload.podSpec, workload.containers, {}).requests;
  const held = (resource: keyof PodAmount) =>
    Math.min(overhead[resource], Math.max(0, (workload.podRequests[resource] ?? 0) - (own[resource] ?? 0)));
  return { cpuMillicores: held("cpuMillicores"), memoryBytes: held("memoryBytes") };
}

function sharesOf(containers: readonly Container[], resource: keyof PodAmount, whole: number): readonly number[] {
  const asked = containers.map(({ requests }) => requests[resource] ?? 0);
  const sum = asked.reduce((total, each) => total + each, 0);
  let left = whole;
  return asked.map((each, index) => {
    const isLast = index === asked.length - 1;
    const share = isLast ? left : Math.floor(sum === 0 ? whole / asked.length : (whole * each) / sum);
    left -= share;
    return share;
  });
}

function limitOf(
  resource: keyof PodAmount,
  limits: ComputeResources,
  requests: PodAmount,
  follows: boolean,
): ComputeResources {
  const limit = limits[resource];
  if (limit === undefined) return {};
  return { [resource]: follows ? requests[resource] : Math.max(limit, requests[resource]) };
}
