import { fitExponentialSmoothing } from "./models/exponential-smoothing.ts";
import { fitSeasonalNaive } from "./models/seasonal-naive.ts";
import { type FitModel, type FittedModel, type ModelName, modelNames } from "./models/series-model.ts";
import { fitTrendAndSeason } from "./models/trend-and-season.ts";
import { quantile90 } from "./normal-distribution.ts";

const fits: { readonly [name in ModelName]: FitModel } = {
  "seasonal-naive": fitSeasonalNaive,
  "trend-and-season": fitTrendAndSeason,
  "exponential-smoothing": fitExponentialSmoothing,
};

/** How a model did on the past: fitted to the beginning, held against what followed. */
export interface BacktestScore {
  readonly model: ModelName;
  /** Mean absolute error of a period. */
  readonly meanAbsoluteError: number;
  /** The same as a share of the mean of the values. */
  readonly relativeError: number;
  /** Factor by which errors were larger than the model's own deviation says. */
  readonly calibration: number;
}

export interface ChosenModel {
  readonly model: FittedModel;
  /** The model's deviations times this held as often on the past as they say. */
  readonly calibration: number;
  /**
   * Standard deviation of the error of a sum: the calibrated one of the model, and how far the models that did nearly as
   * well come to other sums, which grows with the time ahead.
   */
  readonly deviationOfSum: (from: number, to: number) => number;
  /** Every model that competed, best first; empty when the series was too short for a test. */
  readonly backtest: readonly BacktestScore[];
  /** How many times and how many periods ahead the models were tested. */
  readonly folds: number;
  readonly horizon: number;
}

const mostFolds = 8;
/** Errors this close count as equal: the simpler model is taken. */
const sameError = 0.01;
/** Models with errors up to this ratio of the least have a say in how sure the forecast is. */
const nearlyAsGood = 1.25;
/** Without a test deviations are widened by this. */
const untestedCalibration = 1.5;
/** A few folds may be lucky: deviations are never narrowed below this. */
const leastCalibration = 0.9;
const mostCalibration = 4;

/**
 * Tests every model on rolling origins of the past and takes the one with the least mean absolute error; the spread of
 * its errors against its own deviations widens or narrows its intervals.
 */
export function chooseModel(values: readonly number[], season: number, periodsAhead: number): ChosenModel {
  const horizon = Math.max(1, Math.min(periodsAhead, Math.floor(values.length / 5)));
  const least = Math.max(2 * season + 1, 5);
  const origins: number[] = [];
  for (let origin = values.length - horizon; origin >= least && origins.length < mostFolds; origin -= horizon) {
    origins.push(origin);
  }
  if (origins.length === 0) {
    const model = fitTrendAndSeason(values, values.length >= 2 * season + 1 ? season : 1);
    const deviationOfSum = (from: number, to: number) => untestedCalibration * model.deviationOfSum(from, to);
    return { model, calibration: untestedCalibration, deviationOfSum, backtest: [], folds: 0, horizon };
  }
  const level = values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
  const scores = modelNames.map((name) => score(name, values, season, origins, horizon, level));
  const smallest = Math.min(...scores.map(({ meanAbsoluteError }) => meanAbsoluteError));
  const bound = smallest * (1 + sameError) + 1e-9 * level;
  const best = scores.find(({ meanAbsoluteError }) => meanAbsoluteError <= bound) ?? scores[0];
  const name = best?.model ?? "trend-and-season";
  const model = fits[name](values, season);
  const calibration = best?.calibration ?? untestedCalibration;
  const rivals = scores
    .filter((each) => each.model !== name && each.meanAbsoluteError <= smallest * nearlyAsGood + 1e-9 * level)
    .map((each) => fits[each.model](values, season));
  return {
    model,
    calibration,
    deviationOfSum: (from, to) =>
      Math.hypot(calibration * model.deviationOfSum(from, to), disagreement(model, rivals, from, to)),
    backtest: scores.toSorted((left, right) => left.meanAbsoluteError - right.meanAbsoluteError),
    folds: origins.length,
    horizon,
  };
}

/** Root mean square of the differences between the sums of the models. */
function disagreement(model: FittedModel, rivals: readonly FittedModel[], from: number, to: number): number {
  if (rivals.length === 0) return 0;
  const sumOf = ({ forecast }: FittedModel) => {
    let sum = 0;
    for (let lead = from; lead <= to; lead += 1) sum += forecast(lead);
    return sum;
  };
  const own = sumOf(model);
  return Math.sqrt(rivals.reduce((sum, rival) => sum + (sumOf(rival) - own) ** 2, 0) / (rivals.length + 1));
}

function score(
  name: ModelName,
  values: readonly number[],
  season: number,
  origins: readonly number[],
  horizon: number,
  level: number,
): BacktestScore {
  let absolute = 0;
  const standardized: number[] = [];
  for (const origin of origins) {
    const model = fits[name](values.slice(0, origin), season);
    const errors = values.slice(origin, origin + horizon).map((value, index) => value - model.forecast(index + 1));
    absolute += errors.reduce((sum, error) => sum + Math.abs(error), 0);
    for (const [from, to] of blocks(horizon, season)) {
      const error = errors.slice(from - 1, to).reduce((sum, each) => sum + each, 0);
      const deviation = model.deviationOfSum(from, to);
      // A model that leaves no error has no deviation: rounding is not held against it.
      if (deviation > 1e-9 * level) standardized.push(error / deviation);
      else if (Math.abs(error) > 1e-6 * level) standardized.push(mostCalibration);
    }
  }
  const meanAbsoluteError = absolute / (origins.length * horizon);
  return {
    model: name,
    meanAbsoluteError,
    relativeError: level > 0 ? meanAbsoluteError / level : 0,
    calibration: calibrationOf(standardized),
  };
}

/** Sums that are tested: each season of the horizon, and all of it. */
function blocks(horizon: number, season: number): readonly (readonly [number, number])[] {
  const parts: [number, number][] = [[1, horizon]];
  for (let from = 1; from + season - 1 <= horizon && season < horizon; from += season)
    parts.push([from, from + season - 1]);
  return parts;
}

/** The larger of root mean square and 80 % quantile over its normal value: heavy tails widen, luck does not narrow. */
function calibrationOf(standardized: readonly number[]): number {
  if (standardized.length === 0) return 1;
  const rootMeanSquare = Math.sqrt(standardized.reduce((sum, z) => sum + z * z, 0) / standardized.length);
  const sorted = standardized.map(Math.abs).toSorted((left, right) => left - right);
  const position = Math.min(sorted.length - 1, Math.ceil(0.8 * (sorted.length + 1)) - 1);
  const quantile = (sorted[position] ?? 0) / quantile90;
  return Math.min(mostCalibration, Math.max(leastCalibration, (rootMeanSquare + quantile) / 2));
}
