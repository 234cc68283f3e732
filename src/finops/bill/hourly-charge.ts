import { type Fact, factReason } from "../../catalog/fact.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import { type Bearer, type Charge, charge, hoursPerMonth, nothingPriced, type Pricing } from "./charge.ts";
import { onlyEnvironment, type PricingContext, unitPrice } from "./pricing-context.ts";

/** What a cluster pays for by the hour, all month long. */
export interface HourlyItem {
  readonly id: string;
  readonly category: string;
  readonly label: string;
  readonly quantity: number;
  readonly unit: string;
  readonly services: readonly string[];
  readonly bearer?: Bearer;
  readonly environment?: string | undefined;
  /** Terms of billing that made the quantity. */
  readonly terms?: readonly Fact<number>[];
  /** Units × hours of a month at the low end; the quantity at all hours where it is absent. */
  readonly leastUnitHours?: number;
  /** Units at the high end; the quantity where it is absent. */
  readonly mostUnits?: number;
  /** Why the ends are where they are. */
  readonly reasons?: readonly Reason[];
}

/** A charge for `quantity` units all month long; unpriced where the catalog has no fact. */
export function hourlyCharge(
  context: PricingContext,
  cluster: Cluster,
  fact: Fact<number> | undefined,
  item: HourlyItem,
): Pricing {
  const id = `cost/${cluster.name}/${item.id}`;
  if (fact === undefined) {
    const reason = `the catalog has no price of it in ${cluster.region}`;
    const hint = "refresh the price catalog for the region";
    return { ...nothingPriced, unpriced: [{ id, label: item.label, reason, hint }] };
  }
  const price = unitPrice(context, fact, item.services);
  const bearer = item.bearer ?? feeOf(cluster);
  const charged: Charge = charge({
    id,
    category: item.category,
    label: item.label,
    environment: item.environment ?? onlyEnvironment(cluster),
    cluster: cluster.name,
    quantity: item.quantity,
    unit: item.unit,
    unitPrice: price.amount,
    hoursPerMonth,
    ...(item.leastUnitHours === undefined ? {} : { low: item.leastUnitHours * price.amount }),
    ...(item.mostUnits === undefined ? {} : { high: item.mostUnits * price.amount * hoursPerMonth }),
    currency: context.currency.code,
    reasons: [...price.reasons, ...(item.terms ?? []).map(factReason), ...(item.reasons ?? [])],
    sharing: { kind: "bearer", bearer },
    tariff: { listUnitPrice: price.list, region: cluster.region },
  });
  return { ...nothingPriced, charges: [charged] };
}

function feeOf(cluster: Cluster): Bearer {
  return { part: "fees", subject: cluster.name, cluster: cluster.name, environment: onlyEnvironment(cluster) };
}
