import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { roundByLargestRemainder } from "../../estate/figures/money.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import { workloadDemands } from "../../scheduling/workload-demands.ts";
import type { Bearer, Charge } from "../bill/charge.ts";
import { onlyEnvironment, type PricingContext } from "../bill/pricing-context.ts";
import type { AllocationRow, BillPart } from "../cost-report.ts";
import { splitNodeCost } from "./node-cost-split.ts";
import { type CostShare, sharePool } from "./share-pool.ts";

export interface Allocation {
  readonly rows: readonly AllocationRow[];
  readonly parts: { readonly [part in BillPart]: number };
  /** The bill: the sum of the rows. */
  readonly total: number;
  readonly assumptions: readonly Assumption[];
}

const partOrder: readonly BillPart[] = [
  "tenant",
  "sharedPlatform",
  "systemOverhead",
  "idle",
  "fees",
  "unusedCommitment",
];

/**
 * Shares every charge out and rounds to the cent by largest remainder, so that
 * tenants + shared platform + system overhead + idle + fees + unused commitment = bill, exactly.
 */
export function allocate(context: PricingContext, charges: readonly Charge[]): Allocation {
  const pools = sharePools(context, charges);
  const shares = [
    ...pools.shares,
    ...charges.flatMap(({ sharing, likely }) =>
      sharing.kind === "bearer" && likely > 0 ? [{ bearer: sharing.bearer, amount: likely }] : [],
    ),
  ];
  const merged = mergeShares(shares);
  const cents = roundByLargestRemainder(merged.map(({ amount }) => amount));
  const rows = merged.map(({ bearer }, index) => rowOf(bearer, cents[index] ?? 0));
  const centsOf = (part?: BillPart) =>
    merged.reduce(
      (sum, { bearer }, index) => (part === undefined || bearer.part === part ? sum + (cents[index] ?? 0) : sum),
      0,
    );
  return {
    rows,
    parts: {
      tenant: centsOf("tenant") / 100,
      sharedPlatform: centsOf("sharedPlatform") / 100,
      systemOverhead: centsOf("systemOverhead") / 100,
      idle: centsOf("idle") / 100,
      fees: centsOf("fees") / 100,
      unusedCommitment: centsOf("unusedCommitment") / 100,
    },
    total: centsOf() / 100,
    assumptions: pools.assumptions,
  };
}

function sharePools(
  context: PricingContext,
  charges: readonly Charge[],
): { readonly shares: readonly CostShare[]; readonly assumptions: readonly Assumption[] } {
  const costs = new Map<string, number>();
  for (const { sharing, likely } of charges) {
    if (sharing.kind !== "pool") continue;
    const key = `${sharing.cluster}/${sharing.pool}`;
    costs.set(key, (costs.get(key) ?? 0) + likely);
  }
  const clusters = new Map(context.estate.clusters.map((cluster) => [cluster.name, cluster]));
  const workloads = new Map(context.estate.workloads.map((workload) => [workload.id, workload]));
  const demands = workloadDemands(context.estate, context.catalog);
  const assumptions: Assumption[] = [];
  const shares = context.placement.pools.flatMap((placement) => {
    const subject = `${placement.cluster}/${placement.pool}`;
    const cluster = clusters.get(placement.cluster);
    const size = context.catalog.vmSize(placement.vmSize);
    const cost = costs.get(subject) ?? 0;
    if (cost <= 0 || cluster === undefined) return [];
    if (size === undefined) return [{ bearer: idleBearer(cluster), amount: cost }];
    const split = splitNodeCost(context.catalog, cluster.region, size, subject);
    if (split.assumption !== undefined) assumptions.push(split.assumption);
    return sharePool({ placement, size, split, cost, environment: onlyEnvironment(cluster), workloads, demands });
  });
  return { shares, assumptions };
}

/** A priced size whose capacity nobody knows: nothing says who uses it. */
function idleBearer(cluster: Cluster): Bearer {
  return { part: "idle", subject: cluster.name, cluster: cluster.name, environment: onlyEnvironment(cluster) };
}

/** One row for each bearer, sorted by part, then by who bears it. */
function mergeShares(shares: readonly CostShare[]): readonly CostShare[] {
  const byKey = new Map<string, CostShare>();
  for (const share of shares) {
    const key = keyOf(share.bearer);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? share : { bearer: known.bearer, amount: known.amount + share.amount });
  }
  return [...byKey]
    .filter(([, { amount }]) => amount > 0)
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([, share]) => share);
}

function keyOf({ part, subject, tenant, application, environment, cluster, workload }: Bearer): string {
  const words = [subject, tenant, application, environment, cluster, workload].map((word) => word ?? "");
  return [partOrder.indexOf(part), ...words].join("\n");
}

function rowOf(bearer: Bearer, cents: number): AllocationRow {
  const { part, subject, tenant, application, environment, cluster, workload } = bearer;
  return { part, subject, tenant, application, environment, cluster, workload, monthlyCost: cents / 100 };
}
