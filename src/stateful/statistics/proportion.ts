/** A share of trials with its 95 % interval. */
export interface Proportion {
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
}

/** Two-sided 95 %. */
const normalQuantile = 1.959963984540054;

/** The interval of Wilson. None of a thousand is not never: the upper end says so. */
export function wilsonInterval(count: number, trials: number): Proportion {
  if (trials <= 0) return { share: 0, lower: 0, upper: 1 };
  const share = count / trials;
  const square = normalQuantile ** 2 / trials;
  const centre = (share + square / 2) / (1 + square);
  const half = (normalQuantile / (1 + square)) * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials));
  return {
    share,
    lower: count === 0 ? 0 : Math.max(0, centre - half),
    upper: count === trials ? 1 : Math.min(1, centre + half),
  };
}

/**
 * The same for events that come in clusters, one count and size a run: the interval of Wilson at the size that
 * independent trials with the same spread would have.
 */
export function clusteredInterval(counts: readonly number[], sizes: readonly number[]): Proportion {
  const trials = sum(sizes);
  const count = sum(counts);
  if (trials === 0) return { share: 0, lower: 0, upper: 1 };
  const share = count / trials;
  const spread = sum(counts.map((each, index) => (each - share * (sizes[index] ?? 0)) ** 2));
  const independent = trials * share * (1 - share);
  const effect = independent > 0 ? Math.max(1, spread / independent) : 1;
  const { lower, upper } = wilsonInterval(count / effect, trials / effect);
  return { share, lower, upper };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
