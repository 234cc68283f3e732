import type { Fact } from "../../catalog/fact.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { spotPriceMoves, spotPriceUnknown } from "../../estate/assumptions/cost-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { NodePool } from "../../estate/model/cluster.ts";
import { billHour, type CoveredNodes, type NodeUsage } from "../commitments/bill-hour.ts";
import { type DeclaredCommitments, declaredCommitments, planRate } from "../commitments/declared-commitments.ts";
import { coveredGrowth, type Growth, growthUnderCommitments } from "../commitments/growth-cover.ts";
import type { UnpricedItem } from "../cost-report.ts";
import { assumptionReason, type Charge, type ChargeTariff, charge, hoursPerMonth, type Pricing } from "./charge.ts";
import type { PricedPool } from "./priced-pools.ts";
import {
  onlyEnvironment,
  type PricingContext,
  type UnitPrice,
  undiscountedPrice,
  unitPrice,
} from "./pricing-context.ts";

const vmServices = ["virtualMachines", "virtualMachine", "compute"];

/** Nodes of every pool: spot, reserved, under savings plans, and pay as you go; and commitments that nothing uses. */
export function priceNodes(context: PricingContext, pools: readonly PricedPool[]): Pricing {
  const regular = pools.filter(({ pool }) => !pool.spot).map((pool) => ({ pool, ...regularUsage(context, pool) }));
  const usages = regular.map(({ usage }) => usage);
  const commitments = declaredCommitments(context, usages);
  const spot = pools.filter(({ pool }) => pool.spot).map((pool) => priceSpotPool(context, pool));
  const bill = billHour(usages, commitments.reservations, commitments.plans);
  const ceilings = regular.map(({ pool }) => pool.ceilingNodes);
  const growth = growthUnderCommitments(usages, ceilings, bill, commitments.reservations, commitments.plans);
  const charges = [
    ...regular.flatMap(({ pool, price, usage }, index) =>
      regularCharges(context, pool, price, usage, bill, commitments, growth[index] ?? { nodes: 0, charged: 0 }),
    ),
    ...unusedCharges(context, bill, commitments),
    ...spot.flatMap(({ charges: each }) => each),
  ];
  return {
    charges,
    unpriced: [
      ...commitments.unpriced,
      ...regular.flatMap(({ pool, price }) => (price === undefined ? unpricedPool(pool) : [])),
      ...spot.flatMap(({ unpriced }) => unpriced),
    ],
    assumptions: [
      ...pools.flatMap(({ needed, ceilingAssumption }) =>
        [needed?.assumption, ceilingAssumption].flatMap((each) => each ?? []),
      ),
      ...commitments.assumptions,
      ...spot.flatMap(({ assumptions }) => assumptions),
    ],
  };
}

function regularUsage(
  context: PricingContext,
  { cluster, pool, placement }: PricedPool,
): { readonly price: UnitPrice | undefined; readonly usage: NodeUsage } {
  const fact = context.catalog.vmPrice(cluster.region, pool.vmSize, "payAsYouGo");
  const price = fact === undefined ? undefined : unitPrice(context, fact, vmServices);
  const flexibility = context.catalog.sizeFlexibility(pool.vmSize);
  const usage: NodeUsage = {
    cluster: cluster.name,
    pool: pool.name,
    region: cluster.region,
    vmSize: pool.vmSize,
    nodes: placement.nodes.length,
    payAsYouGo: price?.amount,
    group: flexibility?.group ?? pool.vmSize,
    ratio: flexibility?.ratio.value ?? 1,
  };
  return { price, usage };
}

