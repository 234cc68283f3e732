import type { Catalog } from "../../../catalog/catalog.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import { type PackedEstate, packEstate } from "../nodes/packed-cluster.ts";
import { monthlyWorth, type PoolRate } from "../requests/pool-rates.ts";
import { resizeWorkload, runningContainers } from "../requests/resize-workload.ts";
import type { PodAmount, SizingSubject } from "../requests/sizing-subject.ts";
import type { UsageProfile } from "../requests/usage-profile.ts";

/** A number of pods of a size. */
interface ReplicaPoint {
  readonly replicas: number;
  /** Requests of one pod, sidecars and the sandbox's overhead included. */
  readonly pod: PodAmount;
  /** Size of the main containers against the declared one. */
  readonly scale: number;
  /** What all pods have beyond the demand, as a share of it, in the scarcer resource. */
  readonly headroom: number;
  /** Pods that may be lost before the others no longer carry the demand. */
  readonly spare: number;
  /** Share of the capacity that the loss of one pod takes. */
  readonly blastRadius: number;
  /** Worth of all requests a month at the prices of its pools; undefined where one has no price. */
  readonly allocated: number | undefined;
  /** Nodes, OS disks and commitments of the estate against the declared pods, counts following the pods. */
  readonly difference: number;
  readonly nodes: number;
  readonly unplacedPods: number;
  readonly isDeclared: boolean;
}

/** Many small pods against few large ones. */
export interface ReplicaSweep {
  readonly workload: string;
  readonly label: string;
  /** What the pods have to carry together. */
  readonly demand: PodAmount;
  readonly demandBasis: "usage" | "requests";
  /** Paid once a pod whatever its size: sidecars, and the overhead of the sandbox. */
  readonly perPod: PodAmount;
  /** The cheapest first, by nodes and then by requests. */
  readonly points: readonly ReplicaPoint[];
}

const replicaCounts = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64];
const scales = [0.25, 0.5, 1, 2, 4];
/** Combinations with more than this many times the demand answer another question. */
const mostCapacity = 2.5;
const mostPoints = 40;
const fewestPoints = 12;
/** Pods placed for one sweep at the most, as far as the fewest combinations allow. */
const mostPlacedPods = 120_000;

