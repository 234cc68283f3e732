import { roundByLargestRemainder } from "../../estate/figures/money.ts";
import type { Bearer } from "../bill/charge.ts";
import type { AllocationRow, BillPart } from "../cost-report.ts";
import type { CostShare } from "./share-charges.ts";

export interface Allocation {
  readonly rows: readonly AllocationRow[];
  readonly parts: { readonly [part in BillPart]: number };
  /** The bill: the sum of the rows. */
  readonly total: number;
}

interface BearerCost {
  readonly bearer: Bearer;
  readonly amount: number;
}

/** The parts in the order in which a bill says them. */
export const partOrder: readonly BillPart[] = [
  "tenant",
  "sharedPlatform",
  "systemOverhead",
  "idle",
  "fees",
  "unusedCommitment",
];

/**
 * One row for each bearer, rounded to the cent by largest remainder, so that
 * tenants + shared platform + system overhead + idle + fees + unused commitment = bill, exactly.
 */
export function allocate(shares: readonly CostShare[]): Allocation {
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
  };
}

/** One row for each bearer, sorted by part, then by who bears it. */
function mergeShares(shares: readonly CostShare[]): readonly BearerCost[] {
  const byKey = new Map<string, { readonly bearer: Bearer; amount: number }>();
  for (const { bearer, amount } of shares) {
    const key = keyOf(bearer);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { bearer, amount });
    else known.amount += amount;
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
