import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import {
  costFollowsDemand,
  demandGrowth,
  demandInLastEnvironment,
  knownStepsByBill,
  pastGoesOn,
} from "../../estate/assumptions/forecast-rules.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { assumptionReason } from "../../finops/bill/charge.ts";
import { type BudgetCrossing, type BudgetOutlook, budgetOutlook } from "../../finops/budgets/budget-outlook.ts";
import { dayNumber, dayText, firstDayOf, monthOf } from "../../finops/forecast/calendar.ts";
import { targetShare } from "../../finops/forecast/declared/declared-load.ts";
import { type CostHistory, costHistory } from "../../finops/forecast/history/cost-history.ts";
import { type HistoryReading, readCostHistory } from "../../finops/forecast/history/read-cost-history.ts";
import { type KnownStep, type PriceChange, priceChangeStep, stepText } from "../../finops/forecast/known-steps.ts";
import { type MonthOutlook, monthlyOutlook } from "../../finops/forecast/monthly-outlook.ts";
import type { Progress } from "../ports.ts";
import { anomaliesOf } from "./cost-forecast-anomalies.ts";
import {
  commitmentSteps,
  type DeclaredCosts,
  type DeclaredOptions,
  declaredCosts,
  declaredOutlook,
  eventSteps,
} from "./cost-forecast-declared.ts";
import { type FittedHistory, fitHistory, methodOf, pastMonths, totalBearer } from "./cost-forecast-history.ts";
import type { BearerForecast, CostForecast, ForecastMonth, ForecastStep } from "./cost-forecast-report.ts";
import { unitCostsOf } from "./cost-forecast-units.ts";

export interface CostForecastOptions {
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string;
  /** Whole months ahead, besides the current one. */
  readonly months: number;
  /** Absent: from what is declared alone. */
  readonly history?: { readonly source: string; readonly text: string };
  /** Growth of the declared demand a month, as a share; undefined: none is known. */
  readonly monthlyGrowth?: number;
  readonly priceChanges: readonly PriceChange[];
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

/** 80 % of what comes lies between low and high. */
const coverage = 0.8;

/**
 * What an estate will cost, bearer by bearer and month by month: from a history of costs with what is known to change, or
 * from what is declared alone. A history without a usable row gives its diagnostics only.
 */
export function forecastCost(
  estate: Estate,
  catalog: Catalog,
  options: CostForecastOptions,
): CostForecast | { readonly diagnostics: readonly Diagnostic[] } {
  const study = new ForecastStudy(estate, catalog, options);
  return study.report();
}

interface BearerOutlook {
  readonly name: string;
  readonly months: readonly MonthOutlook[];
  readonly fitted: FittedHistory | undefined;
}

class ForecastStudy {
  private readonly estate: Estate;
  private readonly catalog: Catalog;
  private readonly options: CostForecastOptions;
  private readonly todayDay: number;
  private readonly lastMonth: number;
  private readonly assumptions: Assumption[] = [];

  constructor(estate: Estate, catalog: Catalog, options: CostForecastOptions) {
    this.estate = estate;
    this.catalog = catalog;
    this.options = options;
    this.todayDay = dayNumber(options.today) ?? 0;
    this.lastMonth = monthOf(this.todayDay) + options.months;
  }