export interface ReplicaSweepOptions {
  readonly catalog: Catalog;
  readonly today: string;
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Packs and prices numbers of pods × sizes that carry the demand: the largest sum of its pods' usage at one time where that
 * was measured, what they ask for otherwise.
 */
export function sweepReplicas(
  free: PackedEstate,
  subject: SizingSubject,
  profile: UsageProfile | undefined,
  rates: ReadonlyMap<string, PoolRate>,
  options: ReplicaSweepOptions,
): ReplicaSweep {
  const { workload } = subject;
  const sidecars = sidecarsOf(subject);
  const main = minus(subject.current, sidecars);
  const perPod = plus(sidecars, subject.overhead);
  const used = profile?.totalPeak;
  const demand =
    used === undefined || used.cpuMillicores === 0
      ? times(main, subject.pods)
      : minus(used, times(sidecars, subject.pods));
  const combinations = scales.flatMap((scale) =>
    [...new Set([...replicaCounts, subject.pods])]
      .filter(
        (replicas) => isSensible(times(main, scale * replicas), demand) || (scale === 1 && replicas === subject.pods),
      )
      .map((replicas) => ({ scale, replicas })),
  );
  const points = nearest(combinations, subject.pods, affordablePoints(free, workload)).map(
    ({ scale, replicas }, index, all) => {
      options.signal?.throwIfAborted();
      options.onProgress?.(`${workload.name}: ${index + 1} of ${all.length}`);
      const size = times(main, scale);
      const pod = plus(plus(size, sidecars), subject.overhead);
      const changed = withReplicas(subject, plus(size, sidecars), replicas);
      const packed = packEstate(
        { ...free.estate, workloads: free.estate.workloads.map((each) => (each.id === workload.id ? changed : each)) },
        options.catalog,
        options.today,
        { cluster: workload.cluster, others: free.placement },
      );
      return pointOf(subject, { scale, replicas, size, pod }, demand, packed, free, rates);
    },
  );
  return {
    workload: workload.id,
    label: workload.label,
    demand,
    demandBasis: used === undefined || used.cpuMillicores === 0 ? "requests" : "usage",
    perPod,
    points: points.toSorted(
      (left, right) =>
        left.unplacedPods - right.unplacedPods ||
        left.difference - right.difference ||
        (left.allocated ?? 0) - (right.allocated ?? 0) ||
        left.replicas - right.replicas,
    ),
  };
}

interface Combination {
  readonly scale: number;
  readonly replicas: number;
  readonly size: PodAmount;
  readonly pod: PodAmount;
}

function pointOf(
  subject: SizingSubject,
  { scale, replicas, size, pod }: Combination,
  demand: PodAmount,
  packed: PackedEstate,
  free: PackedEstate,
  rates: ReadonlyMap<string, PoolRate>,
): ReplicaPoint {
  const capacity = times(size, replicas);
  const needed = Math.max(ratio(demand.cpuMillicores, size.cpuMillicores), ratio(demand.memoryBytes, size.memoryBytes));
  const nodesOf = ({ placement }: PackedEstate) =>
    placement.pools
      .filter(({ cluster }) => cluster === subject.workload.cluster)
      .reduce((sum, { nodes }) => sum + nodes.length, 0);
  return {
    replicas,
    pod,
    scale,
    headroom:
      Math.min(ratio(capacity.cpuMillicores, demand.cpuMillicores), ratio(capacity.memoryBytes, demand.memoryBytes)) -
      1,
    spare: Math.max(0, replicas - Math.ceil(needed - 1e-9)),
    blastRadius: 1 / replicas,
    allocated: monthlyWorth(pod, spreadAlike(subject, replicas), rates),
    difference: packed.monthly - free.monthly,
    nodes: nodesOf(packed),
    unplacedPods: packed.unplacedPods,
    isDeclared: scale === 1 && replicas === subject.pods,
  };
}

/** The pods of another number on the pools where they are, in the same proportion. */
function spreadAlike({ pools, pods }: SizingSubject, replicas: number) {
  return pools.map(({ key, pods: own }) => ({ key, pods: (own / pods) * replicas }));
}

function withReplicas(subject: SizingSubject, containers: PodAmount, replicas: number): Workload {
  const { workload, current } = subject;
  const sidecars = sidecarsOf(subject);
  const running = runningContainers(workload);
  const main = minus(current, sidecars);
  const factor = (resource: keyof PodAmount) => ratio(containers[resource] - sidecars[resource], main[resource]);
  const sized = running.map(({ name, role, requests, limits }) => {
    const own = {
      cpuMillicores: requests.cpuMillicores ?? current.cpuMillicores / running.length,
      memoryBytes: requests.memoryBytes ?? current.memoryBytes / running.length,
    };
    const scaled = {
      cpuMillicores: Math.ceil(own.cpuMillicores * factor("cpuMillicores")),
      memoryBytes: Math.ceil(own.memoryBytes * factor("memoryBytes")),
    };
    return { name, requests: role === "sidecar" ? own : scaled, limits };
  });
  const resized = resizeWorkload(subject, sized);
  return { ...resized, replicas: { declared: replicas, minimum: replicas, maximum: replicas } };
}

function sidecarsOf({ workload }: SizingSubject): PodAmount {
  const sidecars = workload.containers.filter(({ role }) => role === "sidecar");
  return {
    cpuMillicores: sidecars.reduce((sum, { requests }) => sum + (requests.cpuMillicores ?? 0), 0),
    memoryBytes: sidecars.reduce((sum, { requests }) => sum + (requests.memoryBytes ?? 0), 0),
  };
}

/** Enough for the demand, and not many times it. */
function isSensible(capacity: PodAmount, demand: PodAmount): boolean {
  const cpu = ratio(capacity.cpuMillicores, demand.cpuMillicores);
  const memory = ratio(capacity.memoryBytes, demand.memoryBytes);
  return Math.min(cpu, memory) >= 1 - 1e-9 && Math.min(cpu, memory) <= mostCapacity;
}

function affordablePoints({ estate }: PackedEstate, { cluster }: Workload): number {
  const pods = estate.workloads
    .filter((each) => each.cluster === cluster)
    .reduce((sum, { replicas }) => sum + Math.max(0, replicas.minimum), 0);
  return Math.min(mostPoints, Math.max(fewestPoints, Math.floor(mostPlacedPods / Math.max(1, pods))));
}

/** The combinations nearest to what is declared, as many as the effort allows. */
function nearest<Item extends { readonly scale: number; readonly replicas: number }>(
  combinations: readonly Item[],
  pods: number,
  most: number,
): readonly Item[] {
  const distance = ({ scale, replicas }: Item) =>
    Math.abs(Math.log2(scale)) + Math.abs(Math.log2(replicas / Math.max(1, pods)));
  return combinations.toSorted((left, right) => distance(left) - distance(right)).slice(0, most);
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 1;
}

function plus(left: PodAmount, right: PodAmount): PodAmount {
  return {
    cpuMillicores: left.cpuMillicores + right.cpuMillicores,
    memoryBytes: left.memoryBytes + right.memoryBytes,
  };
}

function minus(left: PodAmount, right: PodAmount): PodAmount {
  return {
    cpuMillicores: Math.max(0, left.cpuMillicores - right.cpuMillicores),
    memoryBytes: Math.max(0, left.memoryBytes - right.memoryBytes),
  };
}

function times({ cpuMillicores, memoryBytes }: PodAmount, count: number): PodAmount {
  return { cpuMillicores: cpuMillicores * count, memoryBytes: memoryBytes * count };
}
