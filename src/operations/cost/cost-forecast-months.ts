import type { Reason } from "../../estate/figures/figure.ts";
import { dayText } from "../../finops/forecast/calendar.ts";
import type { KnownStep } from "../../finops/forecast/known-steps.ts";
import { type MonthOutlook, monthlyOutlook, type OutlookSpan } from "../../finops/forecast/monthly-outlook.ts";
import type { OutlookEnds } from "./cost-forecast-declared.ts";
import { type FittedHistory, totalBearer } from "./cost-forecast-history.ts";
import type { ForecastMonth, ForecastStep } from "./cost-forecast-report.ts";

/** Months of one bearer, with the history that they go on from. */
export interface BearerOutlook {
  readonly name: string;
  readonly months: readonly MonthOutlook[];
  readonly fitted: FittedHistory | undefined;
}

/** Where the interval of the total comes from: a summed history, or the ends of the declared estate. */
export type TotalBasis =
  | { readonly kind: "history"; readonly fitted: FittedHistory; readonly steps: readonly KnownStep[] }
  | { readonly kind: "declared"; readonly ends: readonly OutlookEnds[] };

/** The sum of the bearers; its interval is that of the summed history or of the whole bill: bearers do not err alike. */
export function totalOutlook(outlooks: readonly BearerOutlook[], basis: TotalBasis, span: OutlookSpan): BearerOutlook {
  const fitted = basis.kind === "history" ? basis.fitted : undefined;
  const all = outlooks.filter(({ months }) => months.length > 0);
  const own =
    basis.kind === "declared" || basis.fitted.forecast === undefined
      ? undefined
      : monthlyOutlook(totalBearer, basis.fitted.history.series, basis.fitted.forecast, basis.steps, span);
  const months = (all[0]?.months ?? []).map(({ month }, index): MonthOutlook => {
    const sum = (of: (each: MonthOutlook) => number) =>
      all.reduce((total, { months: each }) => {
        const found = each[index];
        return total + (found === undefined ? 0 : cents(of(found)));
      }, 0);
    const [actual, likely] = [sum((each) => each.actual), sum((each) => each.likely)];
    const ofTotal = own?.[index];
    const ends = basis.kind === "declared" ? basis.ends[index] : undefined;
    const below =
      ofTotal === undefined ? likely - (ends?.low ?? sum((each) => each.low)) : ofTotal.likely - ofTotal.low;
    const above =
      ofTotal === undefined ? (ends?.high ?? sum((each) => each.high)) - likely : ofTotal.high - ofTotal.likely;
    return {
      month,
      actual,
      likely,
      deviation: ofTotal?.deviation,
      low: Math.max(actual, likely - Math.max(0, below)),
      high: likely + Math.max(0, above),
      fromSteps: sum((each) => each.fromSteps),
    };
  });
  return { name: totalBearer, months, fitted };
}

/** A month as a figure, to the cent. */
export function monthOfReport(
  name: string,
  outlook: MonthOutlook,
  currency: string,
  reasons: readonly Reason[],
): ForecastMonth {
  const { month } = outlook;
  const [likely, low, high] = [cents(outlook.likely), cents(outlook.low), cents(outlook.high)];
  return {
    month,
    actual: cents(outlook.actual),
    likely,
    low,
    high,
    fromSteps: cents(outlook.fromSteps),
    figure: {
      id: `cost/forecast/${name}/${month}`,
      label: `Cost of ${name} in ${month}`,
      unit: currency,
      result: low === high ? { kind: "exact", value: likely } : { kind: "range", low, likely, high },
      reasons,
    },
  };
}

/** A known step as the report has it. */
export function stepOf({ kind, label, day, untilDay, monthly, factor }: KnownStep): ForecastStep {
  const byBearer = Object.fromEntries(
    [...monthly]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([bearer, money]) => [bearer, cents(money)]),
  );
  return {
    kind,
    date: dayText(day),
    ...(untilDay === undefined ? {} : { until: dayText(untilDay) }),
    label,
    ...(factor === 1 ? { monthly: cents([...monthly.values()].reduce((sum, money) => sum + money, 0)) } : { factor }),
    byBearer,
  };
}

function cents(amount: number): number {
  const rounded = Math.round(amount * 100) / 100;
  return rounded === 0 ? 0 : rounded;
}
