import { type BucketScheme, bucketOf, percentileOf } from "./bucket-scheme.ts";

/** Half-lives after which weights are scaled down, so that they never overflow. */
const mostHalfLives = 100;

/**
 * Weights of samples by bucket; a sample counts half as much as one that is a half-life younger. The rule of VPA
 * (`recommender/util/decaying_histogram.go`): instead of aging old samples, younger ones weigh
 * `2^((time - reference) / halfLife)`.
 */
export class DecayingHistogram {
  readonly #scheme: BucketScheme;
  readonly #halfLifeSeconds: number;
  readonly #weights: Float64Array;
  readonly #least: number;
  #reference: number | undefined;

  /** `sampleWeight`: the usual weight; buckets that hold less than a thousandth of it are empty. */
  constructor(scheme: BucketScheme, halfLifeSeconds: number, sampleWeight: number) {
    this.#scheme = scheme;
    this.#halfLifeSeconds = halfLifeSeconds;
    this.#weights = new Float64Array(scheme.buckets);
    this.#least = sampleWeight / 1000;
  }

  /** Adds a sample of a time in seconds. */
  add(value: number, weight: number, time: number): void {
    const factor = this.#factorAt(time);
    const bucket = bucketOf(this.#scheme, value);
    this.#weights[bucket] = (this.#weights[bucket] ?? 0) + weight * factor;
  }

  /** Takes a sample back that was added with the same value, weight and time. */
  subtract(value: number, weight: number, time: number): void {
    const factor = this.#factorAt(time);
    const bucket = bucketOf(this.#scheme, value);
    const left = (this.#weights[bucket] ?? 0) - weight * factor;
    this.#weights[bucket] = left < this.#least ? 0 : left;
  }

  /** See `percentileOf`. */
  percentile(share: number): number {
    return percentileOf(
      this.#scheme,
      this.#weights.map((weight) => (weight < this.#least ? 0 : weight)),
      share,
    );
  }

  #factorAt(time: number): number {
    this.#reference ??= time;
    if (time > this.#reference + mostHalfLives * this.#halfLifeSeconds) this.#shiftTo(time);
    return 2 ** ((time - this.#reference) / this.#halfLifeSeconds);
  }

  #shiftTo(time: number): void {
    const halfLives = Math.round((time - (this.#reference ?? time)) / this.#halfLifeSeconds);
    this.#reference = (this.#reference ?? time) + halfLives * this.#halfLifeSeconds;
    const scale = 2 ** -halfLives;
    for (let index = 0; index < this.#weights.length; index += 1) {
      this.#weights[index] = (this.#weights[index] ?? 0) * scale;
    }
  }
}
