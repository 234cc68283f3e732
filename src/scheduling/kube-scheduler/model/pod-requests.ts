import { asList, asObject, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { SchedulerVersion } from "../scheduler-version.ts";
import type { ReadingProblem } from "./reading-problem.ts";
import {
  addAmounts,
  type MutableAmounts,
  type ResourceAmounts,
  raiseAmounts,
  readResourceList,
} from "./resource-list.ts";

/** What the scheduler counts for a container that requests no cpu or no memory, in its resource score only. */
const unstatedCpuMillicores = 100;
const unstatedMemoryBytes = 200 * 1024 ** 2;

/** cpu and memory of which a missing request counts as the scheduler's default. */
export interface NonZeroRequests {
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
}

/** What one pod asks of a node, in the two notions of the scheduler. */
export interface PodRequests {
  /** Real requests, missing = 0: for the Fit filter and the sums of placed pods. */
  readonly real: ResourceAmounts;
  /** For the sums of placed pods that LeastAllocated and MostAllocated read. */
  readonly nonZero: NonZeroRequests;
  /** As the two resource scores read them of the incoming pod; other than the above only by the overhead quirk of 1.26. */
  readonly scoredReal: ResourceAmounts;
  readonly scoredNonZero: NonZeroRequests;
}

interface ContainerRequests {
  readonly role: "main" | "init" | "sidecar";
  readonly requests: ResourceAmounts;
}

/**
 * Requests of a pod: per resource the larger of (containers + sidecars) and of each init container with the sidecars
 * started before it, then pod-level resources in its place, then overhead. Source: kubernetes
 * `component-helpers/resource/helpers.go` and `pkg/scheduler/framework/types.go` (1.26: `calculateResource`).
 */
export function readPodRequests(spec: JsonObject, version: SchedulerVersion, problems: ReadingProblem[]): PodRequests {
  const containers = [
    ...readContainers(spec, "initContainers", version, problems),
    ...readContainers(spec, "containers", version, problems),
  ];
  const overhead = readResourceList(spec.overhead, ["spec", "overhead"], problems);
  const podLevel = version.readsPodLevelResources ? readPodLevel(spec, problems) : {};
  const real = { ...aggregate(containers), ...podLevel };
  const filled = containers.map(({ role, requests }) => ({ role, requests: withDefaults(requests) }));
  const nonZero = { ...aggregate(filled), ...podLevel };
  const overheadCores = Math.ceil((overhead.cpu ?? 0) / 1000);
  const scoredOverhead =
    version.scoresOverheadInWholeCores && overhead.cpu !== undefined ? { ...overhead, cpu: overheadCores } : overhead;
  return {
    real: sum(real, overhead),
    nonZero: cpuAndMemory(sum(nonZero, overhead)),
    scoredReal: sum(real, scoredOverhead),
    scoredNonZero: cpuAndMemory(sum(nonZero, scoredOverhead)),
  };
}

function readContainers(
  spec: JsonObject,
  field: "containers" | "initContainers",
  version: SchedulerVersion,
  problems: ReadingProblem[],
): readonly ContainerRequests[] {
  return asList(spec[field]).map((value, index) => {
    const container = asObject(value);
    const path = ["spec", field, index, "resources"];
    const isSidecar = version.knowsSidecars && container.restartPolicy === "Always";
    return {
      role: field === "containers" ? "main" : isSidecar ? "sidecar" : "init",
      requests: readRequests(container.resources, path, problems),
    };
  });
}

/** The API server makes a request of a limit that has none. */
function readRequests(
  resources: unknown,
  path: readonly (string | number)[],
  problems: ReadingProblem[],
): ResourceAmounts {
  const { requests, limits } = asObject(resources);
  return {
    ...readResourceList(limits, [...path, "limits"], problems),
    ...readResourceList(requests, [...path, "requests"], problems),
  };
}

/** `spec.resources` replaces cpu, memory and huge pages of the containers' sum; a limit there is a request only if no container states one. */
function readPodLevel(spec: JsonObject, problems: ReadingProblem[]): ResourceAmounts {
  if (!isJsonObject(spec.resources)) return {};
  const { requests, limits } = spec.resources;
  const stated = readResourceList(requests, ["spec", "resources", "requests"], problems);
  const bounds = readResourceList(limits, ["spec", "resources", "limits"], problems);
  const replaced: MutableAmounts = {};
  for (const [name, amount] of Object.entries({ ...unstatedBounds(spec, bounds), ...stated })) {
    if (name === "cpu" || name === "memory" || name.startsWith("hugepages-")) replaced[name] = amount;
  }
  return replaced;
}

function unstatedBounds(spec: JsonObject, bounds: ResourceAmounts): ResourceAmounts {
  const containers = [...asList(spec.containers), ...asList(spec.initContainers)];
  const states = (name: string) =>
    containers.some((container) => {
      const { requests, limits } = asObject(asObject(container).resources);
      return asObject(requests)[name] !== undefined || asObject(limits)[name] !== undefined;
    });
  return Object.fromEntries(Object.entries(bounds).filter(([name]) => !states(name)));
}

function withDefaults(requests: ResourceAmounts): ResourceAmounts {
  return {
    ...requests,
    cpu: requests.cpu ?? unstatedCpuMillicores,
    memory: requests.memory ?? unstatedMemoryBytes,
  };
}

function aggregate(containers: readonly ContainerRequests[]): ResourceAmounts {
  const running: MutableAmounts = {};
  const sidecars: MutableAmounts = {};
  const starting: MutableAmounts = {};
  for (const { role, requests } of containers) {
    if (role !== "init") addAmounts(running, requests);
    if (role === "sidecar") {
      addAmounts(sidecars, requests);
      raiseAmounts(starting, sidecars);
    } else if (role === "init") {
      raiseAmounts(starting, sum(sidecars, requests));
    }
  }
  raiseAmounts(running, starting);
  return running;
}

function sum(left: ResourceAmounts, right: ResourceAmounts): ResourceAmounts {
  const total: MutableAmounts = { ...left };
  addAmounts(total, right);
  return total;
}

function cpuAndMemory(amounts: ResourceAmounts): NonZeroRequests {
  return { cpuMillicores: amounts.cpu ?? 0, memoryBytes: amounts.memory ?? 0 };
}
