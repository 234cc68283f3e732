import type { Catalog } from "../../catalog/catalog.ts";
import { type Fact, factReason } from "../../catalog/fact.ts";
import { clusterComputePrice, requestUnits } from "../../estate/assumptions/store-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { hoursPerMonth } from "../../finops/bill/charge.ts";
import { billCurrency, type PricingContext, unitPrice } from "../../finops/bill/pricing-context.ts";
import { priceByRegion } from "../../finops/bill/service-prices/price-by-region.ts";
import { pricerOf } from "../../finops/bill/service-prices/service-pricers.ts";
import type { StoreOption } from "../../stateful/advice/options/store-option.ts";
import type { OptionQuote } from "../../stateful/advice/rank-options.ts";
import type { StoreNeed } from "../../stateful/advice/store-need.ts";
import { assumptionReason } from "../../stateful/timelines/timers.ts";

/** The machine whose share a database in the cluster is taken to pay. */
const comparedSize = "Standard_D4ds_v5";

/** What an option costs a month by the price list, the estate's discounts and its exchange rate. */
export function quoteOption(estate: Estate, catalog: Catalog, need: StoreNeed, option: StoreOption): OptionQuote {
  return option.host.kind === "cluster"
    ? quoteCluster(estate, catalog, need, option, option.host)
    : quoteService(estate, catalog, need, option);
}

/** Prices alone: nothing is placed for them. */
function pricingContext(estate: Estate, catalog: Catalog): PricingContext {
  const placement = { pools: [], unplaced: [], assumptions: [] };
  return { estate, catalog, placement, ceiling: undefined, currency: billCurrency(estate), today: "" };
}

interface Part {
  readonly fact: Fact<number>;
  readonly units: number;
}

function quoteService(estate: Estate, catalog: Catalog, need: StoreNeed, option: StoreOption): OptionQuote {
  const pricer = pricerOf(option.service);
  const [region = "", ...otherRegions] = option.regions;
  if (pricer === undefined)
    return { kind: "unpriced", why: `the catalog does not know how ${option.service} is billed` };
  const quantity = Number(/ x(\d+)$/.exec(option.sku)?.[1] ?? 1);
  const prices = priceByRegion(
    pricer,
    {
      service: option.service,
      sku: option.sku.replace(/ x\d+$/, ""),
      region,
      otherRegions,
      writeRegions: option.writeRegions.length,
      quantity,
      zoneRedundant: option.zoneRedundant,
      sizeGiB: need.sizeGiB,
      webApplicationFirewall: false,
    },
    catalog,
  );
  const parts: Part[] = [];
  for (const { price } of prices) {
    if (price.kind === "unpriced") return { kind: "unpriced", why: price.reason };
    parts.push(...price.meters.map(({ fact, quantity: units, periods }) => ({ fact, units: units * periods })));
  }
  const assumed =
    option.service === "cosmosDb"
      ? [assumptionReason(requestUnits, { perSecond: Number.parseInt(option.sku, 10) })]
      : [];
  return sumOf(pricingContext(estate, catalog), parts, [option.service], assumed);
}

type ClusterHost = Extract<StoreOption["host"], { readonly kind: "cluster" }>;

function quoteCluster(
  estate: Estate,
  catalog: Catalog,
  need: StoreNeed,
  option: StoreOption,
  { store, diskClass }: ClusterHost,
): OptionQuote {
  const [region = ""] = option.regions;
  if (diskClass === "localNvme")
    return { kind: "unpriced", why: "local disks come with machine sizes that are not chosen here" };
  if (diskClass === "sharedZrs")
    return { kind: "unpriced", why: "a shared disk is charged by its mounts, which the catalog has no price of" };
  if (diskClass === "netApp") return { kind: "unpriced", why: "the catalog has no price of Azure NetApp Files" };
  if (need.sizeGiB === undefined) return { kind: "unpriced", why: "its size is not declared (sizeGiB)" };
  const machine = catalog.vmPrice(region, comparedSize, "payAsYouGo");
  const cores = catalog.vmSize(comparedSize)?.vcpu;
  const disk = diskPart(catalog, region, diskClass, need.sizeGiB);
  if (machine === undefined || cores === undefined)
    return { kind: "unpriced", why: `the catalog has no price of ${comparedSize} in ${region}` };
  if (typeof disk === "string") return { kind: "unpriced", why: disk };
  const parts = [
    { fact: machine, units: (need.cores / cores) * hoursPerMonth * store.replicas },
    { ...disk, units: disk.units * (diskClass === "files" ? 1 : store.replicas) },
  ];
  const assumed = [assumptionReason(clusterComputePrice, { vmSize: comparedSize })];
  return sumOf(pricingContext(estate, catalog), parts, ["virtualMachines"], assumed);
}

function diskPart(catalog: Catalog, region: string, diskClass: string, sizeGiB: number): Part | string {
  if (diskClass === "files") {
    const sku = "Premium ZRS";
    const meter = catalog
      .serviceMeters("storage", region, { product: "Premium Files", sku })
      .find((each) => each.meter === `${sku} Provisioned`);
    return meter === undefined
      ? `the catalog has no price of ${sku} file shares in ${region}`
      : { fact: meter.price, units: sizeGiB };
  }
  const tier = catalog.diskTier("P", sizeGiB);
  const redundancy = diskClass === "premiumZrs" ? "ZRS" : "LRS";
  const fact = tier === undefined ? undefined : catalog.diskPrice(region, tier.tier, redundancy);
  return fact === undefined
    ? `the catalog has no price of a ${redundancy} disk of ${sizeGiB} GiB in ${region}`
    : { fact, units: 1 };
}

function sumOf(
  context: PricingContext,
  parts: readonly Part[],
  services: readonly string[],
  assumed: readonly Reason[],
): OptionQuote {
  const monthlyCost = parts.reduce(
    (sum, { fact, units }) => sum + unitPrice(context, fact, services).amount * units,
    0,
  );
  const reasons = parts.map(({ fact }) => factReason(fact));
  return {
    kind: "priced",
    monthlyCost: Math.round(monthlyCost * 100) / 100,
    reasons: [...reasons, ...context.currency.reasons, ...assumed],
  };
}
