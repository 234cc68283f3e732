import type { Figure } from "../../../src/estate/figures/figure.ts";
import type { TenancyKernelReport } from "../../../src/operations/tenancy/tenancy.ts";
import type { KernelBudget } from "../../../src/tenancy/kernel/kernel-report.ts";

export type PoolBudgets = TenancyKernelReport["pools"][number];

/** Figures of kernel budgets by id, so that each can be unfolded. */
export function kernelFigures({ pools }: TenancyKernelReport): readonly (readonly [string, Figure])[] {
  return pools.flatMap(({ budgets }) =>
    budgets.flatMap(({ capacity, demand }) => [[capacity.id, capacity] as const, [demand.id, demand] as const]),
  );
}

const verdictRank = { exceeded: 0, tight: 1, notEvaluable: 2, within: 2 } as const;

/** Pools with a budget that is exceeded or tight first, then those that more tenants share, then the fuller. */
export function poolsWorstFirst(pools: readonly PoolBudgets[]): readonly PoolBudgets[] {
  return pools.toSorted(
    (left, right) =>
      worstRank(left) - worstRank(right) ||
      right.tenants.length - left.tenants.length ||
      fullest(right) - fullest(left) ||
      (poolName(left) < poolName(right) ? -1 : 1),
  );
}

export function poolName({ cluster, pool }: PoolBudgets): string {
  return `${cluster}/${pool}`;
}

/** Share of the fullest budget, 0 where none is known. */
function fullest({ budgets }: PoolBudgets): number {
  return Math.max(0, ...budgets.map(({ share }) => share ?? 0));
}

function worstRank({ budgets }: PoolBudgets): number {
  return Math.min(2, ...budgets.map(({ verdict }) => verdictRank[verdict]));
}

/** `4.2%`, `<0.1%`, `not evaluable`. */
export function shareInWords({ share, verdict }: KernelBudget): string {
  if (share === undefined || verdict === "notEvaluable") return "not evaluable";
  if (share === 0) return "0%";
  if (share < 0.001) return "<0.1%";
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`;
}
