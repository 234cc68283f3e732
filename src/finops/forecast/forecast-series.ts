import { cleanSeries, type LevelShift, type OddValue } from "./anomalies.ts";
import { monthOf } from "./calendar.ts";
import { type ChosenModel, chooseModel } from "./choose-model.ts";
import { daysForYearlySeason, monthEffects } from "./yearly-season.ts";

/** Costs of one bearer, period by period without a hole. */
export interface CostSeries {
  readonly step: "day" | "month";
  /** Days since 1970 of the first period. */
  readonly startDay: number;
  readonly values: readonly number[];
}

export interface SeriesForecast {
  readonly chosen: ChosenModel;
  /** Length of the season in periods; 1: none. */
  readonly season: number;
  /** Months of the year are told apart besides. */
  readonly hasYearlySeason: boolean;
  /** Expected cost of the period that is so many after the end, the first is 1. */
  readonly at: (lead: number) => number;
  /** Calibrated standard deviation of the error of a sum of periods. */
  readonly deviationOfSum: (from: number, to: number) => number;
  readonly oddValues: readonly OddValue[];
  readonly levelShifts: readonly LevelShift[];
}

/** Fewer values than this are no history. */
export const fewestPeriods = 6;
const daysAhead = 28;
const monthsAhead = 3;

/**
 * Forecast of a series: months of the year are taken out where two years are known, odd values and steps of the level are
 * set aside, then the model that did best on the past is fitted. Undefined for series that are too short.
 */
export function forecastSeries({ step, startDay, values }: CostSeries): SeriesForecast | undefined {
  if (values.length < fewestPeriods) return undefined;
  const season = seasonOf(step, values.length);
  const hasMonths = step === "day" && values.length >= daysForYearlySeason;
  const effects = hasMonths ? monthEffects(values, startDay) : [];
  const effectAt = (index: number) => (hasMonths ? (effects[monthOf(startDay + index) % 12] ?? 0) : 0);
  const seasonless = values.map((value, index) => value - effectAt(index));
  const clean = cleanSeries(seasonless, season);
  const chosen = chooseModel(clean.values, season, step === "day" ? daysAhead : monthsAhead);
  return {
    chosen,
    season,
    hasYearlySeason: hasMonths || (step === "month" && season === 12),
    at: (lead) => chosen.model.forecast(lead) + effectAt(values.length - 1 + lead),
    deviationOfSum: chosen.deviationOfSum,
    oddValues: clean.oddValues.map((each) => ({
      ...each,
      actual: each.actual + effectAt(each.index),
      expected: each.expected + effectAt(each.index),
    })),
    levelShifts: clean.levelShifts,
  };
}

/** A season is told apart from its third time on, a year from its second. */
function seasonOf(step: CostSeries["step"], length: number): number {
  if (step === "day") return length >= 21 ? 7 : 1;
  return length >= 24 ? 12 : 1;
}
