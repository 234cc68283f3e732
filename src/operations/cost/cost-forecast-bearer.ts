import type { Reason } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { type BudgetCrossing, type BudgetOutlook, budgetOutlook } from "../../finops/budgets/budget-outlook.ts";
import type { MonthOutlook } from "../../finops/forecast/monthly-outlook.ts";
import type { DeclaredCosts } from "./cost-forecast-declared.ts";
import { methodOf, pastMonths, totalBearer } from "./cost-forecast-history.ts";
import { type BearerOutlook, monthOfReport } from "./cost-forecast-months.ts";
import type { BearerForecast } from "./cost-forecast-report.ts";

/** What one bearer will cost, held against its budget. */
export function bearerForecast(
  estate: Estate,
  declared: DeclaredCosts,
  { name, months, fitted }: BearerOutlook,
  reasons: readonly Reason[],
): BearerForecast {
  const currency = declared.priced.context.currency.code;
  const past = fitted === undefined ? [] : pastMonths(fitted.history);
  const forecast = fitted?.forecast;
  const method = forecast === undefined ? undefined : methodOf(forecast);
  const how =
    method === undefined
      ? "bill of the declared estate between all autoscalers at their minimum (low) and maximum (high), likely where the declared demand puts replicas; days × 24 h / 730 h"
      : `${method.model} (${method.parameters}), 80 % interval, deviations × ${method.calibration} by backtest`;
  const own: readonly Reason[] = [{ kind: "formula", text: how }, ...reasons];
  const budget = budgetOf(estate, name, declared, months, past);
  return {
    name,
    declared: name === totalBearer || declared.floor.has(name) || estate.tenants.some((each) => each.name === name),
    past,
    months: months.map((month) => monthOfReport(name, month, currency, own)),
    ...(method === undefined ? {} : { method }),
    ...(budget === undefined ? {} : { budget }),
  };
}

/** Budgets are money of the estate: without a rate they cannot be held against a bill in USD. */
function budgetOf(
  estate: Estate,
  name: string,
  declared: DeclaredCosts,
  months: readonly MonthOutlook[],
  past: BearerForecast["past"],
): BudgetOutlook | undefined {
  const monthly = estate.tenants.find((each) => each.name === name)?.budgetMonthly;
  if (monthly === undefined || months.length === 0 || !declared.priced.context.currency.declaredMoneyCounts)
    return undefined;
  const outlook = budgetOutlook(monthly, months, past);
  const rounded = ({ month, probability }: BudgetCrossing): BudgetCrossing => ({
    month,
    probability: probability === undefined ? undefined : Number(probability.toFixed(4)),
  });
  return {
    ...outlook,
    months: outlook.months.map(rounded),
    crossing: outlook.crossing && rounded(outlook.crossing),
    warning: outlook.warning && rounded(outlook.warning),
  };
}
