import type { SeededRandom } from "./random.ts";

/** What can go wrong with single requests. Region outages and stalled replication belong to the account. */
export type Fault =
  | { readonly kind: "unavailable"; readonly on: RequestKind }
  /** 408: the caller cannot know whether a write was applied. */
  | { readonly kind: "timeout"; readonly on: RequestKind; readonly applied: boolean }
  /** 449: the service met a concurrent operation and asks to try again. */
  | { readonly kind: "retryWith"; readonly on: "write" }
  /** A page of the change feed comes again, as after a lost checkpoint. */
  | { readonly kind: "redelivery"; readonly on: "feed" };

export type RequestKind = "read" | "write" | "feed";

/** Faults by script, one request each, and at random from a seed. */
export class Faults {
  readonly #random: SeededRandom;
  readonly #scripted: Fault[] = [];
  #rate = 0;
  #choices: readonly Fault[] = [];

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** The next request of the fault's kind meets it. */
  inject(fault: Fault): void {
    this.#scripted.push(fault);
  }

  /** Each request meets one of the faults of its kind with this probability. */
  disturb(rate: number, choices: readonly Fault[]): void {
    this.#rate = rate;
    this.#choices = choices;
  }

  next(kind: RequestKind): Fault | undefined {
    const scripted = this.#scripted.findIndex((fault) => fault.on === kind);
    if (scripted >= 0) return this.#scripted.splice(scripted, 1)[0];
    if (this.#rate === 0 || this.#random.next() >= this.#rate) return undefined;
    const choices = this.#choices.filter((fault) => fault.on === kind);
    return choices[this.#random.between(0, choices.length - 1)];
  }
}
