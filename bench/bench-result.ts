/** One measured number. */
export interface BenchResult {
  /** What was measured, such as `load`. */
  readonly bench: string;
  /** The case, such as `10000 objects, YAML`. */
  readonly case: string;
  /** Such as `throughput` or `peak memory`. */
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
}

/** The middle one of an odd number of measurements. */
export function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
