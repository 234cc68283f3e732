import { splitNodeCost } from "../../allocation/node-cost-split.ts";
import type { Charge } from "../../bill/charge.ts";
import type { PricedEstate } from "../../compute-cost.ts";
import type { PodAmount } from "./sizing-subject.ts";

/** What a millicore and a byte of a pool cost a month: its nodes and OS disks, split as the allocation splits them. */
export interface PoolRate {
  readonly perMillicore: number;
  readonly perByte: number;
}

/** Rates of the pools that have nodes with a price, by `cluster/pool`. */
export function poolRates({ context, charges }: PricedEstate): ReadonlyMap<string, PoolRate> {
  const monthly = chargesByPool(charges);
  return new Map(
    context.placement.pools.flatMap((pool): [string, PoolRate][] => {
      const key = `${pool.cluster}/${pool.pool}`;
      const size = context.catalog.vmSize(pool.vmSize);
      const region = context.estate.clusters.find(({ name }) => name === pool.cluster)?.region;
      const cost = monthly.get(key);
      if (size === undefined || region === undefined || cost === undefined || pool.nodes.length === 0) return [];
      const split = splitNodeCost(context.catalog, region, size, key);
      const nodes = pool.nodes.length;
      return [
        [
          key,
          {
            perMillicore: (cost * split.cpu) / (nodes * size.vcpu * 1000),
            perByte: (cost * split.memory) / (nodes * size.memoryGiB * 1024 ** 3),
          },
        ],
      ];
    }),
  );
}

/** Nodes and OS disks of each pool with a price of its nodes, a month. */
export function chargesByPool(charges: readonly Charge[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  const withNodes = new Set<string>();
  for (const { sharing, likely, line } of charges) {
    if (sharing.kind !== "pool") continue;
    const key = `${sharing.cluster}/${sharing.pool}`;
    sums.set(key, (sums.get(key) ?? 0) + likely);
    if (line.category === "node") withNodes.add(key);
  }
  return new Map([...sums].filter(([key]) => withNodes.has(key)));
}

/** What an amount a pod is worth a month on each of its pools; undefined where a pool has no price. */
export function monthlyWorth(
  amount: PodAmount,
  pools: readonly { readonly key: string; readonly pods: number }[],
  rates: ReadonlyMap<string, PoolRate>,
): number | undefined {
  let worth = 0;
  for (const { key, pods } of pools) {
    const rate = rates.get(key);
    if (rate === undefined) return undefined;
    worth += pods * (amount.cpuMillicores * rate.perMillicore + amount.memoryBytes * rate.perByte);
  }
  return worth;
}
