import type { KubeScheduler } from "../kube-scheduler.ts";
import { readNode } from "../model/cluster-node.ts";
import type { ClusterPod } from "../model/cluster-pod.ts";

/** A Node object, as far as a test cares. */
export interface GivenNode {
  readonly name: string;
  readonly zone?: string;
  readonly labels?: { readonly [key: string]: string };
  readonly taints?: readonly object[];
  readonly unschedulable?: boolean;
  readonly cpu?: string;
  readonly memory?: string;
  readonly pods?: number;
  readonly more?: { readonly [resource: string]: unknown };
  readonly images?: readonly object[];
}

/** A node of 4 cores and 16 GiB unless said otherwise. */
function givenNode(node: GivenNode): object {
  return {
    metadata: {
      name: node.name,
      labels: {
        "kubernetes.io/hostname": node.name,
        ...(node.zone === undefined ? {} : { "topology.kubernetes.io/zone": node.zone }),
        ...node.labels,
      },
    },
    spec: { taints: node.taints ?? [], unschedulable: node.unschedulable ?? false },
    status: {
      allocatable: { cpu: node.cpu ?? "4", memory: node.memory ?? "16Gi", pods: node.pods ?? 110, ...node.more },
      images: node.images ?? [],
    },
  };
}

/** A Pod object, as far as a test cares. */
export interface GivenPod {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: { readonly [key: string]: string };
  readonly cpu?: string;
  readonly memory?: string;
  readonly spec?: { readonly [field: string]: unknown };
  readonly metadata?: { readonly [field: string]: unknown };
  readonly startTime?: string;
}

/** A pod of 100m and 128 MiB unless said otherwise. */
function givenPod(pod: GivenPod): object {
  return {
    metadata: { name: pod.name, namespace: pod.namespace ?? "shop", labels: pod.labels ?? {}, ...pod.metadata },
    spec: {
      containers: [{ resources: { requests: { cpu: pod.cpu ?? "100m", memory: pod.memory ?? "128Mi" } } }],
      ...pod.spec,
    },
    ...(pod.startTime === undefined ? {} : { status: { startTime: pod.startTime } }),
  };
}

/** Adds nodes that must be readable. */
export function addNodes({ cluster }: KubeScheduler, nodes: readonly GivenNode[]): void {
  for (const node of nodes) {
    const reading = readNode(givenNode(node));
    if (reading.kind === "refused") throw new Error(reading.problems.map(({ text }) => text).join());
    cluster.addNode(reading.value);
  }
}

/** Reads a pod that must be readable. */
export function readPod(scheduler: KubeScheduler, pod: GivenPod): ClusterPod {
  const reading = scheduler.pods.read(givenPod(pod));
  if (reading.kind === "refused") throw new Error(reading.problems.map(({ text }) => text).join());
  return reading.value;
}
