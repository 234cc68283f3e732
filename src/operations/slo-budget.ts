import { assessAvailability } from "../availability/assess-availability.ts";
import type { JourneyAvailability } from "../availability/availability-report.ts";
import { type EventSeries, readEventSeries } from "../availability/slo/alerts/event-series.ts";
import { budgetPolicy, type PolicyRule } from "../availability/slo/budget/budget-policy.ts";
import { downtimeQuantile, downtimeWithin } from "../availability/slo/budget/expected-outages.ts";
import { measuredBudget } from "../availability/slo/budget/measured-budget.ts";
import {
  type BudgetLeft,
  type OverDeliveryAdvice,
  overDeliveryAdvice,
} from "../availability/slo/budget/over-delivery.ts";
import { worstIncidentShare } from "../availability/slo/budget/worst-incident.ts";
import { complement, type ExactRatio, numberOf, ratioOfNumber } from "../availability/slo/exact-ratio.ts";
import { budgetOf, percentText } from "../availability/slo/objectives/rule-objective.ts";
import { prometheusDuration } from "../availability/slo/prometheus-duration.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Assumption } from "../estate/assumptions/assumption.ts";
import { assume } from "../estate/assumptions/assumption-rule.ts";
import { compareAssumptions } from "../estate/assumptions/catalogue.ts";
import { downtimeHitsAllRequests, exponentialOutages } from "../estate/assumptions/slo-rules.ts";
import type { Diagnostic } from "../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../estate/diagnostics/diagnostic-rule.ts";
import { seriesTooShort, targetLeavesNoBudget } from "../estate/diagnostics/slo-diagnostics.ts";
import { exactFigure, type Figure, notEvaluableFigure } from "../estate/figures/figure.ts";
import type { Estate, ServiceLevelObjective } from "../estate/model/estate.ts";
import { placeWorkloads } from "../scheduling/place-workloads.ts";
import type { Progress } from "./ports.ts";
import { journeyEconomies } from "./slo-economies.ts";
import { applicationOf, journeysOf } from "./slo-traffic.ts";

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

export interface SloMeasurement {
  readonly coveredSeconds: number;
  readonly totalEvents: number;
  readonly badEvents: number;
  readonly spent: Figure;
  readonly burnRates: readonly { readonly window: string; readonly rate: number }[];
  /** Absent when the budget lasts. */
  readonly exhaustedInSeconds?: number;
  readonly worstIncidentShare?: number;
}