  report(): CostForecast | { readonly diagnostics: readonly Diagnostic[] } {
    const { onProgress, signal, history: given } = this.options;
    onProgress?.("pricing the estate");
    // Without a history the month of today counts as a whole: the bill knows no past.
    const declared = declaredCosts(this.estate, this.catalog, this.declaredOptions(firstDayOf(monthOf(this.todayDay))));
    const currency = declared.priced.context.currency.code;
    const reading = given === undefined ? undefined : this.readHistory(given, currency);
    const history = reading === undefined ? undefined : costHistory(reading.records, given?.source ?? "");
    if (reading !== undefined && history === undefined) return { diagnostics: reading.diagnostics };
    const fromDay = history?.endDay ?? firstDayOf(monthOf(this.todayDay));
    signal?.throwIfAborted();
    onProgress?.("what is known to change");
    const steps = this.steps(declared, fromDay, history !== undefined);
    onProgress?.("fitting");
    const fitted = history === undefined ? undefined : fitHistory(history);
    const outlooks =
      fitted === undefined ? this.fromDeclared(declared, steps) : this.fromHistory(fitted.bearers, steps, fromDay);
    const total = totalOutlook(outlooks, fitted?.total, steps, { fromDay, lastMonth: this.lastMonth });
    this.noteBasis(declared, history, steps);
    const reasons = this.reasonsOf(steps, given?.source, history);
    const shown = (outlook: BearerOutlook) => this.bearer(outlook, currency, declared, reasons);
    const bearers = outlooks.map(shown);
    const lastEnvironment = declared.loads[0]?.environment ?? this.estate.environments.at(-1)?.name ?? "default";
    const demandAssumption = assume(demandInLastEnvironment, "Estate", { environment: lastEnvironment });
    if (declared.loads.length > 0) this.assumptions.push(demandAssumption);
    return {
      apiVersion: "scantling/v1alpha1",
      kind: "CostForecast",
      estate: this.estate.name,
      currency,
      today: this.options.today,
      basis: history === undefined ? "declared" : "history",
      ...(history === undefined || reading?.format === undefined
        ? {}
        : {
            history: {
              source: given?.source ?? "",
              format: reading.format,
              step: history.step,
              from: dayText(history.startDay),
              to: dayText(history.endDay - 1),
              periods: Math.max(...history.tenants.map(({ series }) => series.values.length)),
            },
            coverage,
          }),
      total: shown(total),
      bearers,
      partial: declared.priced.unpriced.length > 0 || outlooks.some(({ months }) => months.length === 0),
      steps: steps.map(stepOf),
      anomalies: (fitted?.bearers ?? [])
        .flatMap(({ history: own, forecast }) =>
          forecast === undefined ? [] : anomaliesOf(this.estate, own, forecast),
        )
        .toSorted((left, right) => (left.from < right.from ? -1 : left.from > right.from ? 1 : 0)),
      unitCosts: unitCostsOf(declared.priced, declared.loads, bearers, {
        fromDay,
        lastMonth: this.lastMonth,
        monthlyGrowth: this.options.monthlyGrowth ?? 0,
        currency,
        assumption: demandAssumption,
      }),
      assumptions: this.assumptions.toSorted((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0)),
      diagnostics: [...(reading?.diagnostics ?? []), ...(history?.diagnostics ?? []), ...(fitted?.diagnostics ?? [])],
    };
  }

  private declaredOptions(fromDay: number): DeclaredOptions {
    return {
      today: this.options.today,
      fromDay,
      untilDay: firstDayOf(this.lastMonth + 1),
      monthlyGrowth: this.options.monthlyGrowth ?? 0,
    };
  }

  private readHistory(
    { source, text }: { readonly source: string; readonly text: string },
    currency: string,
  ): HistoryReading {
    return readCostHistory(text, { source, currency, today: this.todayDay });
  }

  /** Without a history events are in the months already. */
  private steps(declared: DeclaredCosts, fromDay: number, withEvents: boolean): readonly KnownStep[] {
    const options = this.declaredOptions(fromDay);
    const ends = commitmentSteps(this.estate, this.catalog, declared, {
      ...options,
      fromDay: Math.max(fromDay, this.todayDay),
    });
    const events = withEvents ? eventSteps(declared, options) : [];
    return [...ends, ...events, ...this.options.priceChanges.map(priceChangeStep)].toSorted(
      (left, right) => left.day - right.day,
    );
  }

  private fromDeclared(declared: DeclaredCosts, steps: readonly KnownStep[]): readonly BearerOutlook[] {
    const options = this.declaredOptions(firstDayOf(monthOf(this.todayDay)));
    return [...new Set([...declared.floor.keys(), ...declared.ceiling.keys()])].toSorted().map((name) => ({
      name,
      months: declaredOutlook(declared, name, steps, options),
      fitted: undefined,
    }));
  }

  private fromHistory(
    fitted: readonly FittedHistory[],
    steps: readonly KnownStep[],
    fromDay: number,
  ): readonly BearerOutlook[] {
    const span = { fromDay, lastMonth: this.lastMonth };
    return fitted.map((each) => {
      const { history, forecast } = each;
      // Where a year is known, its campaigns are in the season.
      const own = forecast?.hasYearlySeason === true ? steps.filter(({ kind }) => kind !== "event") : steps;
      const months = forecast === undefined ? [] : monthlyOutlook(history.tenant, history.series, forecast, own, span);
      return { name: history.tenant, months, fitted: each };
    });
  }

