import { type PodResources, podResources } from "../../../estate/kubernetes/pod-requests.ts";
import type { ComputeResources, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { UsageTargets } from "../../usage/usage-targets.ts";
import { autoscaledResources } from "./autoscaled-resources.ts";
import { type JavaHeap, javaHeap } from "./heap.ts";

/** CPU and memory of one pod. */
export interface PodAmount {
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
}

/** A placed workload whose requests may be sized, with what its proposal has to respect. */
export interface SizingSubject {
  readonly workload: Workload;
  /** Its pods on each pool, `cluster/pool`. */
  readonly pools: readonly { readonly key: string; readonly pods: number }[];
  readonly pods: number;
  /** What the containers of a pod ask for; the scheduler's defaults where nothing is stated. */
  readonly current: PodAmount;
  /** Resources of which the limit is the request: it goes down with it. */
  readonly guaranteed: { readonly cpu: boolean; readonly memory: boolean };
  /** Taken on top by the sandbox, whatever the containers ask for. */
  readonly overhead: PodAmount;
  readonly limits: ComputeResources;
  readonly heap: JavaHeap | undefined;
  readonly autoscaled: ReadonlySet<"cpu" | "memory">;
}

/** Every placed workload of the estate, in the order of the targets. */
export function sizingSubjects(estate: Estate, targets: UsageTargets): readonly SizingSubject[] {
  const workloads = new Map(estate.workloads.map((workload) => [workload.id, workload]));
  return targets.workloads.flatMap(({ id, request, pools }): readonly SizingSubject[] => {
    const workload = workloads.get(id);
    if (workload === undefined) return [];
    const own = podResources(workload.podSpec, workload.containers, {});
    const overhead = {
      cpuMillicores: overheadOf(request.cpuMillicores, own.requests.cpuMillicores),
      memoryBytes: overheadOf(request.memoryBytes, own.requests.memoryBytes),
    };
    const placed = pools.map(({ pool, pods }) => ({ key: targets.pools[pool]?.key ?? "", pods }));
    return [
      {
        workload,
        pools: placed,
        pods: placed.reduce((sum, { pods }) => sum + pods, 0),
        current: {
          cpuMillicores: request.cpuMillicores - overhead.cpuMillicores,
          memoryBytes: request.memoryBytes - overhead.memoryBytes,
        },
        guaranteed: {
          cpu: isGuaranteed(own, "cpuMillicores"),
          memory: isGuaranteed(own, "memoryBytes"),
        },
        overhead,
        limits: own.limits,
        heap: javaHeap(workload),
        autoscaled: autoscaledResources(estate, workload),
      },
    ];
  });
}

function isGuaranteed({ requests, limits }: PodResources, resource: keyof PodAmount): boolean {
  return limits[resource] !== undefined && limits[resource] === requests[resource];
}

/** What is asked beyond the containers; where these state nothing it cannot be told apart, and counts as theirs. */
function overheadOf(asked: number, stated: number | undefined): number {
  return stated === undefined ? 0 : Math.max(0, asked - stated);
}