export interface SloBudgetForecast {
  /** Of the journey that is expected to spend most. */
  readonly journey: string;
  /** Share of the budget that the modelled outages take on average. */
  readonly expectedSpend: Figure;
  readonly exhaustionProbability: Figure;
  /** Minutes that are left at the end of a window with 90 % probability; 0 or more. */
  readonly safeRemainder: Figure;
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

/** Probability with which what is called safe is left. */
const safeProbability = 0.9;
const minutesPerYear = 525_960;

interface BudgetContext {
  readonly estate: Estate;
  readonly catalog: Catalog;
  readonly options: SloBudgetOptions;
  readonly journeys: ReadonlyMap<string, JourneyAvailability>;
  readonly series: EventSeries | undefined;
  readonly assumptions: Assumption[];
  readonly diagnostics: Diagnostic[];
}

/** Error budgets of the estate's SLOs: what is spent, what outages will take, what to do about it. */
export function sloBudgets(estate: Estate, catalog: Catalog, options: SloBudgetOptions): SloBudgetReport {
  const reading = options.series === undefined ? undefined : readEventSeries(options.series.file, options.series.text);
  const availability = assessAvailability(estate, placeWorkloads(estate, catalog), catalog);
  const context: BudgetContext = {
    estate,
    catalog,
    options,
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
  const forecast = forecastOf(slo, numberOf(budget) * windowMinutes, windowMinutes, context);
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

interface Forecast {
  readonly report: SloBudgetForecast;
  readonly exhaustionProbability: number | undefined;
  readonly left: BudgetLeft | undefined;
}

function forecastOf(
  slo: ServiceLevelObjective,
  budgetMinutes: number,
  windowMinutes: number,
  context: BudgetContext,
): Forecast | undefined {
  // A threshold on a metric is missed for other reasons than outages.
  if (slo.threshold !== undefined) return undefined;
  const journeys = journeysOf(context.estate, slo.service).flatMap(({ id }) => context.journeys.get(id) ?? []);
  const journey = journeys.toSorted((one, other) => spendOf(other) - spendOf(one))[0];
  if (journey === undefined) return undefined;
  const ids = {
    spend: `slo/${slo.name}/expectedSpend`,
    end: `slo/${slo.name}/exhaustion`,
    left: `slo/${slo.name}/safe`,
  };
  const { result } = journey.unavailability;
  const { outagesPerYear, meanOutageMinutes } = journey;
  if (result.kind !== "exact" || outagesPerYear === undefined || meanOutageMinutes === undefined) {
    const missing = result.kind === "notEvaluable" ? result.missing : [`frequency of the outages of ${journey.label}`];
    const report = {
      journey: journey.journey,
      expectedSpend: notEvaluableFigure(ids.spend, "expected spend of the budget", "ratio", missing),
      exhaustionProbability: notEvaluableFigure(ids.end, "probability of exhausting the budget", "ratio", missing),
      safeRemainder: notEvaluableFigure(ids.left, "budget safely left", "minutes", missing),
    };
    return { report, exhaustionProbability: undefined, left: undefined };
  }
  const process = { perWindow: (outagesPerYear * windowMinutes) / minutesPerYear, meanMinutes: meanOutageMinutes };
  const exhausted = 1 - downtimeWithin(process, budgetMinutes);
  const downtimeMinutes = downtimeQuantile(process, safeProbability);
  const safeMinutes = Math.max(0, budgetMinutes - downtimeMinutes);
  const subject = `SLO/${slo.name}`;
  const shape = assume(
    exponentialOutages,
    subject,
    {
      perWindow: String(Number(process.perWindow.toPrecision(3))),
      mean: `${Number(meanOutageMinutes.toPrecision(3))} min`,
    },
    slo.place,
  );
  const share = assume(downtimeHitsAllRequests, subject, { journey: journey.label }, slo.place);
  context.assumptions.push(shape, share);
  const reasons = [
    { kind: "figure" as const, figure: journey.unavailability },
    { kind: "assumption" as const, id: share.id, text: share.text, value: share.value },
  ];
  const spread = [...reasons, { kind: "assumption" as const, id: shape.id, text: shape.text, value: shape.value }];
  const spend = (result.value * windowMinutes) / budgetMinutes;
  const application = applicationOf(context.estate, slo.service);
  const perMonth = application?.delivery.perMonth;
  const left: BudgetLeft = {
    budgetMinutes,
    safeMinutes,
    downtimeMinutes,
    windowMinutes,
    releases: perMonth === undefined ? undefined : (perMonth * windowMinutes) / 43_830,
    currency: context.estate.currency,
    economies:
      safeMinutes > 0.3 * budgetMinutes
        ? journeyEconomies(context.estate, context.catalog, journey, context.options.today)
        : [],
  };
  const report = {
    journey: journey.journey,
    expectedSpend: exactFigure(ids.spend, "expected spend of the budget", "ratio", spend, reasons),
    exhaustionProbability: exactFigure(ids.end, "probability of exhausting the budget", "ratio", exhausted, spread),
    safeRemainder: exactFigure(ids.left, "budget safely left", "minutes", safeMinutes, spread),
  };
  return { report, exhaustionProbability: exhausted, left };
}

/** What is not evaluable counts as worst. */
function spendOf({ unavailability }: JourneyAvailability): number {
  return unavailability.result.kind === "exact" ? unavailability.result.value : Number.POSITIVE_INFINITY;
}
