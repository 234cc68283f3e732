import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { dealtZones, largestPodsFirst, wholeGpus } from "../../../estate/assumptions/replay-rules.ts";
import type { QueueOptions } from "../../kube-scheduler/run-queue.ts";
import type { SchedulerVersion } from "../../kube-scheduler/scheduler-version.ts";
import { type ReplayClusterReading, readSnapshotCluster } from "../read-snapshot-cluster.ts";
import { loneWorkload } from "../replay-cluster.ts";
import type { TraceNode, TracePod } from "./read-trace.ts";

/** A cluster of a trace, with what was assumed about it. */
export interface TraceClusterReading extends ReplayClusterReading {
  readonly assumptions: readonly Assumption[];
}

/** Zones that nodes without any are dealt to. */
const dealt = 3;
/** Pods that a node takes where the trace names no limit: the most that Kubernetes supports on AKS. */
const defaultMaxPods = 250;
const bytesPerMiB = 2 ** 20;

/**
 * A cluster from tables of nodes and running pods. Pods are placed anew by the scheduler's rules, the largest first, so that
 * what ran at once is also placed at once. Where no node names a zone, they are dealt to three in turn.
 */
export function readTraceCluster(
  name: string,
  nodes: readonly TraceNode[],
  pods: readonly TracePod[],
  version: SchedulerVersion,
  options: QueueOptions = {},
): TraceClusterReading {
  const isDealt = nodes.length > 0 && nodes.every(({ zone }) => zone === undefined);
  const largestFirst = pods.toSorted(
    (left, right) =>
      right.gpus - left.gpus || right.cpuMillicores - left.cpuMillicores || right.memoryMiB - left.memoryMiB,
  );
  const snapshot = {
    id: name,
    nodes: nodes.map((node, index) => nodeObject(node, isDealt ? String((index % dealt) + 1) : node.zone)),
    existing: [],
    objects: [],
    pods: largestFirst.map(podObject),
  };
  // A trace says what pods ask for, not whom they serve.
  const workloads = new Map(pods.map((pod) => [pod.name, { ...loneWorkload(pod.name), needed: 0 }]));
  const meaning = {
    workloads,
    budgets: [],
    workloadOfPod: new Map(pods.map((pod) => [`default/${pod.name}`, pod.name])),
    growingPools: [],
  };
  const withGpus = pods.filter(({ gpus }) => gpus > 0).length;
  return {
    ...readSnapshotCluster(snapshot, meaning, version, options),
    assumptions: [
      ...(isDealt ? [assume(dealtZones, name, { zones: dealt, nodes: nodes.length })] : []),
      ...(pods.length > 0 ? [assume(largestPodsFirst, name, { pods: pods.length })] : []),
      ...(withGpus > 0 ? [assume(wholeGpus, name, { pods: withGpus })] : []),
    ],
  };
}

function nodeObject({ name, cpuMillicores, memoryMiB, gpus, maxPods, pool }: TraceNode, zone: string | undefined) {
  return {
    metadata: {
      name,
      labels: {
        "kubernetes.io/hostname": name,
        ...(pool === undefined ? {} : { agentpool: pool }),
        ...(zone === undefined ? {} : { "topology.kubernetes.io/zone": zone.includes("-") ? zone : `zone-${zone}` }),
      },
    },
    status: {
      allocatable: {
        cpu: `${cpuMillicores}m`,
        memory: Math.floor(memoryMiB * bytesPerMiB),
        pods: maxPods ?? defaultMaxPods,
        ...(gpus > 0 ? { "nvidia.com/gpu": gpus } : {}),
      },
    },
  };
}

function podObject({ name, cpuMillicores, memoryMiB, gpus }: TracePod) {
  const requests = {
    cpu: `${cpuMillicores}m`,
    memory: Math.ceil(memoryMiB * bytesPerMiB),
    ...(gpus > 0 ? { "nvidia.com/gpu": gpus } : {}),
  };
  return { metadata: { name, namespace: "default" }, spec: { containers: [{ resources: { requests } }] } };
}
