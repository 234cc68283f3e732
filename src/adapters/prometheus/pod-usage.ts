import type { UsageSample } from "../../operations/ports.ts";
import type { WorkloadOfPod } from "./pod-workloads.ts";
import type { Point, Series } from "./series.ts";

const bytesPerGiB = 1024 ** 3;

/** One pod of a piece of the window. `at` walks along its points. */
interface PodSeries {
  readonly cluster: string | undefined;
  readonly namespace: string;
  readonly pod: string;
  readonly workload: string | undefined;
  cpu: Walk | undefined;
  memory: Walk | undefined;
  kills: Walk | undefined;
}

interface Walk {
  readonly points: readonly Point[];
  at: number;
}

/** The series of a piece of the window. */
export interface UsageSeries {
  readonly cpu: readonly Series[];
  readonly memory: readonly Series[];
  /** Of pods that were killed for want of memory alone. */
  readonly kills: readonly Series[];
}

/** How series become samples. */
export interface SampleReading {
  readonly clusterLabel: string;
  /** Name of the declared cluster that a label value stands for; undefined: the samples name none. */
  readonly clusterOf: (value: string) => string | undefined;
  readonly workloadOf: WorkloadOfPod | undefined;
  /** A sample stands for the step that ends where it was evaluated. */
  readonly stepSeconds: number;
}

/**
 * The samples of each step, earliest first. A pod counts in the steps at whose end it had memory: the rate of its CPU
 * outlives it. Where the server has no memory series at all, CPU alone tells.
 */
export function* podUsage(series: UsageSeries, reading: SampleReading): Generator<readonly UsageSample[]> {
  const { cpu, memory } = series;
  const pods = joinPods(series, reading);
  const byMemory = memory.length > 0;
  const times = new Set<number>();
  for (const { points } of byMemory ? memory : cpu) for (const [time] of points) times.add(time);
  for (const time of [...times].sort((left, right) => left - right)) {
    const batch: UsageSample[] = [];
    for (const pod of pods) {
      const cpuCores = valueAt(pod.cpu, time);
      const bytes = valueAt(pod.memory, time);
      const oomKills = valueAt(pod.kills, time);
      if (byMemory ? bytes === undefined : cpuCores === undefined) continue;
      batch.push({
        time: time - reading.stepSeconds,
        cluster: pod.cluster,
        environment: undefined,
        namespace: pod.namespace,
        pod: pod.pod,
        workload: pod.workload,
        cpuCores,
        memoryGiB: bytes === undefined ? undefined : bytes / bytesPerGiB,
        ...(oomKills === undefined ? {} : { oomKills }),
      });
    }
    yield batch;
  }
}

function joinPods(
  { cpu, memory, kills }: UsageSeries,
  { clusterLabel, clusterOf, workloadOf }: SampleReading,
): readonly PodSeries[] {
  const byKey = new Map<string, PodSeries>();
  const pods: PodSeries[] = [];
  const add = (resource: "cpu" | "memory" | "kills", { labels, points }: Series) => {
    const { namespace, pod } = labels;
    if (namespace === undefined || pod === undefined) return;
    const label = labels[clusterLabel] ?? "";
    const key = `${label}\n${namespace}\n${pod}`;
    let known = byKey.get(key);
    // A second series of the same pod stays apart, so that it is counted as the duplicate that it is.
    if (known === undefined || known[resource] !== undefined) {
      const workload = workloadOf?.(label, namespace, pod);
      known = {
        cluster: clusterOf(label),
        namespace,
        pod,
        workload,
        cpu: undefined,
        memory: undefined,
        kills: undefined,
      };
      byKey.set(key, known);
      pods.push(known);
    }
    known[resource] = { points, at: 0 };
  };
  for (const series of memory) add("memory", series);
  for (const series of cpu) add("cpu", series);
  for (const series of kills) add("kills", series);
  return pods;
}

/** The value at a time; times are asked for in their order. */
function valueAt(walk: Walk | undefined, time: number): number | undefined {
  if (walk === undefined) return undefined;
  let point = walk.points[walk.at];
  while (point !== undefined && point[0] < time) {
    walk.at += 1;
    point = walk.points[walk.at];
  }
  return point?.[0] === time ? point[1] : undefined;
}
