import type { JourneyAvailability } from "../../availability/availability-report.ts";
import { downtimeQuantile, downtimeWithin } from "../../availability/slo/budget/expected-outages.ts";
import type { BudgetLeft } from "../../availability/slo/budget/over-delivery.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { downtimeHitsAllRequests, exponentialOutages } from "../../estate/assumptions/slo-rules.ts";
import { exactFigure, type Figure, notEvaluableFigure } from "../../estate/figures/figure.ts";
import type { Estate, ServiceLevelObjective } from "../../estate/model/estate.ts";
import { journeyEconomies } from "./slo-economies.ts";
import { applicationOf, journeysOf } from "./slo-traffic.ts";

/** What a forecast stands on; assumptions that it makes are added to the list. */
export interface ForecastContext {
  readonly estate: Estate;
  readonly catalog: Catalog;
  readonly today: string;
  readonly journeys: ReadonlyMap<string, JourneyAvailability>;
  readonly assumptions: Assumption[];
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

/** Probability with which what is called safe is left. */
const safeProbability = 0.9;
const minutesPerYear = 525_960;

export interface Forecast {
  readonly report: SloBudgetForecast;
  readonly exhaustionProbability: number | undefined;
  readonly left: BudgetLeft | undefined;
}

/** What the outages of the fault tree will take of a budget; of several journeys the one that spends most. */
export function forecastBudget(
  slo: ServiceLevelObjective,
  budgetMinutes: number,
  windowMinutes: number,
  context: ForecastContext,
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
        ? journeyEconomies(context.estate, context.catalog, journey, context.today)
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
