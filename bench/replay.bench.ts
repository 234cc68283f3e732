import { schedulerVersion } from "../src/scheduling/kube-scheduler/scheduler-version.ts";
import { replayFailures } from "../src/scheduling/replay/failure/replay-failures.ts";
import { singleFailures } from "../src/scheduling/replay/failure/scenarios.ts";
import type { TraceNode, TracePod } from "../src/scheduling/replay/trace/read-trace.ts";
import { readTraceCluster } from "../src/scheduling/replay/trace/trace-cluster.ts";
import type { BenchResult } from "./bench-result.ts";

/** Seconds for all single-node and single-zone failures of a cluster of the size of a published trace. */
const barSeconds = 60;

/** Failures replayed a second, every single node and zone, at two cluster sizes; made up, so that it needs no file. */
export function run(): BenchResult[] {
  return [
    { nodes: 200, pods: 1_000 },
    { nodes: 1_523, pods: 5_193 },
  ].flatMap(({ nodes, pods }) => replay(nodes, pods));
}

function replay(nodeCount: number, podCount: number): readonly BenchResult[] {
  const name = `${nodeCount} nodes, ${podCount} pods`;
  const nodes = Array.from({ length: nodeCount }, (_, index) => nodeOf(index));
  const pods = Array.from({ length: podCount }, (_, index) => podOf(index));
  const start = performance.now();
  const { cluster } = readTraceCluster("bench", nodes, pods, schedulerVersion(34));
  const placed = performance.now();
  const outcomes = replayFailures(cluster, singleFailures(cluster.nodes));
  const end = performance.now();
  const result = (metric: string, value: number, unit: string): BenchResult => ({
    bench: "replay",
    case: name,
    metric,
    value,
    unit,
  });
  return [
    result("placing", Math.round(placed - start), "ms"),
    result("all single failures", Math.round(end - placed), "ms"),
    result("throughput", Math.round((outcomes.length * 1000) / (end - placed)), "failures/s"),
    result("pending in the worst", Math.max(0, ...outcomes.map(({ pending }) => pending)), "pods"),
    ...(nodeCount === 1_523 ? [result("bar", barSeconds * 1000, "ms")] : []),
  ];
}

/** A third of the nodes has GPUs. */
function nodeOf(index: number): TraceNode {
  const gpus = index % 3 === 0 ? 8 : 0;
  const cpuMillicores = gpus > 0 ? 96_000 : 32_000;
  return {
    name: `node-${index}`,
    cpuMillicores,
    memoryMiB: cpuMillicores * 4,
    gpus,
    maxPods: 110,
    pool: undefined,
    zone: undefined,
  };
}

/** Forty sizes; every fourth pod wants GPUs. */
function podOf(index: number): TracePod {
  const size = (index % 40) + 1;
  return {
    name: `pod-${index}`,
    cpuMillicores: 300 * size,
    memoryMiB: 800 * size,
    gpus: index % 4 === 0 ? (index % 3) + 1 : 0,
  };
}
