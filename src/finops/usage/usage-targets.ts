import type { PoolPlacement } from "../../scheduling/placement.ts";
import { workloadDemands } from "../../scheduling/workload-demands.ts";
import { podsByWorkload } from "../allocation/share-pool.ts";
import type { PricingContext } from "../bill/pricing-context.ts";

interface Amount {
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
}

/** What charges may add up to on a pool. */
interface PoolCapacity {
  /** `cluster/pool`. */
  readonly key: string;
  /** Of one node. */
  readonly node: Amount;
  /** Of all nodes. */
  readonly total: Amount;
  /** Taken of it by AKS, its daemons and platform components, before any workload. */
  readonly fixed: Amount;
}

/** A workload whose usage may be measured. */
export interface UsageTarget {
  /** `environment/cluster/namespace/Kind/name`. */
  readonly id: string;
  readonly environment: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  /** Of one pod. */
  readonly request: Amount;
  /** Its pods by index of the pool. */
  readonly pools: readonly { readonly pool: number; readonly pods: number }[];
}

export interface UsageTargets {
  readonly pools: readonly PoolCapacity[];
  readonly workloads: readonly UsageTarget[];
}

/** The placed workloads of an estate, and the pools that carry them. */
export function usageTargets({ estate, catalog, placement }: PricingContext): UsageTargets {
  const demands = workloadDemands(estate, catalog);
  const sized = placement.pools.flatMap((pool) => {
    const size = catalog.vmSize(pool.vmSize);
    return size === undefined ? [] : [{ pool, size }];
  });
  const pools = sized.map(({ pool, size }): PoolCapacity => {
    const node = { cpuMillicores: size.vcpu * 1000, memoryBytes: size.memoryGiB * 1024 ** 3 };
    return {
      key: `${pool.cluster}/${pool.pool}`,
      node,
      total: times(node, pool.nodes.length),
      fixed: fixedOf(pool),
    };
  });
  const counts = sized.map(({ pool }) => podsByWorkload(pool));
  const workloads = estate.workloads.flatMap((workload): readonly UsageTarget[] => {
    const request = demands.get(workload.id);
    const placed = counts.flatMap((pods, pool) => {
      const own = pods.get(workload.id) ?? 0;
      return own === 0 ? [] : [{ pool, pods: own }];
    });
    if (request === undefined || placed.length === 0) return [];
    const { id, environment, cluster, namespace, kind, name } = workload;
    return [{ id, environment, cluster, namespace, kind, name, request, pools: placed }];
  });
  return { pools, workloads };
}

function fixedOf({ overheadPerNode, nodes, platformPods }: PoolPlacement): Amount {
  return (platformPods ?? []).reduce(
    (sum, { pods, requests }) => plus(sum, times(requests, pods)),
    times(overheadPerNode, nodes.length),
  );
}

function times({ cpuMillicores, memoryBytes }: Amount, count: number): Amount {
  return { cpuMillicores: cpuMillicores * count, memoryBytes: memoryBytes * count };
}

function plus(left: Amount, right: Amount): Amount {
  return {
    cpuMillicores: left.cpuMillicores + right.cpuMillicores,
    memoryBytes: left.memoryBytes + right.memoryBytes,
  };
}