function regularCharges(
  context: PricingContext,
  priced: PricedPool,
  price: UnitPrice | undefined,
  usage: NodeUsage,
  bill: ReturnType<typeof billHour>,
  commitments: DeclaredCommitments,
  growth: Growth,
): Charge[] {
  if (price === undefined) return [];
  const isOwn = (covered: { readonly usage: NodeUsage }) => covered.usage === usage;
  const remainder = bill.payAsYouGo.find(isOwn)?.nodes ?? 0;
  const charges: Charge[] = [];
  if (remainder > 0 || growth.charged > 0) {
    const likely = remainder * price.amount * hoursPerMonth;
    const lowHours = priced.needed?.hoursPerMonth ?? hoursPerMonth;
    const reasons = [...price.reasons, ...coveredGrowth(growth)];
    charges.push(
      nodeCharge(
        context,
        priced,
        "node",
        "pay as you go",
        remainder,
        { ...price, reasons },
        {
          low: Math.max(0, remainder - usage.nodes + priced.leastNodes) * price.amount * lowHours,
          high: likely + growth.charged * price.amount * hoursPerMonth,
        },
        { listUnitPrice: price.list },
      ),
    );
  }
  const isCovered = (part: CoveredNodes) => part.usage === usage;
  return [
    ...charges,
    ...bill.reserved
      .filter(isCovered)
      .map((part) => coveredCharge(context, priced, price, part, "reserved", commitments)),
    ...bill.planned
      .filter(isCovered)
      .map((part) => coveredCharge(context, priced, price, part, "savings-plan", commitments)),
  ];
}

function coveredCharge(
  context: PricingContext,
  priced: PricedPool,
  price: UnitPrice,
  part: CoveredNodes,
  kind: "reserved" | "savings-plan",
  commitments: DeclaredCommitments,
): Charge {
  const commitment = (kind === "reserved" ? commitments.reservations : commitments.plans)[part.commitment];
  const reasons = [...(commitment?.reasons ?? []), ...planReasons(context, part, kind, commitments)];
  const label = commitment?.label ?? kind;
  const id = `node-${kind}-${part.commitment + 1}`;
  const unit = { amount: part.pricePerNode, list: price.list, reasons };
  return nodeCharge(
    context,
    priced,
    id,
    label,
    part.nodes,
    unit,
    {},
    {
      purchase: kind === "reserved" ? "reservation" : "savingsPlan",
      listUnitPrice: price.list,
      contractedUnitPrice: price.amount,
      ...(commitment === undefined ? {} : { commitment: { id: commitment.id, label } }),
    },
  );
}

function planReasons(
  context: PricingContext,
  part: CoveredNodes,
  kind: "reserved" | "savings-plan",
  commitments: DeclaredCommitments,
): readonly Reason[] {
  if (kind === "reserved") {
    return [
      {
        kind: "formula",
        text: `reservations cover nodes first, by size-flexibility units (${part.usage.ratio} a node of ${part.usage.group})`,
        source: "understand-vm-reservation-charges, 2023-07",
      },
    ];
  }
  const plan = commitments.plans[part.commitment];
  return plan === undefined ? [] : (planRate(context, part.usage, plan.termYears)?.reasons ?? []);
}

function nodeCharge(
  context: PricingContext,
  priced: PricedPool,
  id: string,
  how: string,
  nodes: number,
  price: UnitPrice,
  ends: { readonly low?: number; readonly high?: number },
  tariff: Partial<ChargeTariff>,
): Charge {
  const { cluster, pool, placement, needed, ceilingAssumption, reasons } = priced;
  const assumptions = [needed?.assumption, ceilingAssumption].flatMap((each) => each ?? []);
  return charge({
    id: `cost/${cluster.name}/${pool.name}/${id}`,
    category: "node",
    label: `Nodes of ${cluster.name}/${pool.name}, ${pool.vmSize}, ${how}`,
    environment: onlyEnvironment(cluster),
    cluster: cluster.name,
    quantity: nodes,
    unit: "nodes",
    unitPrice: price.amount,
    hoursPerMonth,
    ...ends,
    currency: context.currency.code,
    reasons: [
      { kind: "figure", figure: placement.nodeCount },
      ...reasons,
      ...price.reasons,
      ...(ends.low === undefined ? [] : assumptions.map(assumptionReason)),
    ],
    sharing: { kind: "pool", cluster: cluster.name, pool: pool.name },
    tariff: { region: cluster.region, vmSize: pool.vmSize, ...tariff },
  });
}

