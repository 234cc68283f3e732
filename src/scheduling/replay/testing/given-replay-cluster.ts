import { schedulerVersion } from "../../kube-scheduler/scheduler-version.ts";
import { readSnapshotCluster, type SnapshotMeaning } from "../read-snapshot-cluster.ts";
import { loneWorkload, type ReplayBudget, type ReplayCluster, type ReplayWorkload } from "../replay-cluster.ts";

/** Pods of one workload, alike. */
export interface GivenPods extends Partial<ReplayWorkload> {
  readonly name: string;
  readonly replicas: number;
  /** In millicores. */
  readonly cpu: number;
  readonly spec?: { readonly [field: string]: unknown };
}

/** A cluster of nodes of 4 cores, dealt to zones in turn, with the pods of workloads placed; all in pool `main`. */
export function givenReplayCluster(
  nodes: number,
  zones: number,
  workloads: readonly GivenPods[],
  meaning: Partial<SnapshotMeaning> & { readonly objects?: readonly object[] } = {},
): ReplayCluster {
  const nodeObjects = Array.from({ length: nodes }, (_, index) => ({
    metadata: {
      name: `node-${index}`,
      labels: {
        agentpool: "main",
        "kubernetes.io/hostname": `node-${index}`,
        "topology.kubernetes.io/zone": `region-${(index % zones) + 1}`,
      },
    },
    status: { allocatable: { cpu: "4", memory: "16Gi", pods: 110 } },
  }));
  const pods = workloads.flatMap(({ name, replicas, cpu, spec }) =>
    Array.from({ length: replicas }, (_, replica) => ({
      metadata: { name: `${name}-${replica}`, namespace: "shop", labels: { app: name } },
      spec: { containers: [{ resources: { requests: { cpu: `${cpu}m` } } }], ...spec },
    })),
  );
  return readSnapshotCluster(
    { id: "main", nodes: nodeObjects, existing: [], objects: meaning.objects ?? [], pods },
    {
      workloads: new Map(workloads.map((given) => [given.name, workloadOf(given)])),
      budgets: meaning.budgets ?? [],
      workloadOfPod: new Map(
        workloads.flatMap(({ name, replicas }) =>
          Array.from({ length: replicas }, (_, replica) => [`shop/${name}-${replica}`, name] as const),
        ),
      ),
      growingPools: meaning.growingPools ?? [],
    },
    schedulerVersion(34),
  ).cluster;
}

function workloadOf({ name, replicas, cpu: _cpu, spec: _spec, ...more }: GivenPods): ReplayWorkload {
  return { ...loneWorkload(name), wanted: replicas, ...more };
}

/** A budget over one workload. */
export function givenBudget(workload: string, pods: number, allowed: number | undefined): ReplayBudget {
  return { name: `shop/${workload}`, limit: `maxUnavailable ${allowed ?? "?"}`, workloads: [workload], pods, allowed };
}

/** Everything that a replay could leave changed, as text. */
export function stateText({ scheduler: { cluster } }: ReplayCluster): string {
  const nodes = cluster.nodes.slotsInOrder().map((slot) => ({
    node: cluster.nodes.nodeAt(slot),
    requested: cluster.nodes.resources.columns.map(({ requested }) => requested[slot]),
    count: cluster.nodes.resources.podCount[slot],
  }));
  const pods = cluster.pods().map(({ pod, node }) => `${pod.id} on ${node}`);
  return JSON.stringify([nodes, pods]);
}
