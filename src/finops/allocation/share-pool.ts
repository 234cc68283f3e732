import type { VmSize } from "../../catalog/catalog.ts";
import { compensatedSum } from "../../estate/figures/money.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { PoolPlacement } from "../../scheduling/placement.ts";
import type { PodDemand } from "../../scheduling/pod-demand.ts";
import type { Bearer } from "../bill/charge.ts";
import type { NodeCostSplit } from "./node-cost-split.ts";

const systemNamespace = "kube-system";

/** Part of a pool's cost, unrounded. */
export interface CostShare {
  readonly bearer: Bearer;
  readonly amount: number;
}

/** What sharing out a pool stands on. */
export interface PoolSharing {
  readonly placement: PoolPlacement;
  readonly size: VmSize;
  readonly split: NodeCostSplit;
  /** All that the pool costs a month. */
  readonly cost: number;
  readonly environment: string | undefined;
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly demands: ReadonlyMap<string, PodDemand>;
}

/**
 * Shares a pool's cost by requests: each resource's part of the cost by the share of the nodes' capacity that is asked
 * for. System overhead is what AKS takes and kube-system requests; idle is what nobody requests. The shares add up to the
 * cost.
 */
export function sharePool(sharing: PoolSharing): readonly CostShare[] {
  const { placement, cost } = sharing;
  if (cost <= 0) return [];
  const { cluster } = placement;
  const fee = (part: Bearer["part"]): Bearer => ({ part, subject: cluster, cluster, environment: sharing.environment });
  if (placement.nodes.length === 0) return [{ bearer: fee("idle"), amount: cost }];
  const nodes = placement.nodes.length;
  const overhead = fractionOf(sharing, {
    cpuMillicores: placement.overheadPerNode.cpuMillicores * nodes,
    memoryBytes: placement.overheadPerNode.memoryBytes * nodes,
    gpus: 0,
  });
  const used: CostShare[] = [
    { bearer: fee("systemOverhead"), amount: overhead * cost },
    ...platformShares(sharing, fee("systemOverhead")),
    ...workloadShares(sharing, fee("systemOverhead")),
  ];
  const idle = cost - compensatedSum(used.map(({ amount }) => amount));
  return [...used, { bearer: fee("idle"), amount: Math.max(0, idle) }];
}

function platformShares(sharing: PoolSharing, system: Bearer): readonly CostShare[] {
  const { placement, cost, environment } = sharing;
  return (placement.platformPods ?? []).map(({ name, origin, pods, requests }) => {
    const amount = cost * fractionOf(sharing, scaled({ ...requests, gpus: 0 }, pods));
    if (origin === "system") return { bearer: system, amount };
    const { cluster } = placement;
    return { bearer: { part: "sharedPlatform", subject: name, tenant: "platform", cluster, environment }, amount };
  });
}

function workloadShares(sharing: PoolSharing, system: Bearer): readonly CostShare[] {
  const pods = new Map<string, number>();
  for (const node of sharing.placement.nodes) {
    for (const { workload } of node.pods) pods.set(workload, (pods.get(workload) ?? 0) + 1);
  }
  return [...pods].flatMap(([id, count]) => {
    const workload = sharing.workloads.get(id);
    const demand = sharing.demands.get(id);
    if (workload === undefined || demand === undefined) return [];
    const amount = sharing.cost * fractionOf(sharing, scaled(demand, count));
    return [{ bearer: workload.namespace === systemNamespace ? system : bearerOf(workload), amount }];
  });
}

function bearerOf({ id, tenant, application, environment, cluster }: Workload): Bearer {
  return tenant === "platform"
    ? { part: "sharedPlatform", subject: cluster, tenant, application, environment, cluster, workload: id }
    : { part: "tenant", subject: tenant, tenant, application, environment, cluster, workload: id };
}

/** Share of the pool's cost that an amount of its resources stands for. */
function fractionOf({ placement, size, split }: PoolSharing, amount: PodDemand): number {
  const nodes = placement.nodes.length;
  const cpu = size.vcpu * 1000 * nodes;
  const memory = size.memoryGiB * 1024 ** 3 * nodes;
  const gpus = Math.floor(size.gpus) * nodes;
  return (
    (cpu > 0 ? (split.cpu * amount.cpuMillicores) / cpu : 0) +
    (memory > 0 ? (split.memory * amount.memoryBytes) / memory : 0) +
    (gpus > 0 ? (split.gpu * amount.gpus) / gpus : 0)
  );
}

function scaled({ cpuMillicores, memoryBytes, gpus }: PodDemand, times: number): PodDemand {
  return { cpuMillicores: cpuMillicores * times, memoryBytes: memoryBytes * times, gpus: gpus * times };
}