function unusedCharges(
  context: PricingContext,
  bill: ReturnType<typeof billHour>,
  { reservations, plans }: DeclaredCommitments,
): Charge[] {
  const ofReservations = reservations.flatMap((reservation, index) => {
    const units = bill.unusedUnits[index] ?? 0;
    if (units === 0 || reservation.pricePerUnit === undefined) return [];
    return [unusedCharge(context, "reservation", reservation, units, "units", reservation.pricePerUnit)];
  });
  const ofPlans = plans.flatMap((plan, index) => {
    const amount = bill.unusedCommitment[index] ?? 0;
    return amount === 0 ? [] : [unusedCharge(context, "savingsPlan", plan, amount, context.currency.code, 1)];
  });
  return [...ofReservations, ...ofPlans];
}

function unusedCharge(
  context: PricingContext,
  purchase: "reservation" | "savingsPlan",
  { id, label, reasons }: DeclaredCommitments["reservations"][number] | DeclaredCommitments["plans"][number],
  quantity: number,
  unit: string,
  price: number,
): Charge {
  return charge({
    id: `cost/${id}/unused`,
    category: "unusedCommitment",
    label: `Unused part of the ${label}`,
    quantity,
    unit,
    unitPrice: price,
    hoursPerMonth,
    currency: context.currency.code,
    reasons,
    sharing: { kind: "bearer", bearer: { part: "unusedCommitment", subject: label } },
    tariff: { purchase, listUnitPrice: undefined, contractedUnitPrice: undefined, commitment: { id, label } },
  });
}

function priceSpotPool(context: PricingContext, priced: PricedPool): Pricing {
  const { cluster, pool, placement } = priced;
  const list = context.catalog.vmPrice(cluster.region, pool.vmSize, "payAsYouGo");
  const spot = context.catalog.vmPrice(cluster.region, pool.vmSize, "spot");
  if (list === undefined) return { charges: [], unpriced: unpricedPool(priced), assumptions: [] };
  const ceiling = spotCeiling(context, pool, list);
  const { vmSize } = pool;
  const subject = `${cluster.name}/${pool.name}`;
  const assumption =
    spot === undefined
      ? assume(spotPriceUnknown, subject, { vmSize, region: cluster.region })
      : assume(spotPriceMoves, subject, { vmSize });
  const market = spot === undefined ? unitPrice(context, list, []) : undiscountedPrice(context, spot);
  const amount = Math.min(market.amount, ceiling);
  const nodes = placement.nodes.length;
  const price: UnitPrice = {
    amount,
    list: list.value * context.currency.perUsd,
    reasons: [...market.reasons, assumptionReason(assumption)],
  };
  const lowHours = priced.needed?.hoursPerMonth ?? hoursPerMonth;
  const charged = nodeCharge(
    context,
    priced,
    "node-spot",
    "spot",
    nodes,
    price,
    {
      low: priced.leastNodes * amount * lowHours,
      high: priced.ceilingNodes * Math.max(amount, ceiling) * hoursPerMonth,
    },
    { purchase: "spot", listUnitPrice: price.list },
  );
  return { charges: [charged], unpriced: [], assumptions: [assumption] };
}

/** Pay as you go, or the declared maximum price (USD) where it is lower. */
function spotCeiling(context: PricingContext, pool: NodePool, list: Fact<number>): number {
  const declared = pool.spotMaxPrice;
  const limit = declared !== undefined && declared > 0 ? Math.min(list.value, declared) : list.value;
  return limit * context.currency.perUsd;
}

function unpricedPool({ cluster, pool, placement }: PricedPool): UnpricedItem[] {
  return [
    {
      id: `cost/${cluster.name}/${pool.name}/node`,
      label: `${placement.nodes.length} ${placement.nodes.length === 1 ? "node" : "nodes"} of ${cluster.name}/${pool.name}`,
      reason: `the catalog has no price of ${pool.vmSize} in ${cluster.region}`,
      hint: "check the size's name, or choose a priced size or region",
    },
  ];
}