  private noteBasis(declared: DeclaredCosts, history: CostHistory | undefined, steps: readonly KnownStep[]): void {
    const ends = steps.filter(({ kind }) => kind === "commitmentEnds").length;
    if (ends > 0) this.assumptions.push(assume(knownStepsByBill, "Estate", { steps: ends }));
    if (history !== undefined) {
      const periods = Math.max(...history.tenants.map(({ series }) => series.values.length));
      this.assumptions.push(assume(pastGoesOn, "Estate", { periods, step: history.step }));
    }
    if (declared.loads.length === 0) return;
    const tenants = new Set(declared.loads.map(({ tenant }) => tenant)).size;
    this.assumptions.push(assume(costFollowsDemand, "Estate", { targetPercent: 100 * targetShare, tenants }));
    if (this.options.monthlyGrowth === undefined) this.assumptions.push(assume(demandGrowth, "Estate", { percent: 0 }));
  }

  private reasonsOf(
    steps: readonly KnownStep[],
    source: string | undefined,
    history: CostHistory | undefined,
  ): readonly Reason[] {
    const known = steps.map((step): Reason => ({ kind: "declared", name: "known step", value: stepText(step) }));
    const measured: Reason[] =
      history === undefined || source === undefined
        ? []
        : [
            {
              kind: "measurement",
              name: "costs of the past",
              value: `${history.tenants.length} bearers`,
              source,
              window: `${dayText(history.startDay)} to ${dayText(history.endDay - 1)}`,
            },
          ];
    return [...measured, ...known, ...this.assumptions.map(assumptionReason)];
  }

  private bearer(
    { name, months, fitted }: BearerOutlook,
    currency: string,
    declared: DeclaredCosts,
    reasons: readonly Reason[],
  ): BearerForecast {
    const past = fitted === undefined ? [] : pastMonths(fitted.history);
    const forecast = fitted?.forecast;
    const method = forecast === undefined ? undefined : methodOf(forecast);
    const how =
      method === undefined
        ? "bill of the declared estate between all autoscalers at their minimum (low) and maximum (high), likely where the declared demand puts replicas; days × 24 h / 730 h"
        : `${method.model} (${method.parameters}), 80 % interval, deviations × ${method.calibration} by backtest`;
    const own: readonly Reason[] = [{ kind: "formula", text: how }, ...reasons];
    const budget = this.budgetOf(name, declared, months, past);
    return {
      name,
      declared:
        name === totalBearer || declared.floor.has(name) || this.estate.tenants.some((each) => each.name === name),
      past,
      months: months.map((month) => monthOfReport(name, month, currency, own)),
      ...(method === undefined ? {} : { method }),
      ...(budget === undefined ? {} : { budget }),
    };
  }

  /** Budgets are money of the estate: without a rate they cannot be held against a bill in USD. */
  private budgetOf(
    name: string,
    declared: DeclaredCosts,
    months: readonly MonthOutlook[],
    past: BearerForecast["past"],
  ): BudgetOutlook | undefined {
    const monthly = this.estate.tenants.find((each) => each.name === name)?.budgetMonthly;
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
}

/** The sum of the bearers; its interval is that of the summed history, for bearers do not err alike. */
function totalOutlook(
  outlooks: readonly BearerOutlook[],
  fitted: FittedHistory | undefined,
  steps: readonly KnownStep[],
  span: { readonly fromDay: number; readonly lastMonth: number },
): BearerOutlook {
  const all = outlooks.filter(({ months }) => months.length > 0);
  const own =
    fitted?.forecast === undefined
      ? undefined
      : monthlyOutlook(totalBearer, fitted.history.series, fitted.forecast, steps, span);
  const months = (all[0]?.months ?? []).map(({ month }, index): MonthOutlook => {
    const sum = (of: (each: MonthOutlook) => number) =>
      all.reduce((total, { months: each }) => {
        const found = each[index];
        return total + (found === undefined ? 0 : cents(of(found)));
      }, 0);
    const [actual, likely] = [sum((each) => each.actual), sum((each) => each.likely)];
    const ofTotal = own?.[index];
    const below = ofTotal === undefined ? likely - sum((each) => each.low) : ofTotal.likely - ofTotal.low;
    const above = ofTotal === undefined ? sum((each) => each.high) - likely : ofTotal.high - ofTotal.likely;
    return {
      month,
      actual,
      likely,
      deviation: ofTotal?.deviation,
      low: Math.max(actual, likely - below),
      high: likely + above,
      fromSteps: sum((each) => each.fromSteps),
    };
  });
  return { name: totalBearer, months, fitted };
}

function monthOfReport(
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

function stepOf({ kind, label, day, untilDay, monthly, factor }: KnownStep): ForecastStep {
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
