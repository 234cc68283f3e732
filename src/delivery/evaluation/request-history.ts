import type { SeededRandom } from "../../scheduling/packing/heuristics/seeded-random.ts";
import type { VersionBehaviour } from "../judging/measurement.ts";
import { sampleBinomial } from "./sample-binomial.ts";

interface Slice {
  readonly until: number;
  readonly requests: number;
  readonly errors: number;
  readonly slow: number;
}

/** Counts of requests over time, in slices fine enough for windows that overlap. */
export class RequestHistory {
  readonly #behaviour: VersionBehaviour;
  readonly #random: SeededRandom;
  readonly #slices: Slice[] = [];
  #now = 0;
  /** Part of a request that is still to come: traffic of 0.3 requests a slice gives one in the fourth. */
  #part: number;

  constructor(behaviour: VersionBehaviour, random: SeededRandom) {
    this.#behaviour = behaviour;
    this.#random = random;
    this.#part = random();
  }

  /** Lets time pass in slices of at most 10 seconds. */
  pass(seconds: number, perSecond: number): void {
    const end = this.#now + seconds;
    while (this.#now < end - 1e-9) {
      const length = Math.min(10, end - this.#now);
      this.#now += length;
      this.#part += length * perSecond;
      const requests = Math.floor(this.#part);
      this.#part -= requests;
      this.#slices.push({
        until: this.#now,
        requests,
        errors: sampleBinomial(requests, this.#behaviour.errorRate, this.#random),
        slow: sampleBinomial(requests, this.#behaviour.slowRate, this.#random),
      });
    }
  }

  /** Sums of the slices that end within the last seconds. */
  last(seconds: number): { readonly requests: number; readonly errors: number; readonly slow: number } {
    let requests = 0;
    let errors = 0;
    let slow = 0;
    for (let index = this.#slices.length - 1; index >= 0; index -= 1) {
      const slice = this.#slices[index];
      if (slice === undefined || slice.until <= this.#now - seconds + 1e-9) break;
      requests += slice.requests;
      errors += slice.errors;
      slow += slice.slow;
    }
    return { requests, errors, slow };
  }
}
