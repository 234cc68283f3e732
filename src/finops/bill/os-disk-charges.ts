import { factReason } from "../../catalog/fact.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { osDiskFamily, volumeUseNotPriced } from "../../estate/assumptions/cost-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import { assumptionReason, type Charge, charge, mergePricings, nothingPriced, type Pricing } from "./charge.ts";
import type { PricedPool } from "./priced-pools.ts";
import { onlyEnvironment, type PricingContext, type UnitPrice, unitPrice } from "./pricing-context.ts";

/** Names under which a discount on managed disks may be declared. */
export const diskServices = ["managedDisks", "managedDisk", "disks", "storage"];

/** Managed OS disks of the nodes; ephemeral ones lie on the host and are free. */
export function priceOsDisks(context: PricingContext, pools: readonly PricedPool[]): Pricing {
  return mergePricings(pools.map((pool) => priceOsDisksOfPool(context, pool)));
}

function priceOsDisksOfPool(context: PricingContext, priced: PricedPool): Pricing {
  const { cluster, pool, placement } = priced;
  const size = context.catalog.vmSize(pool.vmSize);
  // A size that the catalog does not know is reported where its nodes are priced.
  if (pool.osDisk.type === "Ephemeral" || size === undefined) return nothingPriced;
  const family = size.premiumStorage ? "P" : "E";
  const defaultSize = context.catalog.defaultOsDiskGiB(size.vcpu);
  const sizeGiB = pool.osDisk.sizeGiB ?? defaultSize.value;
  const tier = context.catalog.diskTier(family, sizeGiB);
  const fact = tier === undefined ? undefined : context.catalog.diskPrice(cluster.region, tier.tier, "LRS");
  const id = `cost/${cluster.name}/${pool.name}/osDisk`;
  if (tier === undefined || fact === undefined) {
    const reason = `the catalog has no price of a ${sizeGiB} GiB ${familyName(family)} disk in ${cluster.region}`;
    const nodes = placement.nodes.length;
    const label = `OS disks of ${nodes} ${nodes === 1 ? "node" : "nodes"} of ${cluster.name}/${pool.name}`;
    const hint = "use ephemeral OS disks, or choose a priced region";
    return { ...nothingPriced, unpriced: [{ id, label, reason, hint }] };
  }
  const assumption = assume(
    osDiskFamily,
    `${cluster.name}/${pool.name}`,
    { family: familyName(family), sizeGiB },
    pool.place,
  );
  const sizeReason: readonly Reason[] = pool.osDisk.sizeGiB === undefined ? [factReason(defaultSize)] : [];
  const price = unitPrice(context, fact, diskServices);
  const reasons = [...price.reasons, ...sizeReason, assumptionReason(assumption)];
  const transactions = { what: `${tier.tier} LRS`, charges: "transactions" };
  const use =
    family === "P" ? [] : [assume(volumeUseNotPriced, `${cluster.name}/${pool.name}`, transactions, pool.place)];
  return {
    charges: [osDiskCharge(context, priced, id, tier.tier, { ...price, reasons })],
    unpriced: [],
    assumptions: [assumption, ...use],
  };
}

function osDiskCharge(
  context: PricingContext,
  { cluster, pool, placement, leastNodes, ceilingNodes, reasons }: PricedPool,
  id: string,
  tier: string,
  price: UnitPrice,
): Charge {
  return charge({
    id,
    category: "osDisk",
    label: `OS disks of ${cluster.name}/${pool.name}, ${tier} LRS`,
    environment: onlyEnvironment(cluster),
    cluster: cluster.name,
    quantity: placement.nodes.length,
    unit: "disks",
    unitPrice: price.amount,
    hoursPerMonth: 1,
    low: leastNodes * price.amount,
    high: ceilingNodes * price.amount,
    currency: context.currency.code,
    reasons: [{ kind: "figure", figure: placement.nodeCount }, ...reasons, ...price.reasons],
    sharing: { kind: "pool", cluster: cluster.name, pool: pool.name },
    tariff: { listUnitPrice: price.list, region: cluster.region },
  });
}

function familyName(family: "P" | "E"): string {
  return family === "P" ? "Premium SSD" : "Standard SSD";
}
