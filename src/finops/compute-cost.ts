import type { Catalog } from "../catalog/catalog.ts";
import type { Assumption } from "../estate/assumptions/assumption.ts";
import { assume } from "../estate/assumptions/assumption-rule.ts";
import { ceilingNotPriced } from "../estate/assumptions/cost-rules.ts";
import type { Figure, Reason } from "../estate/figures/figure.ts";
import { compensatedSum, toCents } from "../estate/figures/money.ts";
import type { Estate } from "../estate/model/estate.ts";
import { placeWorkloads } from "../scheduling/place-workloads.ts";
import type { Placement } from "../scheduling/placement.ts";
import { allocate } from "./allocation/allocate.ts";
import { shareCharges } from "./allocation/share-charges.ts";
import { assumptionReason, type Charge, mergePricings, resultOf } from "./bill/charge.ts";
import { priceClusters } from "./bill/cluster-charges.ts";
import { priceNodes } from "./bill/node-charges.ts";
import { priceOsDisks } from "./bill/os-disk-charges.ts";
import { canScale, pricedPools } from "./bill/priced-pools.ts";
import { billCurrency, type PricingContext } from "./bill/pricing-context.ts";
import { priceServices } from "./bill/service-charges.ts";
import { priceVolumes } from "./bill/volume-charges.ts";
import type { CostReport, UnpricedItem } from "./cost-report.ts";

/** What the cost depends on besides the estate. */
export interface CostOptions {
  /** `YYYY-MM-DD`: commitments that ended before do not count. */
  readonly today: string;
}

/**
 * The bill of a month of all environments and clusters, shared out to tenants. Prices are the catalog's list prices with
 * declared discounts, commitments and exchange rate; what has no price is listed, never guessed.
 */
export function computeCost(estate: Estate, placement: Placement, catalog: Catalog, options: CostOptions): CostReport {
  const priced = priceEstate(estate, placement, catalog, options);
  const shared = shareCharges(priced.context, priced.charges);
  const allocation = allocate(shared.shares);
  return {
    currency: priced.context.currency.code,
    pricesAsOf: priceDates(priced.charges) ?? catalog.pricesAsOf,
    monthly: totalFigure(priced.context, priced.charges, allocation.total),
    partial: priced.unpriced.length > 0,
    parts: allocation.parts,
    lines: priced.charges.map(({ line }) => line),
    allocation: allocation.rows,
    unpriced: priced.unpriced,
    assumptions: distinct([...priced.assumptions, ...shared.assumptions]),
  };
}

/** Everything priced, before it is shared out. */
export interface PricedEstate {
  readonly context: PricingContext;
  readonly charges: readonly Charge[];
  readonly unpriced: readonly UnpricedItem[];
  readonly assumptions: readonly Assumption[];
}

/** Prices nodes, disks, volumes, clusters and services; `ceiling` where it was placed before. */
export function priceEstate(
  estate: Estate,
  placement: Placement,
  catalog: Catalog,
  options: CostOptions & { readonly ceiling?: Placement | undefined },
): PricedEstate {
  const context: PricingContext = {
    estate,
    catalog,
    placement,
    ceiling: "ceiling" in options ? options.ceiling : ceilingPlacement(estate, catalog),
    currency: billCurrency(estate),
    today: options.today,
  };
  const pools = pricedPools(context);
  const pricing = mergePricings([
    priceNodes(context, pools),
    priceOsDisks(context, pools),
    priceVolumes(context),
    priceClusters(context, pools),
    priceServices(context),
  ]);
  return {
    context,
    charges: pricing.charges,
    unpriced: [...pricing.unpriced, ...unpricedPods(placement)],
    assumptions: distinct([...context.currency.assumptions, ...pricing.assumptions, ...unpricedMaxima(context)]),
  };
}

/** The same estate with every autoscaler at its maximum, where some autoscaler has room above its minimum. */
function ceilingPlacement(estate: Estate, catalog: Catalog): Placement | undefined {
  const scales = estate.workloads.some(({ replicas }) => replicas.maximum > replicas.minimum);
  return scales ? placeWorkloads(estate, catalog, { demand: "ceiling" }) : undefined;
}

/** Pods that find no place cost nothing where they are: the bill is that of a cluster on which they wait. */
function unpricedPods(placement: Placement): readonly UnpricedItem[] {
  return placement.unplaced
    .filter(({ pods, unknown }) => pods > 0 || unknown === true)
    .map(({ workload, pods, reason, unknown }) =>
      unknown === true
        ? {
            id: `cost/unplaced/${workload}`,
            label: `pods of ${workload}`,
            reason: `what they need is ${reason}`,
            hint: "give the value, or render the manifests with the variables that the delivery tool replaces",
          }
        : {
            id: `cost/unplaced/${workload}`,
            label: `${pods} ${pods === 1 ? "pod" : "pods"} of ${workload}`,
            reason: `no node pool takes them: ${reason}`,
            hint: "change the pool or what keeps the pods from it",
          },
    );
}

/** Pods that an autoscaler at its maximum would add and that find no node: the high end does not hold them. */
function unpricedMaxima({ estate, placement, ceiling }: PricingContext): readonly Assumption[] {
  const waiting = (of: Placement | undefined, id: string) =>
    (of?.unplaced ?? []).reduce((sum, { workload, pods }) => sum + (workload === id ? pods : 0), 0);
  return estate.workloads.filter(canScale).flatMap(({ id, replicas, place }) => {
    const without = waiting(ceiling, id) - waiting(placement, id);
    return without > 0 ? [assume(ceilingNotPriced, id, { pods: replicas.maximum, without }, place)] : [];
  });
}

function totalFigure({ currency }: PricingContext, charges: readonly Charge[], likely: number): Figure {
  const low = toCents(compensatedSum(charges.map((each) => each.low))) / 100;
  const high = toCents(compensatedSum(charges.map((each) => each.high))) / 100;
  const reasons: Reason[] = [
    {
      kind: "formula",
      text: "tenants + shared platform + system overhead + idle + fees + unused commitment = bill; a month is 730 hours",
    },
    ...currency.assumptions.map(assumptionReason),
    ...charges.map(({ line }): Reason => ({ kind: "figure", figure: line.monthlyCost })),
  ];
  return {
    id: "cost/monthly/total",
    label: "Bill of a month",
    unit: `${currency.code}/month`,
    result: resultOf(Math.min(low, likely), likely, Math.max(high, likely)),
    reasons,
  };
}

/** `oldest to newest` day of the prices that the bill stands on. */
function priceDates(charges: readonly Charge[]): string | undefined {
  const dates = new Set<string>();
  for (const { line } of charges) {
    for (const reason of line.monthlyCost.reasons) {
      if (reason.kind === "fact" && reason.unit?.startsWith("USD") === true && /^\d{4}/.test(reason.asOf)) {
        dates.add(reason.asOf);
      }
    }
  }
  const [oldest, ...others] = [...dates].sort();
  const newest = others.at(-1);
  return newest === undefined ? oldest : `${oldest} to ${newest}`;
}

function distinct(assumptions: readonly Assumption[]): readonly Assumption[] {
  const byKey = new Map(
    assumptions.map((assumption) => [`${assumption.id} ${assumption.subject} ${assumption.text}`, assumption]),
  );
  return [...byKey.values()];
}
