import { assessAvailability } from "../../availability/assess-availability.ts";
import { type EventSeries, readEventSeries } from "../../availability/slo/alerts/event-series.ts";
import { budgetPolicy, type PolicyRule } from "../../availability/slo/budget/budget-policy.ts";
import { measuredBudget } from "../../availability/slo/budget/measured-budget.ts";
import {
  type BudgetLeft,
  type OverDeliveryAdvice,
  overDeliveryAdvice,
} from "../../availability/slo/budget/over-delivery.ts";
import { worstIncidentShare } from "../../availability/slo/budget/worst-incident.ts";
import { complement, type ExactRatio, numberOf, ratioOfNumber } from "../../availability/slo/exact-ratio.ts";
import { budgetOf, percentText } from "../../availability/slo/objectives/rule-objective.ts";
import { prometheusDuration } from "../../availability/slo/prometheus-duration.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { seriesTooShort, targetLeavesNoBudget } from "../../estate/diagnostics/slo-diagnostics.ts";
import { exactFigure, type Figure } from "../../estate/figures/figure.ts";
import type { Estate, ServiceLevelObjective } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { Progress } from "../ports.ts";
import { type ForecastContext, forecastBudget, type SloBudgetForecast } from "./slo-forecast.ts";

export interface SloBudgetOptions {
  /** `YYYY-MM-DD`, for prices. */
  readonly today: string;
  /** Only the SLO of this name. */
  readonly slo?: string;
  /** A series of good and total events; it is taken for every SLO that is reported. */
  readonly series?: { readonly file: string; readonly text: string };
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

interface SloMeasurement {
  readonly coveredSeconds: number;
  readonly totalEvents: number;
  readonly badEvents: number;
  readonly spent: Figure;
  readonly burnRates: readonly { readonly window: string; readonly rate: number }[];
  /** Absent when the budget lasts. */
  readonly exhaustedInSeconds?: number;
  readonly worstIncidentShare?: number;
}

export interface SloBudget {
  readonly slo: string;
  readonly service: string;
  readonly objective: string;
  readonly window: string;
  readonly method: ServiceLevelObjective["budgetingMethod"];
  /** Minutes of full outage that the budget is worth. */
  readonly budget: Figure;
  readonly measured?: SloMeasurement;
  /** Absent where no journey of the estate belongs to the SLO, or it is a threshold on a metric. */
  readonly forecast?: SloBudgetForecast;
  readonly policy: readonly PolicyRule[];
  readonly overDelivery: readonly OverDeliveryAdvice[];
}

/** What `scantling slo budget -o json` prints. */
export interface SloBudgetReport {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "SloBudget";
  readonly currency: string;
  readonly budgets: readonly SloBudget[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

interface BudgetContext extends ForecastContext {
  readonly series: EventSeries | undefined;
  readonly diagnostics: Diagnostic[];
}

/** Error budgets of the estate's SLOs: what is spent, what outages will take, what to do about it. */
export function sloBudgets(estate: Estate, catalog: Catalog, options: SloBudgetOptions): SloBudgetReport {
  const reading = options.series === undefined ? undefined : readEventSeries(options.series.file, options.series.text);
  const availability = assessAvailability(estate, placeWorkloads(estate, catalog), catalog);
  const context: BudgetContext = {
    estate,
    catalog,
    today: options.today,
    journeys: new Map(availability.journeys.map((journey) => [journey.journey, journey])),
    series: reading?.series,
    assumptions: [],
    diagnostics: [...(reading?.diagnostics ?? [])],
  };
  const wanted = estate.serviceLevelObjectives.filter(({ name }) => options.slo === undefined || name === options.slo);
  const budgets = wanted.flatMap((slo) => {
    options.signal?.throwIfAborted();
    options.onProgress?.(`budget of ${slo.name}`);
    return budgetOfObjective(slo, context) ?? [];
  });
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "SloBudget",
    currency: estate.currency,
    budgets,
    assumptions: context.assumptions.toSorted(compareAssumptions),
    diagnostics: context.diagnostics,
  };
}

function budgetOfObjective(slo: ServiceLevelObjective, context: BudgetContext): SloBudget | undefined {
  const budget = budgetOf(slo);
  const objective = percentText(complement(ratioOfNumber(slo.unavailability)));
  if (budget === undefined) {
    const where = { ...(slo.place === undefined ? {} : { place: slo.place }), affects: [`SLO/${slo.name}`] };
    context.diagnostics.push(diagnose(targetLeavesNoBudget, { slo: slo.name, target: objective }, where));
    return undefined;
  }
  const windowSeconds = Math.round(slo.windowDays * 86_400);
  const window = prometheusDuration(windowSeconds);
  const windowMinutes = windowSeconds / 60;
  const figure = exactFigure(
    `slo/${slo.name}/budget`,
    `error budget of ${slo.name}`,
    "minutes",
    numberOf(budget) * windowMinutes,
    [
      {
        kind: "declared",
        name: "objective",
        value: objective,
        ...(slo.place === undefined ? {} : { place: slo.place }),
      },
      { kind: "formula", text: `(100 % - ${objective}) x ${windowMinutes} minutes of ${window}` },
    ],
  );
  const measured = measure(slo, budget, windowSeconds, context);
  const forecast = forecastBudget(slo, numberOf(budget) * windowMinutes, windowMinutes, context);
  return {
    slo: slo.name,
    service: slo.service,
    objective,
    window,
    method: slo.budgetingMethod,
    budget: figure,
    ...(measured === undefined ? {} : { measured: measured.report }),
    ...(forecast === undefined ? {} : { forecast: forecast.report }),
    policy: budgetPolicy({
      spentShare: measured?.spentShare,
      worstIncidentShare: measured?.report.worstIncidentShare,
      exhaustedInSeconds: measured?.report.exhaustedInSeconds,
      exhaustionProbability: forecast?.exhaustionProbability,
    }),
    overDelivery: forecast?.left === undefined ? [] : overDeliveryAdvice(reduced(forecast.left, measured?.spentShare)),
  };
}

/** Budget that is spent already is not left: the safe remainder is at most what is measured to be there. */
function reduced(left: BudgetLeft, spentShare: number | undefined): BudgetLeft {
  if (spentShare === undefined) return left;
  return { ...left, safeMinutes: Math.min(left.safeMinutes, Math.max(0, (1 - spentShare) * left.budgetMinutes)) };
}

function measure(
  slo: ServiceLevelObjective,
  budget: ExactRatio,
  windowSeconds: number,
  { series, diagnostics }: BudgetContext,
): { readonly report: SloMeasurement; readonly spentShare: number } | undefined {
  if (series === undefined) return undefined;
  const { seconds, target } = slo.timeSlice ?? {};
  const slice =
    seconds === undefined || (slo.budgetingMethod === "Timeslices" && target === undefined)
      ? undefined
      : {
          seconds,
          budget:
            slo.budgetingMethod === "Timeslices" && target !== undefined
              ? complement(ratioOfNumber(target))
              : undefined,
        };
  const measured = measuredBudget(series, budget, windowSeconds, { method: slo.budgetingMethod, slice });
  const window = prometheusDuration(windowSeconds);
  if (measured.coveredSeconds < windowSeconds) {
    const covered = prometheusDuration(Math.max(1, Math.round(measured.coveredSeconds)));
    diagnostics.push(diagnose(seriesTooShort, { file: series.file, covered, window }));
  }
  const spent = exactFigure(
    `slo/${slo.name}/spent`,
    `error budget of ${slo.name} spent`,
    "ratio",
    measured.spentShare,
    [
      { kind: "measurement", name: "error ratio", value: measured.errorRatio, source: series.file, window },
      { kind: "formula", text: `error ratio / ${numberOf(budget)}, by ${slo.budgetingMethod}` },
    ],
  );
  const incident = worstIncidentShare(series, budget, windowSeconds);
  const report: SloMeasurement = {
    coveredSeconds: measured.coveredSeconds,
    totalEvents: measured.totalEvents,
    badEvents: measured.badEvents,
    spent,
    burnRates: measured.burnRates.map(({ seconds: each, rate }) => ({ window: prometheusDuration(each), rate })),
    ...(measured.exhaustedInSeconds === undefined ? {} : { exhaustedInSeconds: measured.exhaustedInSeconds }),
    ...(incident === undefined ? {} : { worstIncidentShare: incident }),
  };
  return { report, spentShare: measured.spentShare };
}
