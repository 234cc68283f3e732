import { readNode } from "../../kube-scheduler/model/cluster-node.ts";
import { type ClusterPod, PodReader } from "../../kube-scheduler/model/cluster-pod.ts";
import { newestMinor, schedulerVersion } from "../../kube-scheduler/scheduler-version.ts";
import type { NodeSlot } from "../cluster/simulated-pool.ts";
import type { Demand } from "../demand/demand.ts";
import type { LoadSimulationInput, SimulatedWorkload } from "../load-simulation.ts";

const version = schedulerVersion(newestMinor);
const reader = new PodReader(version);

/** Demand that changes at the given minutes. */
export function givenDemand(minutes: number, ...steps: readonly (readonly [minute: number, rate: number])[]): Demand {
  return {
    startSeconds: 1_793_491_200,
    durationSeconds: minutes * 60,
    times: steps.map(([minute]) => minute * 60),
    rates: steps.map(([, rate]) => rate),
  };
}

/** One pool of nodes of four cores, for pods of one core that serve ten units a second; nodes boot in 100 s, pods start in 10 s. */
export function givenLoad(
  demand: Demand,
  workload: Partial<SimulatedWorkload> = {},
  pool: { readonly minimum?: number; readonly maximum?: number; readonly initial?: number } = {},
): LoadSimulationInput {
  const { minimum = 1, maximum = 5, initial = minimum } = pool;
  return {
    demand,
    cluster: {
      name: "test",
      version,
      objects: [],
      background: [],
      pools: [
        {
          name: "general",
          minimum,
          maximum,
          initial,
          isScaled: true,
          pricePerNodeHour: 1,
          slots: Array.from({ length: maximum }, (_, index) => givenSlot(`general-${index}`, 4)),
          machine: { cpuMillicores: 4000, memoryBytes: 16 * 1024 ** 3 },
        },
      ],
    },
    workload: {
      runsOn: {
        kind: "pods",
        podOf,
        imageName: "web",
        imagePullSeconds: 0,
        start: { medianSeconds: 10, p95Seconds: 10 },
      },
      perReplica: 10,
      patienceSeconds: 0,
      scaler: { kind: "Fixed", replicas: 1 },
      plan: [],
      initialReplicas: 1,
      ...workload,
    },
    nodeScaling: {
      scanIntervalSeconds: 10,
      scaleDownDelayAfterAddSeconds: 600,
      scaleDownDelayAfterDeleteSeconds: 10,
      scaleDownUnneededSeconds: 600,
      scaleDownUtilizationThreshold: 0.5,
      maxEmptyBulkDelete: 10,
      skipNodesWithSystemPods: true,
      ignoreDaemonsetsUtilization: false,
      expander: "random",
      priorities: [],
      unremovableRecheckSeconds: 300,
    },
    timing: { boot: { medianSeconds: 100, p95Seconds: 100 }, metricSeconds: 15, syncSeconds: 15 },
    seed: 1,
    mostEvents: 1_000_000,
    pointSeconds: 60,
  };
}

function podOf(index: number): ClusterPod {
  const reading = reader.read({
    metadata: { name: `web-${index}`, namespace: "shop", labels: { app: "web" } },
    spec: { containers: [{ resources: { requests: { cpu: "1", memory: "1Gi" } } }] },
  });
  if (reading.kind === "refused") throw new Error("the pod of the test is refused");
  return reading.value;
}

/** A node of so many cores and 16 GiB. */
export function givenSlot(name: string, cores: number): NodeSlot {
  const allocatable = { cpu: String(cores), memory: "16Gi", pods: 30 };
  const reading = readNode({ metadata: { name }, status: { allocatable } });
  if (reading.kind === "refused") throw new Error("the node of the test is refused");
  return { node: reading.value, daemons: [], zone: undefined };
}
