import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { costHistoryTooShort } from "../../estate/diagnostics/finops-diagnostics.ts";
import { daysOf, firstDayOf, monthOf, monthText } from "../../finops/forecast/calendar.ts";
import { fewestPeriods, forecastSeries, type SeriesForecast } from "../../finops/forecast/forecast-series.ts";
import type { CostHistory, TenantHistory } from "../../finops/forecast/history/cost-history.ts";
import type { ForecastMethod } from "./cost-forecast-report.ts";

/** The name of the sum over all bearers. */
export const totalBearer = "total";

export interface FittedHistory {
  readonly history: TenantHistory;
  /** Undefined where the history is too short. */
  readonly forecast: SeriesForecast | undefined;
}

/** Fits every bearer and the sum of all. */
export function fitHistory(history: CostHistory): {
  readonly bearers: readonly FittedHistory[];
  readonly total: FittedHistory;
  readonly diagnostics: readonly Diagnostic[];
} {
  const fit = (each: TenantHistory): FittedHistory => ({ history: each, forecast: forecastSeries(each.series) });
  const bearers = history.tenants.map(fit);
  const diagnostics = bearers
    .filter(({ forecast }) => forecast === undefined)
    .map(({ history: { tenant, series } }) =>
      diagnose(costHistoryTooShort, {
        tenant,
        periods: series.values.length,
        needed: fewestPeriods,
        step: series.step,
      }),
    );
  return { bearers, total: fit(sumOf(history)), diagnostics };
}

/** All bearers added up, from the first period of the history on. */
function sumOf({ step, startDay, tenants }: CostHistory): TenantHistory {
  const indexOf = (day: number) => (step === "month" ? monthOf(day) - monthOf(startDay) : day - startDay);
  const length = Math.max(...tenants.map(({ series }) => indexOf(series.startDay) + series.values.length));
  const values = Array.from({ length }, () => 0);
  for (const { series } of tenants) {
    const offset = indexOf(series.startDay);
    for (const [index, value] of series.values.entries())
      values[offset + index] = (values[offset + index] ?? 0) + value;
  }
  return { tenant: totalBearer, series: { step, startDay, values }, items: new Map(), filled: [] };
}

/** Months that the history holds in full. */
export function pastMonths({ series }: TenantHistory): readonly { readonly month: string; readonly cost: number }[] {
  const { step, startDay, values } = series;
  if (step === "month") {
    return values.map((cost, index) => ({ month: monthText(monthOf(startDay) + index), cost: cents(cost) }));
  }
  const endDay = startDay + values.length;
  const months: { month: string; cost: number }[] = [];
  for (let month = monthOf(startDay); firstDayOf(month + 1) <= endDay; month += 1) {
    const first = firstDayOf(month) - startDay;
    if (first < 0) continue;
    const cost = values.slice(first, first + daysOf(month)).reduce((sum, value) => sum + value, 0);
    months.push({ month: monthText(month), cost: cents(cost) });
  }
  return months;
}

/** What a reader needs to judge the forecast. */
export function methodOf({ chosen, season, hasYearlySeason }: SeriesForecast): ForecastMethod {
  return {
    model: chosen.model.name,
    parameters: chosen.model.parameters,
    season,
    yearlySeason: hasYearlySeason,
    backtest: chosen.backtest.map((score) => ({
      model: score.model,
      meanAbsoluteError: Number(score.meanAbsoluteError.toPrecision(4)),
      relativeError: Number(score.relativeError.toPrecision(3)),
      calibration: Number(score.calibration.toPrecision(3)),
    })),
    folds: chosen.folds,
    horizon: chosen.horizon,
    calibration: Number(chosen.calibration.toPrecision(3)),
  };
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
