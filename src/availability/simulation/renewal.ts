import type { BasicEvent } from "../from-estate/event-book.ts";
import { randomStream } from "./random-stream.ts";

/** How the lengths of outages vary round their mean. */
export type RepairShape = "exponential" | "lognormal";

/** 95th percentile of a lognormal repair as a multiple of its median. */
export const LOGNORMAL_P95_RATIO = 5;
const Z95 = 1.645;

/**
 * A failure that comes and goes: up for an exponential time, down for a repair. The means are those of the fault tree's
 * event: down 1/w·q, up 1/w·(1 - q), with w failures an hour. Each event has random numbers of its own, so that one event
 * more leaves the others as they are.
 */
export class RenewalProcess {
  readonly meanUpHours: number;
  readonly meanDownHours: number;
  readonly #shape: RepairShape;
  readonly #draw: () => number;

  constructor({ id, unavailability, frequencyPerHour, repairHours }: BasicEvent, seed: number, shape: RepairShape) {
    const perHour = frequencyPerHour > 0 ? frequencyPerHour : unavailability / (repairHours || 1);
    this.meanDownHours = perHour > 0 ? unavailability / perHour : 0;
    this.meanUpHours = perHour > 0 ? (1 - unavailability) / perHour : Number.POSITIVE_INFINITY;
    this.#shape = shape;
    this.#draw = randomStream(seed, id);
  }

  nextUpHours(): number {
    return -Math.log(1 - this.#draw()) * this.meanUpHours;
  }

  nextDownHours(): number {
    if (this.#shape === "exponential") return -Math.log(1 - this.#draw()) * this.meanDownHours;
    const sigma = Math.log(LOGNORMAL_P95_RATIO) / Z95;
    const radius = Math.sqrt(-2 * Math.log(1 - this.#draw()));
    const normal = radius * Math.cos(2 * Math.PI * this.#draw());
    return this.meanDownHours * Math.exp(sigma * normal - (sigma * sigma) / 2);
  }
}
