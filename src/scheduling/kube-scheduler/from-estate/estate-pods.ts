import { asInteger, asList, asObject, asText, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { ComputeResources, Container, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { ClusterCapacity } from "../../cluster-capacity.ts";
import type { PodShape } from "../../pod-shape.ts";

/** What the pods of one cluster are read from. */
export interface EstateContext {
  readonly estate: Estate;
  readonly cluster: Cluster;
  readonly capacity: ClusterCapacity;
}

/** Priorities that every cluster has. */
const builtInPriorities: ReadonlyMap<string, number> = new Map([
  ["system-cluster-critical", 2_000_000_000],
  ["system-node-critical", 2_000_001_000],
]);

/** The pods of a workload at its smallest number of replicas, with what the API server and admission fill in. */
export function workloadPods(workload: Workload, context: EstateContext): readonly object[] {
  return Array.from({ length: workload.replicas.minimum }, (_, replica) =>
    podObject(workload, context, `${workload.name}-${replica}`),
  );
}

/** A DaemonSet's pod on one node. */
export function daemonPods(workload: Workload, nodeName: string, context: EstateContext): object {
  const pod = podObject(workload, context, `${workload.name}-${nodeName}`);
  return { ...pod, spec: { ...pod.spec, nodeName } };
}

/** Pods that AKS and the platform's components run; no manifest of the estate declares them. */
export function platformPods({ platform }: ClusterCapacity): readonly object[] {
  return platform.flatMap(({ shape, replicas, namespace }) =>
    Array.from({ length: replicas }, (_, replica) => ({
      kind: "Pod",
      metadata: { name: `${shape.id.slice(shape.id.lastIndexOf("/") + 1)}-${replica}`, namespace },
      spec: {
        containers: [
          { resources: { requests: { cpu: `${shape.demand.cpuMillicores}m`, memory: shape.demand.memoryBytes } } },
        ],
        tolerations: tolerationsOf(shape),
        affinity: { nodeAffinity: preferredOf(shape) },
      },
    })),
  );
}

function podObject(workload: Workload, { estate, cluster, capacity }: EstateContext, name: string) {
  const { podSpec, podLabels, namespace } = workload;
  const shape = capacity.shapes.get(workload.id);
  const isDeployment = workload.kind === "Deployment";
  const { nodeName: _, ...spec } = podSpec;
  return {
    kind: "Pod",
    metadata: {
      name,
      namespace,
      labels: isDeployment ? { ...podLabels, "pod-template-hash": "1" } : podLabels,
      ownerReferences: [
        isDeployment
          ? { kind: "ReplicaSet", name: `${workload.name}-1`, controller: true }
          : { kind: workload.kind, name: workload.name, controller: true },
      ],
    },
    spec: {
      ...spec,
      containers: withEffectiveRequests(workload, ["main"]),
      initContainers: withEffectiveRequests(workload, ["init", "sidecar"]),
      nodeSelector: shape?.nodeSelector ?? workload.nodeSelector,
      tolerations: shape === undefined ? workload.tolerations : tolerationsOf(shape),
      volumes: claimVolumes(workload, name),
      ...overheadOf(workload, shape, estate, cluster),
      ...priorityOf(podSpec, estate, cluster),
    },
  };
}

/** Containers as rendered, with the requests that LimitRanges and limits give them. */
function withEffectiveRequests(workload: Workload, roles: readonly Container["role"][]): readonly object[] {
  return workload.containers
    .filter(({ role }) => roles.includes(role))
    .map(({ value, requests }) => {
      const resources = asObject(value.resources);
      const stated = { ...asObject(resources.limits), ...asObject(resources.requests) };
      return { ...value, resources: { requests: { ...stated, ...quantities(requests) } } };
    });
}

function quantities({ cpuMillicores, memoryBytes, ephemeralStorageBytes }: ComputeResources): JsonObject {
  return {
    ...(cpuMillicores === undefined ? {} : { cpu: `${cpuMillicores}m` }),
    ...(memoryBytes === undefined ? {} : { memory: memoryBytes }),
    ...(ephemeralStorageBytes === undefined ? {} : { "ephemeral-storage": ephemeralStorageBytes }),
  };
}

/** Volumes that are claims, named as the StatefulSet controller names those of its templates. */
function claimVolumes({ kind, podSpec, claims }: Workload, podName: string): readonly unknown[] {
  const templates = kind === "StatefulSet" ? claims.filter(({ perReplica }) => perReplica) : [];
  return [
    ...asList(podSpec.volumes).filter((volume) => {
      const { persistentVolumeClaim, ephemeral, name } = asObject(volume);
      return (persistentVolumeClaim ?? ephemeral) !== undefined && !templates.some((each) => each.name === name);
    }),
    ...templates.map(({ name }) => ({ name, persistentVolumeClaim: { claimName: `${name}-${podName}` } })),
  ];
}

/** The pod's own overhead, that of its RuntimeClass, or what placement takes for a sandbox. */
function overheadOf(workload: Workload, shape: PodShape | undefined, estate: Estate, cluster: Cluster): JsonObject {
  if (isJsonObject(workload.podSpec.overhead) || workload.runtimeClassName === undefined) return {};
  const runtimeClass = estate.objects.find(
    (placed) =>
      placed.cluster === cluster.name &&
      placed.object.kind === "RuntimeClass" &&
      placed.object.name === workload.runtimeClassName,
  );
  const declared = asObject(runtimeClass?.object.value.overhead).podFixed;
  if (isJsonObject(declared)) return { overhead: declared };
  const added = (shape?.demand.memoryBytes ?? 0) - (workload.podRequests.memoryBytes ?? shape?.demand.memoryBytes ?? 0);
  return added > 0 ? { overhead: { memory: added } } : {};
}

function priorityOf(podSpec: JsonObject, estate: Estate, cluster: Cluster): JsonObject {
  if (asInteger(podSpec.priority) !== undefined) return {};
  const name = asText(podSpec.priorityClassName);
  const classes = estate.objects.filter(
    (placed) => placed.cluster === cluster.name && placed.object.kind === "PriorityClass",
  );
  const found = classes.find(({ object }) =>
    name === undefined ? object.value.globalDefault === true : object.name === name,
  );
  const value = asInteger(found?.object.value.value) ?? builtInPriorities.get(name ?? "") ?? 0;
  const policy = asText(found?.object.value.preemptionPolicy);
  return { priority: value, ...(policy === undefined ? {} : { preemptionPolicy: policy }) };
}

function tolerationsOf({ tolerations }: PodShape): readonly object[] {
  return tolerations.map(({ key, operator, value, effect }) => ({
    ...(key === "" ? {} : { key }),
    operator,
    ...(value === "" ? {} : { value }),
    ...(effect === undefined ? {} : { effect }),
  }));
}

function preferredOf({ affinity }: PodShape): object {
  return {
    preferredDuringSchedulingIgnoredDuringExecution: affinity.preferred.map(({ weight, term }) => ({
      weight,
      preference: { matchExpressions: term.expressions, matchFields: term.fields },
    })),
  };
}
