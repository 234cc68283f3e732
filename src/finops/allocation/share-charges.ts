import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import { workloadDemands } from "../../scheduling/workload-demands.ts";
import type { Bearer, Charge } from "../bill/charge.ts";
import { onlyEnvironment, type PricingContext } from "../bill/pricing-context.ts";
import { splitNodeCost } from "./node-cost-split.ts";
import { type MeasuredDemand, type NodeResource, type PoolFraction, sharePool } from "./share-pool.ts";

/** Part of a charge that one bearer bears; monthly, unrounded. `whole`: the charge is not shared out. */
export interface CostShare {
  readonly charge: Charge;
  readonly bearer: Bearer;
  readonly resource: NodeResource | "whole";
  readonly amount: number;
}

/** Pods' charged resources by `cluster/pool` and workload, where usage was measured. */
export type ChargedResources = ReadonlyMap<string, ReadonlyMap<string, MeasuredDemand>>;

export interface SharedCharges {
  readonly shares: readonly CostShare[];
  readonly assumptions: readonly Assumption[];
}

/** Shares every charge out; the shares of a charge add up to it. */
export function shareCharges(
  context: PricingContext,
  charges: readonly Charge[],
  charged?: ChargedResources,
): SharedCharges {
  const priced = charges.filter(({ likely }) => likely > 0);
  const pools = new Set(priced.flatMap(({ sharing }) => (sharing.kind === "pool" ? [poolKey(sharing)] : [])));
  const { fractions, assumptions } = poolFractions(context, pools, charged);
  const shares = priced.flatMap((charge): readonly CostShare[] => {
    const { sharing, likely } = charge;
    if (sharing.kind === "bearer") return [{ charge, bearer: sharing.bearer, resource: "whole", amount: likely }];
    return (fractions.get(poolKey(sharing)) ?? []).map(({ bearer, resource, fraction }) => ({
      charge,
      bearer,
      resource,
      amount: fraction * likely,
    }));
  });
  return { shares, assumptions };
}

function poolFractions(
  context: PricingContext,
  wanted: ReadonlySet<string>,
  charged: ChargedResources | undefined,
): {
  readonly fractions: ReadonlyMap<string, readonly PoolFraction[]>;
  readonly assumptions: readonly Assumption[];
} {
  const clusters = new Map(context.estate.clusters.map((cluster) => [cluster.name, cluster]));
  const workloads = new Map(context.estate.workloads.map((workload) => [workload.id, workload]));
  const demands = workloadDemands(context.estate, context.catalog);
  const assumptions: Assumption[] = [];
  const fractions = new Map<string, readonly PoolFraction[]>();
  for (const placement of context.placement.pools) {
    const key = poolKey(placement);
    const cluster = clusters.get(placement.cluster);
    if (cluster === undefined || !wanted.has(key)) continue;
    const size = context.catalog.vmSize(placement.vmSize);
    if (size === undefined) {
      fractions.set(key, [{ bearer: idleBearer(cluster), resource: "cpu", fraction: 1 }]);
      continue;
    }
    const split = splitNodeCost(context.catalog, cluster.region, size, key);
    if (split.assumption !== undefined) assumptions.push(split.assumption);
    const usage = charged?.get(key);
    const environment = onlyEnvironment(cluster);
    fractions.set(
      key,
      sharePool({ placement, size, split, environment, workloads, demands, ...(usage && { charged: usage }) }),
    );
  }
  return { fractions, assumptions };
}

function poolKey({ cluster, pool }: { readonly cluster: string; readonly pool: string }): string {
  return `${cluster}/${pool}`;
}

/** A priced size whose capacity nobody knows: nothing says who uses it. */
function idleBearer(cluster: Cluster): Bearer {
  return { part: "idle", subject: cluster.name, cluster: cluster.name, environment: onlyEnvironment(cluster) };
}
