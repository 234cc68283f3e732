import type { Catalog } from "../../catalog/catalog.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { simulatedPriceMissing } from "../../estate/diagnostics/load-diagnostics.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { billCurrency, type PricingContext, unitPrice } from "../../finops/bill/pricing-context.ts";
import type { ServerlessPrices } from "../../scheduling/clock/serverless/serverless-platform.ts";

/** Unit prices as plain numbers, with why they are what they are. */
export interface LoadPrices {
  readonly currency: string;
  readonly nodeHour: (pool: NodePool) => number;
  /** Undefined where the catalog has no price. */
  readonly containerApps: ServerlessPrices | undefined;
  readonly functions: ServerlessPrices | undefined;
  /** What has no price: nothing that it is part of can be evaluated. */
  readonly missing: readonly string[];
  readonly reasons: readonly Reason[];
  readonly diagnostics: readonly Diagnostic[];
}

const vmServices = ["virtualMachines", "virtualMachine", "compute"];

/** Pay-as-you-go prices of a cluster's nodes, and of serverless platforms in its region, in the currency of the bill. */
export function loadPrices(estate: Estate, cluster: Cluster, catalog: Catalog, today: string): LoadPrices {
  const currency = billCurrency(estate);
  // The price of an hour does not depend on how many nodes there are.
  const placement = { pools: [], unplaced: [], assumptions: [] };
  const context: PricingContext = { estate, catalog, placement, ceiling: undefined, currency, today };
  const nodes = new Map<string, number>();
  const reasons: Reason[] = [];
  const missing: string[] = [];
  for (const pool of cluster.nodePools) {
    const regular = catalog.vmPrice(cluster.region, pool.vmSize, "payAsYouGo");
    const spot = pool.spot ? catalog.vmPrice(cluster.region, pool.vmSize, "spot") : undefined;
    const fact = spot ?? regular;
    if (fact === undefined) missing.push(pool.vmSize);
    else {
      const price = unitPrice(context, fact, spot === undefined ? vmServices : []);
      nodes.set(pool.name, price.amount);
      reasons.push(...price.reasons);
    }
  }
  return {
    currency: currency.code,
    nodeHour: ({ name }) => nodes.get(name) ?? 0,
    containerApps: containerAppsPrices(catalog, cluster.region, currency.perUsd),
    functions: functionsPrices(catalog, cluster.region, currency.perUsd),
    missing: [...new Set(missing)],
    reasons: unique(reasons),
    diagnostics: [...new Set(missing)].map((what) => diagnose(simulatedPriceMissing, { what, region: cluster.region })),
  };
}

function containerAppsPrices(catalog: Catalog, region: string, perUsd: number): ServerlessPrices | undefined {
  const meters = catalog.serviceMeters("Azure Container Apps", region, { sku: "Standard" });
  const priceOf = (meter: string, fallback: string) =>
    meters.find((each) => each.meter.endsWith(meter))?.price.value ?? catalog.meterPrice(fallback, region)?.value;
  const vcpu = priceOf("vCPU Active Usage", "containerApps.vcpuActiveSecond");
  const memory = priceOf("Memory Active Usage", "containerApps.gibActiveSecond");
  const million = priceOf("Requests", "containerApps.requestsPerMillion");
  if (vcpu === undefined || memory === undefined || million === undefined) return undefined;
  return { vcpuSecond: vcpu * perUsd, gibSecond: memory * perUsd, request: (million / 1_000_000) * perUsd };
}

/** Flex Consumption on demand, beyond the amounts that are free every month. */
function functionsPrices(catalog: Catalog, region: string, perUsd: number): ServerlessPrices | undefined {
  const meters = catalog.serviceMeters("Functions", region, { product: "Flex Consumption", sku: "On Demand" });
  const priceOf = (meter: string) =>
    meters
      .filter((each) => each.meter.endsWith(meter))
      .toSorted((left, right) => right.fromQuantity - left.fromQuantity)[0]?.price.value;
  const memory = priceOf("Execution Time") ?? catalog.meterPrice("functionsFlex.gbSecond", region)?.value;
  const tenExecutions = priceOf("Total Executions");
  if (memory === undefined || tenExecutions === undefined) return undefined;
  return { vcpuSecond: 0, gibSecond: memory * perUsd, request: (tenExecutions / 10) * perUsd };
}

function unique(reasons: readonly Reason[]): readonly Reason[] {
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
}
