import type { Catalog } from "../catalog/catalog.ts";
import type { Assumption } from "../estate/assumptions/assumption.ts";
import { assume } from "../estate/assumptions/assumption-rule.ts";
import { platformDaemons, systemPodRequests, systemPods } from "../estate/assumptions/capacity-rules.ts";
import type { Reason } from "../estate/figures/figure.ts";
import type { Workload } from "../estate/kubernetes/workload.ts";
import type { Cluster, ClusterComponent } from "../estate/model/cluster.ts";
import type { PlatformDaemons } from "./node-capacity.ts";
import { bytesPerMiB, componentDemand } from "./pod-demand.ts";
import type { PodShape } from "./pod-shape.ts";
import type { Toleration } from "./tolerations.ts";

const systemNamespace = "kube-system";
/** Set on system pools to keep applications away; add-ons tolerate it. */
const addonToleration: Toleration = { key: "CriticalAddonsOnly", operator: "Exists", value: "", effect: undefined };

/** Pods that run on a cluster without being declared as workloads: AKS system pods and platform components. */
export interface PlatformPods {
  readonly shape: PodShape;
  readonly replicas: number;
  readonly origin: "system" | "component";
  readonly namespace: string;
}

export interface PlatformPodsReading {
  readonly daemons: PlatformDaemons;
  readonly pods: readonly PlatformPods[];
  readonly assumptions: readonly Assumption[];
}

/**
 * What the platform runs on a cluster. Where the manifests declare kube-system themselves (as read from a live cluster)
 * or a component's own workloads, those count and nothing is added.
 */
export function readPlatformPods(
  cluster: Cluster,
  workloads: readonly Workload[],
  catalog: Catalog,
): PlatformPodsReading {
  const system = workloads.filter(({ namespace }) => namespace === systemNamespace);
  const daemons = system.some(({ name }) => name === "kube-proxy")
    ? { daemons: { cpuMillicores: 0, memoryBytes: 0, pods: 0, reason: undefined }, assumptions: [] }
    : assumedDaemons(cluster, catalog);
  const systemReading = system.some(({ name }) => name === "coredns")
    ? { pods: [], assumptions: [] }
    : assumedSystemPods(cluster);
  const components = cluster.components
    .filter((component) => !declaresComponent(workloads, component))
    .map((component) => componentPods(cluster, component));
  return {
    daemons: daemons.daemons,
    pods: [...systemReading.pods, ...components.flatMap(({ pods }) => pods)],
    assumptions: [
      ...daemons.assumptions,
      ...systemReading.assumptions,
      ...components.flatMap(({ assumptions }) => assumptions),
    ],
  };
}

function assumedDaemons(
  cluster: Cluster,
  catalog: Catalog,
): { readonly daemons: PlatformDaemons; readonly assumptions: readonly Assumption[] } {
  const running = catalog
    .daemonOverheads()
    .filter(
      ({ onlyWith }) =>
        onlyWith === undefined || (onlyWith === "containerInsights" && cluster.monitoring.containerInsights === true),
    );
  const cpuMillicores = running.reduce((sum, daemon) => sum + daemon.cpuMillicores.value, 0);
  const memoryBytes = running.reduce((sum, daemon) => sum + daemon.memoryBytes.value, 0);
  const memoryMiB = Math.round(memoryBytes / bytesPerMiB);
  const names = running.map(({ name }) => name);
  const [first] = running;
  const reason: Reason | undefined =
    first === undefined
      ? undefined
      : {
          kind: "fact",
          name: `requests of the daemons of AKS on a node (${names.join(", ")})`,
          value: `${cpuMillicores}m CPU, ${memoryMiB} MiB`,
          source: first.cpuMillicores.source,
          asOf: first.cpuMillicores.asOf,
          verified: running.every((daemon) => daemon.cpuMillicores.verified && daemon.memoryBytes.verified),
        };
  const parameters = { cpuMillicores, memoryMiB, pods: running.length, names };
  return {
    daemons: { cpuMillicores, memoryBytes, pods: running.length, reason },
    assumptions: [assume(platformDaemons, `Cluster/${cluster.name}`, parameters)],
  };
}

function assumedSystemPods(cluster: Cluster): {
  readonly pods: readonly PlatformPods[];
  readonly assumptions: readonly Assumption[];
} {
  const { cpuMillicores, memoryMiB, replicas } = systemPodRequests;
  const shape = platformShape(`${cluster.name}/${systemNamespace}/system-pods`, {
    cpuMillicores,
    memoryBytes: memoryMiB * bytesPerMiB,
    gpus: 0,
  });
  return {
    pods: [{ shape, replicas, origin: "system", namespace: systemNamespace }],
    assumptions: [assume(systemPods, `Cluster/${cluster.name}`, { cpuMillicores, memoryMiB, replicas })],
  };
}

function declaresComponent(workloads: readonly Workload[], component: ClusterComponent): boolean {
  return workloads.some(({ namespace, name }) => namespace === component.namespace && name.includes(component.name));
}

function componentPods(
  cluster: Cluster,
  component: ClusterComponent,
): { readonly pods: readonly PlatformPods[]; readonly assumptions: readonly Assumption[] } {
  const id = `${cluster.name}/${component.namespace}/${component.name}`;
  const { demand, assumptions } = componentDemand(id, component.requests);
  if (component.replicas <= 0) return { pods: [], assumptions: [] };
  return {
    pods: [
      {
        shape: platformShape(id, demand),
        replicas: component.replicas,
        origin: "component",
        namespace: component.namespace,
      },
    ],
    assumptions,
  };
}

/** Platform pods run on system pools where they can, and tolerate what keeps applications away from them. */
function platformShape(id: string, demand: PodShape["demand"]): PodShape {
  return {
    id,
    demand,
    nodeSelector: {},
    affinity: {
      required: undefined,
      preferred: [
        {
          weight: 100,
          term: {
            expressions: [{ key: "kubernetes.azure.com/mode", operator: "In", values: ["system"] }],
            fields: [],
          },
        },
      ],
    },
    tolerations: [addonToleration],
    operatingSystem: "linux",
    sandboxed: false,
    runtimeClassName: undefined,
    nodeName: undefined,
    spread: [],
    hostPorts: false,
  };
}
