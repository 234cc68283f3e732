import { asObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { ComputeResources, Workload } from "../../../estate/kubernetes/workload.ts";

const mebibyte = 1024 ** 2;

/**
 * Splits the quota of a tenant over its namespaces on one cluster by what their workloads ask for at their most, so that
 * the parts never exceed the whole; evenly where nothing asks. Undefined parts have no quota.
 */
export function quotaShares(
  quota: ComputeResources,
  namespaces: readonly string[],
  workloads: readonly Workload[],
): ReadonlyMap<string, ComputeResources> {
  const cpu = shares(quota.cpuMillicores, 1, namespaces, (namespace) => demand(workloads, namespace, "cpuMillicores"));
  const memory = shares(quota.memoryBytes, mebibyte, namespaces, (namespace) =>
    demand(workloads, namespace, "memoryBytes"),
  );
  return new Map(
    namespaces.map((namespace) => {
      const cpuMillicores = cpu.get(namespace);
      const memoryBytes = memory.get(namespace);
      return [
        namespace,
        {
          ...(cpuMillicores === undefined ? {} : { cpuMillicores }),
          ...(memoryBytes === undefined ? {} : { memoryBytes }),
        },
      ];
    }),
  );
}

/** What all of them ask for with every replica that they may come to have. */
function requestsAtMost(workloads: readonly Workload[]): {
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
} {
  const total = (resource: "cpuMillicores" | "memoryBytes") =>
    workloads.reduce((sum, { replicas, podRequests }) => sum + replicas.maximum * (podRequests[resource] ?? 0), 0);
  return { cpuMillicores: total("cpuMillicores"), memoryBytes: total("memoryBytes") };
}

function demand(workloads: readonly Workload[], namespace: string, resource: "cpuMillicores" | "memoryBytes"): number {
  return requestsAtMost(workloads.filter((workload) => workload.namespace === namespace))[resource];
}

/** In whole multiples of `unit`, rounded down. */
function shares(
  total: number | undefined,
  unit: number,
  namespaces: readonly string[],
  demandOf: (namespace: string) => number,
): ReadonlyMap<string, number> {
  if (total === undefined) return new Map();
  const demands = namespaces.map((namespace): [string, number] => [namespace, demandOf(namespace)]);
  const sum = demands.reduce((before, [, each]) => before + each, 0);
  const shareOf = (each: number) =>
    sum === 0 ? wholeShare(total, unit, 1, namespaces.length) : wholeShare(total, unit, each, sum);
  return new Map(demands.map(([namespace, each]) => [namespace, shareOf(each)]));
}

/** Exact, so that a quota of just what is asked for gives each just that. */
function wholeShare(total: number, unit: number, part: number, whole: number): number {
  const [units, weight, weights] = [Math.floor(total / unit), Math.round(part), Math.round(whole)];
  return Number((BigInt(units) * BigInt(weight)) / BigInt(weights)) * unit;
}

/**
 * The ResourceQuota of a namespace for its share; undefined where the tenant has none. Memory limits get the same
 * headroom over what the workloads state as requests do, where every container states one: others would be refused. Pods
 * are as many as the share holds of the smallest, or twice those that there may be, where that is more.
 */
export function quotaObject(
  namespace: string,
  { cpuMillicores, memoryBytes }: ComputeResources,
  workloads: readonly Workload[],
): JsonObject | undefined {
  if (cpuMillicores === undefined && memoryBytes === undefined) return undefined;
  const own = workloads.filter((workload) => workload.namespace === namespace);
  const limits = memoryBytes === undefined ? undefined : limitedMemory(memoryBytes, own);
  const hard = {
    ...(limits === undefined ? {} : { "limits.memory": memoryText(limits) }),
    pods: String(podsAtMost({ cpuMillicores, memoryBytes }, own)),
    ...(cpuMillicores === undefined ? {} : { "requests.cpu": cpuText(cpuMillicores) }),
    ...(memoryBytes === undefined ? {} : { "requests.memory": memoryText(memoryBytes) }),
  };
  return { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "tenant-quota", namespace }, spec: { hard } };
}

function limitedMemory(share: number, workloads: readonly Workload[]): number | undefined {
  const isLimited = ({ containers }: Workload) =>
    containers.every(({ role, limits }) => role === "ephemeral" || limits.memoryBytes !== undefined);
  if (!workloads.every(isLimited)) return undefined;
  const limits = workloads.reduce(
    (sum, { replicas, podLimits }) => sum + replicas.maximum * (podLimits.memoryBytes ?? 0),
    0,
  );
  const requests = requestsAtMost(workloads).memoryBytes;
  return requests === 0 ? share : Math.ceil(share * Math.max(1, limits / requests));
}

function podsAtMost({ cpuMillicores, memoryBytes }: QuotaShare, workloads: readonly Workload[]): number {
  const bySize = Math.min(
    cpuMillicores === undefined ? Number.POSITIVE_INFINITY : Math.ceil(cpuMillicores / defaultRequest.cpuMillicores),
    memoryBytes === undefined ? Number.POSITIVE_INFINITY : Math.ceil(memoryBytes / defaultRequest.memoryBytes),
  );
  return Math.max(bySize, 2 * workloads.reduce((sum, { replicas }) => sum + replicas.maximum, 0));
}

interface QuotaShare {
  readonly cpuMillicores: number | undefined;
  readonly memoryBytes: number | undefined;
}

/** What a container without requests counts as. */
const defaultRequest = { cpuMillicores: 100, memoryBytes: 128 * mebibyte } as const;
/** Memory that a container without a limit may use, where limits are counted. */
const defaultLimitBytes = 256 * mebibyte;

/**
 * Requests of containers that state none, and where the quota counts memory limits those too: under a quota, the API
 * server refuses them otherwise.
 */
export function limitRangeObject(namespace: string, countsLimits: boolean): JsonObject {
  const { cpuMillicores, memoryBytes } = defaultRequest;
  const limit = {
    type: "Container",
    ...(countsLimits ? { default: { memory: memoryText(defaultLimitBytes) } } : {}),
    defaultRequest: { cpu: cpuText(cpuMillicores), memory: memoryText(memoryBytes) },
  };
  return {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: { name: "tenant-defaults", namespace },
    spec: { limits: [limit] },
  };
}

/** True where a quota object bounds the memory limits of a namespace. */
export function countsMemoryLimits({ spec }: JsonObject): boolean {
  return Object.hasOwn(asObject(asObject(spec)["hard"]), "limits.memory");
}

function cpuText(millicores: number): string {
  return millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`;
}

function memoryText(bytes: number): string {
  const gibibyte = 1024 * mebibyte;
  return bytes % gibibyte === 0 ? `${bytes / gibibyte}Gi` : `${Math.floor(bytes / mebibyte)}Mi`;
}
