import type { Fact } from "../../catalog/fact.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { UnpricedItem } from "../cost-report.ts";
import { assumptionReason, hoursPerMonth, nothingPriced, type Pricing } from "./charge.ts";
import { hourlyCharge } from "./hourly-charge.ts";
import type { PricedPool } from "./priced-pools.ts";
import { type PricingContext, unitPrice } from "./pricing-context.ts";

const discountNames = ["defender"];

/**
 * Defender for Containers bills every vCPU of the nodes, so its ends are those of the nodes. Nodes whose size the catalog
 * does not know have no number of vCPUs: they are named, not counted as none.
 */
export function priceDefender(context: PricingContext, cluster: Cluster, pools: readonly PricedPool[]): Pricing {
  if (cluster.monitoring.defender !== true) return nothingPriced;
  const own = pools.filter((each) => each.cluster === cluster);
  const sum = (of: (priced: PricedPool) => number) =>
    own.reduce((total, priced) => total + (vcpusOf(context, priced) ?? 0) * of(priced), 0);
  const priced = hourlyCharge(context, cluster, vcpuPrice(context, cluster), {
    id: "defender",
    category: "defender",
    label: `Defender for Containers on ${cluster.name}`,
    quantity: sum(({ placement }) => placement.nodes.length),
    unit: "vCPUs",
    services: discountNames,
    leastUnitHours: sum(({ leastNodes, needed }) => leastNodes * (needed?.hoursPerMonth ?? hoursPerMonth)),
    mostUnits: sum(({ ceilingNodes }) => ceilingNodes),
    reasons: own.flatMap(({ needed, ceilingAssumption }) =>
      [needed?.assumption, ceilingAssumption].flatMap((each) => (each === undefined ? [] : [assumptionReason(each)])),
    ),
  });
  return { ...priced, unpriced: [...priced.unpriced, ...own.flatMap((each) => unknownSize(context, each))] };
}

/** What Defender takes for the nodes of each pool a month, by `cluster/pool`; pools that pay nothing are left out. */
export function defenderByPool(context: PricingContext, pools: readonly PricedPool[]): ReadonlyMap<string, number> {
  return new Map(
    pools.flatMap((priced): readonly (readonly [string, number])[] => {
      const { cluster, pool, placement } = priced;
      const fact = cluster.monitoring.defender === true ? vcpuPrice(context, cluster) : undefined;
      const vcpus = vcpusOf(context, priced);
      if (fact === undefined || vcpus === undefined) return [];
      const price = unitPrice(context, fact, discountNames).amount;
      return [[`${cluster.name}/${pool.name}`, vcpus * placement.nodes.length * price * hoursPerMonth]];
    }),
  );
}

function vcpuPrice({ catalog }: PricingContext, { region }: Cluster): Fact<number> | undefined {
  return catalog
    .serviceMeters("defender", region, { product: "Defender for Containers", sku: "Standard vCore" })
    .find(({ meter }) => meter.includes("vCore Pack"))?.price;
}

function vcpusOf({ catalog }: PricingContext, { pool }: PricedPool): number | undefined {
  return catalog.vmSize(pool.vmSize)?.vcpu;
}

function unknownSize(context: PricingContext, priced: PricedPool): readonly UnpricedItem[] {
  if (vcpusOf(context, priced) !== undefined) return [];
  const { cluster, pool } = priced;
  const reason = `it bills vCPUs, and the catalog does not know how many ${pool.vmSize} has`;
  const label = `Defender for Containers on the nodes of ${cluster.name}/${pool.name}`;
  return [{ id: `cost/${cluster.name}/${pool.name}/defender`, label, reason, hint: "check the size's name" }];
}
