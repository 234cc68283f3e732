/** Time as the double sees it: milliseconds since 1970, never backwards. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** Moves only when told to, so that a test decides what has replicated, expired or refilled. */
export class VirtualClock implements Clock {
  #now: number;

  constructor(start: Date = new Date("2026-01-01T00:00:00Z")) {
    this.#now = start.getTime();
  }

  now(): number {
    return this.#now;
  }

  advance(milliseconds: number): void {
    if (!(milliseconds >= 0)) throw new RangeError(`the clock cannot move by ${milliseconds} ms`);
    this.#now += milliseconds;
  }

  sleep(milliseconds: number): Promise<void> {
    this.advance(milliseconds);
    return Promise.resolve();
  }
}

/** For running the application against the double: real time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
