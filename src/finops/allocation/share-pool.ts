import type { VmSize } from "../../catalog/catalog.ts";
import { compensatedSum } from "../../estate/figures/money.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { PoolPlacement } from "../../scheduling/placement.ts";
import type { PodDemand } from "../../scheduling/pod-demand.ts";
import type { Bearer } from "../bill/charge.ts";
import type { NodeCostSplit } from "./node-cost-split.ts";

const systemNamespace = "kube-system";

/** What a node is shared out by. */
export type NodeResource = "cpu" | "memory" | "gpu";

/** CPU and memory that the pods of a workload are charged for. */
export type MeasuredDemand = Pick<PodDemand, "cpuMillicores" | "memoryBytes">;

/** Part of a pool's cost that somebody bears for a resource. */
export interface PoolFraction {
  readonly bearer: Bearer;
  readonly resource: NodeResource;
  /** Of all that the pool costs; all fractions of a pool add up to 1. */
  readonly fraction: number;
}

/** What sharing out a pool stands on. */
export interface PoolSharing {
  readonly placement: PoolPlacement;
  readonly size: VmSize;
  readonly split: NodeCostSplit;
  readonly environment: string | undefined;
  readonly workloads: ReadonlyMap<string, Workload>;
  /** What one pod of each workload requests. */
  readonly demands: ReadonlyMap<string, PodDemand>;
  /** What all pods of a workload on this pool are charged for, where usage was measured. */
  readonly charged?: ReadonlyMap<string, MeasuredDemand>;
}

/**
 * Shares a pool out by requests: each resource's part of the cost by the share of the nodes' capacity that is asked for.
 * System overhead is what AKS takes and kube-system requests; idle is what nobody requests.
 */
export function sharePool(sharing: PoolSharing): readonly PoolFraction[] {
  const { placement, split } = sharing;
  const { cluster } = placement;
  const own = (part: Bearer["part"]): Bearer => ({ part, subject: cluster, cluster, environment: sharing.environment });
  const nodes = placement.nodes.length;
  if (nodes === 0) return [{ bearer: own("idle"), resource: "cpu", fraction: 1 }];
  const overhead = { ...placement.overheadPerNode, gpus: 0 };
  const used = [
    ...fractionsOf(sharing, own("systemOverhead"), scaled(overhead, nodes)),
    ...platformFractions(sharing, own("systemOverhead")),
    ...workloadFractions(sharing, own("systemOverhead")),
  ];
  const idle = (["cpu", "memory", "gpu"] as const).map((resource): PoolFraction => {
    const taken = compensatedSum(used.filter((each) => each.resource === resource).map(({ fraction }) => fraction));
    return { bearer: own("idle"), resource, fraction: Math.max(0, split[resource] - taken) };
  });
  return [...used, ...idle].filter(({ fraction }) => fraction > 0);
}

function platformFractions(sharing: PoolSharing, system: Bearer): readonly PoolFraction[] {
  const { placement, environment } = sharing;
  const { cluster } = placement;
  return (placement.platformPods ?? []).flatMap(({ name, origin, pods, requests }) => {
    const bearer: Bearer =
      origin === "system"
        ? system
        : {
            part: "sharedPlatform",
            subject: name,
            tenant: "platform",
            cluster,
            environment,
            namespace: namespaceOf(name),
          };
    return fractionsOf(sharing, bearer, scaled({ ...requests, gpus: 0 }, pods));
  });
}

function workloadFractions(sharing: PoolSharing, system: Bearer): readonly PoolFraction[] {
  return [...podsByWorkload(sharing.placement)].flatMap(([id, pods]) => {
    const workload = sharing.workloads.get(id);
    const demand = sharing.demands.get(id);
    if (workload === undefined || demand === undefined) return [];
    const bearer = workload.namespace === systemNamespace ? system : bearerOf(workload);
    const requested = scaled(demand, pods);
    // Usage says nothing of GPUs: who asks for one has it.
    return fractionsOf(sharing, bearer, { ...requested, ...sharing.charged?.get(id) });
  });
}

/** How many pods of each workload the nodes of a pool carry. */
export function podsByWorkload({ nodes }: PoolPlacement): ReadonlyMap<string, number> {
  const pods = new Map<string, number>();
  for (const node of nodes) {
    for (const { workload } of node.pods) pods.set(workload, (pods.get(workload) ?? 0) + 1);
  }
  return pods;
}

function bearerOf({ id, tenant, application, environment, cluster }: Workload): Bearer {
  return tenant === "platform"
    ? { part: "sharedPlatform", subject: cluster, tenant, application, environment, cluster, workload: id }
    : { part: "tenant", subject: tenant, tenant, application, environment, cluster, workload: id };
}

/** Shares of the pool's cost that an amount of its resources stands for. */
function fractionsOf({ placement, size, split }: PoolSharing, bearer: Bearer, amount: PodDemand): PoolFraction[] {
  const nodes = placement.nodes.length;
  const part = (resource: NodeResource, asked: number, capacity: number): PoolFraction => ({
    bearer,
    resource,
    fraction: capacity > 0 ? (split[resource] * asked) / capacity : 0,
  });
  return [
    part("cpu", amount.cpuMillicores, size.vcpu * 1000 * nodes),
    part("memory", amount.memoryBytes, size.memoryGiB * 1024 ** 3 * nodes),
    part("gpu", amount.gpus, Math.floor(size.gpus) * nodes),
  ];
}

function scaled({ cpuMillicores, memoryBytes, gpus }: PodDemand, times: number): PodDemand {
  return { cpuMillicores: cpuMillicores * times, memoryBytes: memoryBytes * times, gpus: gpus * times };
}

/** Of a platform component named `cluster/namespace/name`. */
function namespaceOf(name: string): string | undefined {
  return name.split("/")[1];
}
