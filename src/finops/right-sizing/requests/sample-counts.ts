import { type BucketScheme, bucketOf, bucketScheme, bucketStart, percentileOf } from "./bucket-scheme.ts";

/** Fine enough that a value is known to 1 %. */
const growth = 1.01;
const cpuScheme = bucketScheme(0.01, growth, 1_000_000);
const memoryScheme = bucketScheme(2 ** 18, growth, 2 ** 42);

/** How many samples lay where: every sample counts alike. CPU in millicores, memory in bytes. */
export class SampleCounts {
  readonly #scheme: BucketScheme;
  readonly #counts: Uint32Array;
  #samples = 0;
  #peak = 0;

  constructor(resource: "cpu" | "memory") {
    this.#scheme = resource === "cpu" ? cpuScheme : memoryScheme;
    this.#counts = new Uint32Array(this.#scheme.buckets);
  }

  add(value: number): void {
    const bucket = bucketOf(this.#scheme, value);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#samples += 1;
    if (value > this.#peak) this.#peak = value;
  }

  get samples(): number {
    return this.#samples;
  }

  /** The largest sample, exact. */
  get peak(): number {
    return this.#peak;
  }

  /** At most 1 % above the exact value, never below it, and never above the peak. */
  percentile(share: number): number {
    return Math.min(this.#peak, percentileOf(this.#scheme, this.#counts, share));
  }

  /** Share of the samples in buckets that start at a value or above it; within 1 % of the value. */
  shareFrom(value: number): number {
    if (this.#samples === 0) return 0;
    let above = 0;
    for (let bucket = 0; bucket < this.#counts.length; bucket += 1) {
      if (bucketStart(this.#scheme, bucket) >= value) above += this.#counts[bucket] ?? 0;
    }
    return above / this.#samples;
  }
}
