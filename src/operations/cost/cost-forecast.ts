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
import { dayNumber, dayText, firstDayOf, monthOf } from "../../finops/forecast/calendar.ts";
import { targetShare } from "../../finops/forecast/declared/declared-load.ts";
import { type CostHistory, costHistory } from "../../finops/forecast/history/cost-history.ts";
import { type HistoryReading, readCostHistory } from "../../finops/forecast/history/read-cost-history.ts";
import { type KnownStep, type PriceChange, priceChangeStep, stepText } from "../../finops/forecast/known-steps.ts";
import { monthlyOutlook } from "../../finops/forecast/monthly-outlook.ts";
import type { Progress } from "../ports.ts";
import { anomaliesOf } from "./cost-forecast-anomalies.ts";
import { bearerForecast } from "./cost-forecast-bearer.ts";
import {
  commitmentSteps,
  type DeclaredCosts,
  type DeclaredOptions,
  declaredCosts,
  declaredEnds,
  declaredOutlook,
  eventSteps,
} from "./cost-forecast-declared.ts";
import { type FittedHistory, fitHistory } from "./cost-forecast-history.ts";
import { type BearerOutlook, stepOf, type TotalBasis, totalOutlook } from "./cost-forecast-months.ts";
import type { BearerForecast, CostForecast } from "./cost-forecast-report.ts";
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
    const firstOfMonth = firstDayOf(monthOf(this.todayDay));
    const declared = declaredCosts(this.estate, this.catalog, this.declaredOptions(firstOfMonth));
    const { code } = declared.priced.context.currency;
    const reading =
      given && readCostHistory(given.text, { source: given.source, currency: code, today: this.todayDay });
    const history = reading && costHistory(reading.records, given?.source ?? "");
    if (reading !== undefined && history === undefined) return { diagnostics: reading.diagnostics };
    signal?.throwIfAborted();
    // Without a history the month of today counts as a whole: the bill knows no past.
    const fromDay = history?.endDay ?? firstOfMonth;
    onProgress?.("what is known to change");
    const steps = this.steps(declared, fromDay, history !== undefined);
    onProgress?.("fitting");
    const fitted = history && fitHistory(history);
    const outlooks =
      fitted === undefined ? this.fromDeclared(declared, steps) : this.fromHistory(fitted.bearers, steps, fromDay);
    const basis: TotalBasis =
      fitted === undefined
        ? { kind: "declared", ends: declaredEnds(declared, steps, this.declaredOptions(firstOfMonth)) }
        : { kind: "history", fitted: fitted.total, steps };
    const total = totalOutlook(outlooks, basis, { fromDay, lastMonth: this.lastMonth });
    this.noteBasis(declared, history, steps);
    const reasons = this.reasonsOf(steps, given?.source, history);
    const [sum, ...bearers] = [total, ...outlooks].map((each) => bearerForecast(this.estate, declared, each, reasons));
    if (sum === undefined) return { diagnostics: [] };
    return {
      ...this.head(declared, reading, history),
      total: sum,
      bearers,
      partial: declared.priced.unpriced.length > 0 || outlooks.some(({ months }) => months.length === 0),
      steps: steps.map(stepOf),
      anomalies: this.anomalies(fitted?.bearers ?? []),
      unitCosts: this.unitCosts(declared, bearers, fromDay),
      assumptions: this.assumptions.toSorted((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0)),
      diagnostics: [...(reading?.diagnostics ?? []), ...(history?.diagnostics ?? []), ...(fitted?.diagnostics ?? [])],
    };
  }

  private head({ priced }: DeclaredCosts, reading: HistoryReading | undefined, history: CostHistory | undefined) {
    const head = {
      apiVersion: "scantling/v1alpha1",
      kind: "CostForecast",
      estate: this.estate.name,
      currency: priced.context.currency.code,
      today: this.options.today,
    } as const;
    if (history === undefined || reading?.format === undefined) return { ...head, basis: "declared" } as const;
    return {
      ...head,
      basis: "history",
      history: {
        source: this.options.history?.source ?? "",
        format: reading.format,
        step: history.step,
        from: dayText(history.startDay),
        to: dayText(history.endDay - 1),
        periods: periodsOf(history),
      },
      coverage,
    } as const;
  }

  private anomalies(fitted: readonly FittedHistory[]): CostForecast["anomalies"] {
    return fitted
      .flatMap(({ history, forecast }) => (forecast === undefined ? [] : anomaliesOf(this.estate, history, forecast)))
      .toSorted((left, right) => (left.from < right.from ? -1 : left.from > right.from ? 1 : 0));
  }

  private unitCosts(
    { priced, loads }: DeclaredCosts,
    bearers: readonly BearerForecast[],
    fromDay: number,
  ): CostForecast["unitCosts"] {
    const environment = loads[0]?.environment ?? this.estate.environments.at(-1)?.name ?? "default";
    const assumption = assume(demandInLastEnvironment, "Estate", { environment });
    if (loads.length > 0) this.assumptions.push(assumption);
    return unitCostsOf(priced, loads, bearers, {
      fromDay,
      lastMonth: this.lastMonth,
      monthlyGrowth: this.options.monthlyGrowth ?? 0,
      currency: priced.context.currency.code,
      assumption,
    });
  }

  private declaredOptions(fromDay: number): DeclaredOptions {
    return {
      today: this.options.today,
      fromDay,
      untilDay: firstDayOf(this.lastMonth + 1),
      monthlyGrowth: this.options.monthlyGrowth ?? 0,
    };
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
      this.assumptions.push(assume(pastGoesOn, "Estate", { periods: periodsOf(history), step: history.step }));
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
}

/** Periods of the bearer with the longest history. */
function periodsOf({ tenants }: CostHistory): number {
  return Math.max(...tenants.map(({ series }) => series.values.length));
}
