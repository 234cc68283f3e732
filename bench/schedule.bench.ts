import { createScheduler, type KubeScheduler } from "../src/scheduling/kube-scheduler/kube-scheduler.ts";
import type { ClusterNode } from "../src/scheduling/kube-scheduler/model/cluster-node.ts";
import type { ClusterPod } from "../src/scheduling/kube-scheduler/model/cluster-pod.ts";
import type { BenchResult } from "./bench-result.ts";

/** What a case must reach, in pods a second with all scorers and all nodes scored. */
const bars: { readonly [name: string]: number } = {
  "1000 nodes, plain": 3_000,
  "1000 nodes, spread and affinity": 1_000,
  "5000 nodes, plain": 1_000,
};

type PodMix = "plain" | "spread and affinity";

/** Pods scheduled a second at three cluster sizes, with and without spread constraints and pod affinity. */
export function run(): BenchResult[] {
  const cases = [
    { nodes: 100, pods: 2_000 },
    { nodes: 1_000, pods: 10_000 },
    { nodes: 2_000, pods: 10_000 },
    { nodes: 5_000, pods: 50_000 },
  ];
  return cases.flatMap(({ nodes, pods }) => [
    ...schedule(nodes, pods, "plain"),
    ...schedule(nodes, Math.min(pods, 10_000), "spread and affinity"),
  ]);
}

function schedule(nodeCount: number, podCount: number, mix: PodMix): readonly BenchResult[] {
  const scheduler = createScheduler();
  for (let index = 0; index < nodeCount; index += 1) scheduler.cluster.addNode(nodeOf(index));
  const pods = Array.from({ length: podCount }, (_, index) => podOf(scheduler, index, mix));
  const start = performance.now();
  let placed = 0;
  for (const pod of pods) if (scheduler.schedule(pod).kind === "scheduled") placed += 1;
  const seconds = (performance.now() - start) / 1000;
  const name = `${nodeCount} nodes, ${mix}`;
  const bar = bars[name];
  return [
    { bench: "schedule", case: name, metric: "throughput", value: Math.round(podCount / seconds), unit: "pods/s" },
    ...(bar === undefined
      ? []
      : [{ bench: "schedule", case: name, metric: "bar", value: bar, unit: "pods/s" } as const]),
    { bench: "schedule", case: name, metric: "placed", value: placed, unit: `of ${podCount} pods` },
  ];
}

/** Nodes of two sizes in three zones; every tenth is a spot node, every fourth holds some images. */
function nodeOf(index: number): ClusterNode {
  const name = `node-${index}`;
  const cores = index % 2 === 0 ? 16 : 32;
  return {
    name,
    labels: {
      "kubernetes.io/hostname": name,
      "topology.kubernetes.io/zone": `westeurope-${(index % 3) + 1}`,
      "topology.kubernetes.io/region": "westeurope",
      disk: index % 5 === 0 ? "ssd" : "hdd",
    },
    taints: index % 10 === 9 ? [{ key: "spot", value: "true", effect: "PreferNoSchedule" }] : [],
    unschedulable: false,
    allocatable: { cpu: cores * 1000, memory: cores * 4 * 2 ** 30, pods: 110 },
    images: index % 4 === 0 ? [{ names: ["reg/app:1"], sizeBytes: 400_000_000 }] : [],
  };
}

/** Pods of 50 applications, which share requests in ten sizes. */
function podOf(scheduler: KubeScheduler, index: number, mix: PodMix): ClusterPod {
  const app = `app-${index % 50}`;
  const size = (index % 50) % 10;
  const reading = scheduler.pods.read({
    metadata: { name: `pod-${index}`, namespace: "shop", labels: { app } },
    spec: {
      containers: [
        {
          image: "reg/app:1",
          resources: { requests: { cpu: `${100 + 50 * size}m`, memory: `${128 + 64 * size}Mi` } },
        },
      ],
      ...(mix === "plain" ? {} : placementRules(app, index)),
    },
  });
  if (reading.kind === "refused") throw new Error(`bench pod refused: ${reading.problems[0]?.text}`);
  return reading.value;
}

function placementRules(app: string, index: number): object {
  const labelSelector = { matchLabels: { app } };
  const spread = (topologyKey: string, maxSkew: number, whenUnsatisfiable: string) => ({
    topologyKey,
    maxSkew,
    whenUnsatisfiable,
    labelSelector,
  });
  const term = (each: string, topologyKey: string, weight: number) => ({
    weight,
    podAffinityTerm: { topologyKey, labelSelector: { matchLabels: { app: each } } },
  });
  const neighbour = `app-${(index + 1) % 50}`;
  return {
    topologySpreadConstraints: [
      spread("topology.kubernetes.io/zone", 1, "DoNotSchedule"),
      spread("kubernetes.io/hostname", 2, "ScheduleAnyway"),
    ],
    affinity: {
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 10, preference: { matchExpressions: [{ key: "disk", operator: "In", values: ["ssd"] }] } },
        ],
      },
      podAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [term(neighbour, "topology.kubernetes.io/zone", 20)],
      },
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [term(app, "kubernetes.io/hostname", 50)],
      },
    },
  };
}
