import type { ExactRatio } from "../exact-ratio.ts";
import { compareRatios, numberOf, ratioOfNumber } from "../exact-ratio.ts";
import { type BurnRateAlert, thresholdOf } from "../rules/burn-rate-alert.ts";

/** How one alert answers a constant error ratio that begins at once. */
export interface DetectionTime {
  /** Share of requests that fail during the incident. */
  readonly errorRatio: number;
  /** Until it fires, without the evaluation interval; undefined when it never does. */
  readonly detectionSeconds: number | undefined;
  /** Until it is silent again after the end of an incident that lasted at least its short window. */
  readonly resetSeconds: number | undefined;
}

/**
 * When an alert fires and resets: t = W (F b - e0) / (e - e0) after the beginning, s (1 - (F b - e0) / (e - e0)) after
 * the end, with W and s the long and the short window, F b the threshold, e the error ratio of the incident and e0 that
 * before it. At exactly the threshold it never fires: the comparison of the rule is strict.
 * @param healthyRatio e0, below the threshold
 */
export function detectionTime(
  alert: BurnRateAlert,
  budget: ExactRatio,
  errorRatio: number,
  healthyRatio: number,
): DetectionTime {
  const threshold = thresholdOf(alert, budget);
  const never = { errorRatio, detectionSeconds: undefined, resetSeconds: undefined };
  if (compareRatios(ratioOfNumber(errorRatio), threshold) <= 0) return never;
  const limit = numberOf(threshold);
  if (healthyRatio >= limit) return { errorRatio, detectionSeconds: 0, resetSeconds: undefined };
  const share = (limit - healthyRatio) / (errorRatio - healthyRatio);
  return {
    errorRatio,
    detectionSeconds: alert.longSeconds * share,
    resetSeconds: alert.shortSeconds * (1 - share),
  };
}

/** Error ratios worth showing for a budget, the worst first: a total outage, half, a tenth, and multiples of the budget. */
export function shownErrorRatios(budget: ExactRatio): readonly number[] {
  const share = numberOf(budget);
  const multiples = [20, 10, 5, 2].map((factor) => Number((factor * share).toPrecision(12)));
  const ratios = [1, 0.5, 0.1, ...multiples].filter((ratio) => ratio <= 1 && ratio > share);
  return [...new Set(ratios)].toSorted((one, other) => other - one);
}

/**
 * Requests in the long window below which a single error is above the threshold: 1 / (F b). An alert on so little
 * traffic fires on any error.
 */
export function singleErrorFiresBelow(alert: BurnRateAlert, budget: ExactRatio): number {
  const { numerator, denominator } = thresholdOf(alert, budget);
  return Number((denominator + numerator - 1n) / numerator);
}
