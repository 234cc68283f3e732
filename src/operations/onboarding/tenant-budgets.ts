import type { Catalog } from "../../catalog/catalog.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { tenantOverBudget } from "../../estate/diagnostics/onboarding-diagnostics.ts";
import { formatMoney } from "../../estate/figures/format-figure.ts";
import { compensatedSum } from "../../estate/figures/money.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { computeCost } from "../../finops/compute-cost.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";

/** What a tenant costs a month against what it may cost, in the estate's currency. */
export interface TenantBudget {
  readonly tenant: string;
  /** Its own share of the bill, without the platform that all share. */
  readonly monthly: number;
  /** `Tenant.spec.budget.monthlyCost`; undefined where none is declared. */
  readonly budget: number | undefined;
  /** What is over the budget; 0 within it, undefined without one. */
  readonly over: number | undefined;
}

/** Shares of the bill by tenant, in the order of the estate's tenants; those that cost something or have a budget. */
export function tenantBudgets(estate: Estate, catalog: Catalog, today: string): readonly TenantBudget[] {
  const { allocation } = computeCost(estate, placeWorkloads(estate, catalog), catalog, { today });
  const byTenant = Map.groupBy(
    allocation.filter(({ part }) => part === "tenant"),
    ({ tenant }) => tenant ?? "",
  );
  return estate.tenants.flatMap(({ name, budgetMonthly: budget }) => {
    const monthly = compensatedSum((byTenant.get(name) ?? []).map(({ monthlyCost }) => monthlyCost));
    if (monthly === 0 && budget === undefined) return [];
    return [{ tenant: name, monthly, budget, over: budget === undefined ? undefined : Math.max(0, monthly - budget) }];
  });
}

/** One warning for each tenant that is over its budget. */
export function budgetDiagnostics(budgets: readonly TenantBudget[], currency: string): readonly Diagnostic[] {
  return budgets.flatMap(({ tenant, monthly, budget, over }) =>
    budget === undefined || over === undefined || over < 0.005
      ? []
      : [
          diagnose(tenantOverBudget, {
            tenant,
            monthly: formatMoney(monthly, currency),
            budget: formatMoney(budget, currency),
            over: formatMoney(over, currency),
          }),
        ],
  );
}
