/** Request units per second of a container, in each region, shared evenly by its physical partitions. */
export type Throughput =
  | { readonly kind: "manual"; readonly requestUnitsPerSecond: number }
  | { readonly kind: "autoscale"; readonly maxRequestUnitsPerSecond: number }
  | { readonly kind: "unlimited" };

// Burst capacity (2023-05-23): a physical partition below 3000 RU/s saves up to 300 s of idle capacity and spends it
// at up to 3000 RU/s. Off by default, as on an account.
const burstSeconds = 300;
const burstRequestUnitsPerSecond = 3000;

/** Request units admitted per second: a full bucket holds one second; the request that empties it is still served. */
class Bucket {
  readonly #rate: number;
  readonly #capacity: number;
  #level: number;

  constructor(rate: number, capacity: number, level: number) {
    this.#rate = rate;
    this.#capacity = capacity;
    this.#level = level;
  }

  get level(): number {
    return this.#level;
  }

  /** Returns what did not fit. */
  fill(units: number): number {
    const filled = Math.min(this.#capacity, this.#level + units);
    const excess = this.#level + units - filled;
    this.#level = filled;
    return excess;
  }

  refill(milliseconds: number): number {
    return this.fill((this.#rate * milliseconds) / 1000);
  }

  take(units: number): void {
    this.#level -= units;
  }
}

/** The budget of one physical partition in one region. */
export class RequestUnitBudget {
  readonly #rate: number;
  readonly #provisioned: Bucket;
  readonly #saved: Bucket | undefined;
  readonly #burst = new Bucket(burstRequestUnitsPerSecond, burstRequestUnitsPerSecond, burstRequestUnitsPerSecond);
  #refilledAt: number;
  #consumed = 0;

  constructor(requestUnitsPerSecond: number, burst: boolean, now: number) {
    this.#rate = requestUnitsPerSecond;
    this.#provisioned = new Bucket(requestUnitsPerSecond, requestUnitsPerSecond, requestUnitsPerSecond);
    this.#saved =
      burst && requestUnitsPerSecond < burstRequestUnitsPerSecond
        ? new Bucket(requestUnitsPerSecond, requestUnitsPerSecond * burstSeconds, 0)
        : undefined;
    this.#refilledAt = now;
  }

  /** Request units spent so far. */
  get consumed(): number {
    return this.#consumed;
  }

  /** Milliseconds to wait before the partition takes a request again; 0 when it does now. */
  retryAfterMs(now: number): number {
    this.#refill(now);
    if (this.#provisioned.level > 0) return 0;
    if (this.#saved && this.#saved.level > 0 && this.#burst.level > 0) return 0;
    return Math.floor((-this.#provisioned.level * 1000) / this.#rate) + 1;
  }

  spend(units: number, now: number): void {
    this.#refill(now);
    this.#consumed += units;
    if (this.#provisioned.level > 0 || this.#saved === undefined || this.#saved.level <= 0) {
      this.#provisioned.take(units);
      return;
    }
    this.#saved.take(units);
    this.#burst.take(units);
  }

  #refill(now: number): void {
    const elapsed = now - this.#refilledAt;
    if (elapsed <= 0) return;
    this.#refilledAt = now;
    const idle = this.#provisioned.refill(elapsed);
    this.#saved?.fill(idle);
    this.#burst.refill(elapsed);
  }
}

/**
 * Autoscale serves up to its maximum at once; it only changes the bill: each hour is billed at the highest RU/s used,
 * at least a tenth of the maximum (Create Azure Cosmos DB containers and databases with autoscale throughput, 2024-09-25).
 */
export function limitOf(throughput: Throughput): number {
  switch (throughput.kind) {
    case "manual":
      return throughput.requestUnitsPerSecond;
    case "autoscale":
      return throughput.maxRequestUnitsPerSecond;
    case "unlimited":
      return Number.POSITIVE_INFINITY;
  }
}

/** RU/s that an hour with this peak is billed at. */
export function billedRequestUnitsPerSecond(throughput: Throughput, peakUsed: number): number {
  if (throughput.kind !== "autoscale") return limitOf(throughput);
  return Math.min(throughput.maxRequestUnitsPerSecond, Math.max(throughput.maxRequestUnitsPerSecond / 10, peakUsed));
}
