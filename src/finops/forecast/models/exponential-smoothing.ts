import { deviationByWeights, type FittedModel } from "./series-model.ts";
import { fitTrendAndSeason } from "./trend-and-season.ts";

interface Smoothing {
  /** Of the level. */
  readonly alpha: number;
  /** Of the trend, at most alpha. */
  readonly beta: number;
  /** Of the season, at most 1 - alpha. */
  readonly gamma: number;
}

interface Run {
  readonly level: number;
  readonly trend: number;
  readonly season: readonly number[];
  readonly squaredError: number;
}

/**
 * Additive Holt-Winters as innovations state space model ETS(A,A,A), or ETS(A,A,N) without a season. It starts from the
 * line and season of least squares, so that a series that is one is met exactly whatever the parameters are; these are
 * found by a grid and then by halving steps, which always ends at the same values.
 * Source: Hyndman et al., Forecasting with Exponential Smoothing (2008), table 2.1 (h-step weights c_j = a + b j + g [m | j]).
 */
export function fitExponentialSmoothing(values: readonly number[], season: number): FittedModel {
  const start = startingState(values, season);
  const errorOf = (smoothing: Smoothing) => smooth(values, season, start, smoothing).squaredError;
  const best = search(errorOf, season > 1);
  const run = smooth(values, season, start, best);
  const parameters = season > 1 ? 3 : 2;
  const sigma = Math.sqrt(run.squaredError / Math.max(1, values.length - parameters - season - 1));
  const { alpha, beta, gamma } = best;
  const psi = (age: number) => (age === 0 ? 1 : alpha + beta * age + (season > 1 && age % season === 0 ? gamma : 0));
  return {
    name: "exponential-smoothing",
    parameters: `alpha ${shown(alpha)}, beta ${shown(beta)}${season > 1 ? `, gamma ${shown(gamma)}` : ""}`,
    forecast: (lead) =>
      run.level + lead * run.trend + (season > 1 ? (run.season[(values.length + lead - 1) % season] ?? 0) : 0),
    deviationOfSum: (from, to) => deviationByWeights(sigma, psi, from, to),
  };
}

type State = Pick<Run, "level" | "trend" | "season">;

/** Level before the first value, trend and season of the whole series by least squares; the season sums to 0. */
function startingState(values: readonly number[], season: number): State {
  const line = fitTrendAndSeason(values, season);
  const ahead = (lead: number) => line.forecast(lead - values.length);
  const trend = (ahead(1 + season) - ahead(1)) / season;
  const flat = Array.from({ length: season }, (_, index) => ahead(index + 1) - trend * (index + 1));
  const level = flat.reduce((sum, value) => sum + value, 0) / season;
  return { level, trend, season: flat.map((value) => value - level) };
}

function smooth(values: readonly number[], length: number, start: State, { alpha, beta, gamma }: Smoothing): Run {
  let { level, trend } = start;
  const season = [...start.season];
  let squaredError = 0;
  for (const [index, value] of values.entries()) {
    const position = index % length;
    const expected = level + trend + (season[position] ?? 0);
    const error = value - expected;
    squaredError += error * error;
    level += trend + alpha * error;
    trend += beta * error;
    if (length > 1) season[position] = (season[position] ?? 0) + gamma * error;
  }
  return { level, trend, season, squaredError };
}

const grid = [0.02, 0.1, 0.3, 0.6];
const trendGrid = [0, 0.02, 0.1];
const seasonGrid = [0, 0.1, 0.3];
/** Steps are halved to this. */
const finestStep = 0.005;

function search(errorOf: (smoothing: Smoothing) => number, isSeasonal: boolean): Smoothing {
  let best: Smoothing = { alpha: 0.02, beta: 0, gamma: 0 };
  let least = errorOf(best);
  const attempt = (candidate: Smoothing) => {
    const allowed = bounded(candidate);
    const error = errorOf(allowed);
    if (!(error < least)) return false;
    best = allowed;
    least = error;
    return true;
  };
  for (const alpha of grid) {
    for (const beta of trendGrid) {
      for (const gamma of isSeasonal ? seasonGrid : [0]) attempt({ alpha, beta, gamma });
    }
  }
  for (let step = 0.1; step >= finestStep; step /= 2) {
    let isBetter = true;
    for (let round = 0; isBetter && round < 20; round += 1) {
      isBetter = false;
      for (const name of isSeasonal ? (["alpha", "beta", "gamma"] as const) : (["alpha", "beta"] as const)) {
        for (const change of [step, -step]) {
          isBetter = attempt({ ...best, [name]: best[name] + change }) || isBetter;
        }
      }
    }
  }
  return best;
}

/** Inside the usual region: 0 < alpha < 1, 0 <= beta <= alpha, 0 <= gamma <= 1 - alpha. */
function bounded({ alpha, beta, gamma }: Smoothing): Smoothing {
  const level = Math.min(0.99, Math.max(0.001, alpha));
  return {
    alpha: level,
    beta: Math.min(level, Math.max(0, beta)),
    gamma: Math.min(1 - level, Math.max(0, gamma)),
  };
}

function shown(value: number): string {
  return String(Number(value.toFixed(3)));
}
