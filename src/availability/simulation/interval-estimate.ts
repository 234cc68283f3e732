/** A mean with the interval that holds it in 95 of 100 runs. */
export interface IntervalEstimate {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

const Z95 = 1.959963984540054;

/**
 * Mean of batches that are independent of one another: mean ± t · s / √n. The quantile of Student's t is that of the
 * normal distribution with the first two terms of its expansion in 1/(n - 1) (Abramowitz and Stegun, 26.7.5).
 */
export function meanInterval(values: readonly number[]): IntervalEstimate {
  const count = values.length;
  if (count === 0) return { mean: Number.NaN, lower: Number.NaN, upper: Number.NaN };
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const half = count < 2 ? Number.POSITIVE_INFINITY : studentQuantile(count - 1) * standardError(values, mean);
  return { mean, lower: mean - half, upper: mean + half };
}

/** Standard deviation of the mean. */
export function standardError(values: readonly number[], mean: number): number {
  const count = values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (count - 1) / count);
}

function studentQuantile(freedom: number): number {
  const first = (Z95 ** 3 + Z95) / 4;
  const second = (5 * Z95 ** 5 + 16 * Z95 ** 3 + 3 * Z95) / 96;
  return Z95 + first / freedom + second / freedom ** 2;
}

/** Wilson's interval of a share: sound at 0 and 1 too. */
export function shareInterval(hits: number, count: number): IntervalEstimate {
  if (count === 0) return { mean: Number.NaN, lower: 0, upper: 1 };
  const share = hits / count;
  const scale = 1 + Z95 ** 2 / count;
  const middle = (share + Z95 ** 2 / (2 * count)) / scale;
  const half = (Z95 / scale) * Math.sqrt((share * (1 - share)) / count + Z95 ** 2 / (4 * count ** 2));
  return {
    mean: share,
    lower: hits === 0 ? 0 : Math.max(0, middle - half),
    upper: hits === count ? 1 : Math.min(1, middle + half),
  };
}

/** The value that this share of the values does not exceed (nearest rank); 0 where there is none. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const { length } = ascending;
  return ascending[Math.min(length - 1, Math.max(0, Math.ceil(share * length) - 1))] ?? 0;
}
