/** Names of the models that compete, the simplest first: of models that are equally good the simplest is taken. */
export const modelNames = ["seasonal-naive", "trend-and-season", "exponential-smoothing"] as const;
export type ModelName = (typeof modelNames)[number];

/** A model fitted to a series; leads count from 1, the first period after its end. */
export interface FittedModel {
  readonly name: ModelName;
  /** Its parameters for people, such as `alpha 0.31`. */
  readonly parameters: string;
  readonly forecast: (lead: number) => number;
  /** Standard deviation of the error of the sum of all periods from one lead to another, both included. */
  readonly deviationOfSum: (from: number, to: number) => number;
}

/** How a model is fitted. `season` is its length in periods; 1: no season. */
export type FitModel = (values: readonly number[], season: number) => FittedModel;

/**
 * Standard deviation of the error of a sum of forecasts by the weights psi with which innovations live on:
 * var = s2 * sum over innovations j of (sum of psi[h - j] over the leads h of the sum, h >= j)^2.
 * Source: Hyndman, Koehler, Ord, Snyder, Forecasting with Exponential Smoothing (2008), 6.3 and appendix 6.
 */
export function deviationByWeights(sigma: number, psi: (age: number) => number, from: number, to: number): number {
  const cumulated = [0];
  for (let age = 0; age < to; age += 1) cumulated.push((cumulated[age] ?? 0) + psi(age));
  let variance = 0;
  for (let innovation = 1; innovation <= to; innovation += 1) {
    const youngest = Math.max(from, innovation) - innovation;
    const weight = (cumulated[to - innovation + 1] ?? 0) - (cumulated[youngest] ?? 0);
    variance += weight * weight;
  }
  return sigma * Math.sqrt(variance);
}
