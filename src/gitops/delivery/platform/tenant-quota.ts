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
export function requestsAtMost(workloads: readonly Workload[]): {
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
  const shareOf = (each: number) => (sum === 0 ? 1 / namespaces.length : each / sum);
  return new Map(demands.map(([namespace, each]) => [namespace, Math.floor((total * shareOf(each)) / unit) * unit]));
}

/** The ResourceQuota of a namespace; undefined where the tenant has none. */
export function quotaObject(
  namespace: string,
  { cpuMillicores, memoryBytes }: ComputeResources,
): JsonObject | undefined {
  if (cpuMillicores === undefined && memoryBytes === undefined) return undefined;
  const hard = {
    ...(cpuMillicores === undefined ? {} : { "requests.cpu": cpuText(cpuMillicores) }),
    ...(memoryBytes === undefined ? {} : { "requests.memory": memoryText(memoryBytes) }),
  };
  return { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "tenant-quota", namespace }, spec: { hard } };
}

/** Requests of containers that state none: under a quota, the API server refuses them otherwise. */
export function limitRangeObject(namespace: string): JsonObject {
  return {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: { name: "tenant-defaults", namespace },
    spec: { limits: [{ type: "Container", defaultRequest: { cpu: "100m", memory: "128Mi" } }] },
  };
}

function cpuText(millicores: number): string {
  return millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`;
}

function memoryText(bytes: number): string {
  const gibibyte = 1024 * mebibyte;
  return bytes % gibibyte === 0 ? `${bytes / gibibyte}Gi` : `${Math.floor(bytes / mebibyte)}Mi`;
}
