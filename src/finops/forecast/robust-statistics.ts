/** The middle value; of an even number the mean of the middle two; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return 0;
  if (Number.isInteger(middle)) return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return sorted[Math.floor(middle)] ?? 0;
}

/** Median absolute deviation from 0, as large as the standard deviation where values are normal (factor 1.4826). */
export function robustDeviation(remainders: readonly number[]): number {
  return 1.4826 * median(remainders.map(Math.abs));
}

/** Medians of windows around each value; windows keep their length at the ends. */
export function runningMedian(values: readonly number[], width: number): readonly number[] {
  const length = Math.min(width, values.length);
  return values.map((_, index) => {
    const from = Math.max(0, Math.min(values.length - length, index - Math.floor(length / 2)));
    return median(values.slice(from, from + length));
  });
}
