/** Buckets that grow by a constant ratio, so that every value is known to the same relative precision. */
export interface BucketScheme {
  readonly firstBucket: number;
  /** Width of a bucket in widths of the one before; above 1. */
  readonly growth: number;
  /** Number of buckets; the last holds everything above its start. */
  readonly buckets: number;
}

/** The scheme that reaches `most` (as VPA counts: `ceil(log(most × (growth - 1) / first + 1) / log(growth)) + 1`). */
export function bucketScheme(firstBucket: number, growth: number, most: number): BucketScheme {
  const buckets = Math.ceil(Math.log((most * (growth - 1)) / firstBucket + 1) / Math.log(growth)) + 1;
  return { firstBucket, growth, buckets };
}

/** `first × (growth^index - 1) / (growth - 1)`. */
export function bucketStart({ firstBucket, growth }: BucketScheme, index: number): number {
  return (firstBucket * (growth ** index - 1)) / (growth - 1);
}

/** Index of the bucket that holds a value. */
export function bucketOf({ firstBucket, growth, buckets }: BucketScheme, value: number): number {
  if (!(value >= firstBucket)) return 0;
  const index = Math.floor(Math.log((value * (growth - 1)) / firstBucket + 1) / Math.log(growth));
  return Math.min(index, buckets - 1);
}

/**
 * The value that a share of the weight lies at or below, as the end of the bucket that it falls into, so that it is never
 * too low; the start for the last bucket, which has no end. 0 without weight.
 */
export function percentileOf(scheme: BucketScheme, weights: ArrayLike<number>, share: number): number {
  let total = 0;
  let last = -1;
  for (let index = 0; index < weights.length; index += 1) {
    const weight = weights[index] ?? 0;
    total += weight;
    if (weight > 0) last = index;
  }
  if (last < 0) return 0;
  const threshold = share * total;
  let sum = 0;
  let bucket = 0;
  for (; bucket < last; bucket += 1) {
    sum += weights[bucket] ?? 0;
    if (sum >= threshold && sum > 0) break;
  }
  return bucketStart(scheme, bucket < scheme.buckets - 1 ? bucket + 1 : bucket);
}
