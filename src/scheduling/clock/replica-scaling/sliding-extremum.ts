/**
 * The greatest, or the least, of what was noted within a window that slides with time. What a later value outdoes is
 * forgotten at once, so that a look costs the same however long the window is. Times must not go back.
 */
export class SlidingExtremum {
  readonly #windowSeconds: number;
  /** 1 for the greatest, -1 for the least. */
  readonly #sign: 1 | -1;
  readonly #times: number[] = [];
  readonly #values: number[] = [];
  /** First entry that is still within the window. */
  #first = 0;

  constructor(kind: "greatest" | "least", windowSeconds: number) {
    this.#sign = kind === "greatest" ? 1 : -1;
    this.#windowSeconds = windowSeconds;
  }

  note(seconds: number, value: number): void {
    while (this.#values.length > this.#first && this.#sign * ((this.#values.at(-1) ?? 0) - value) <= 0) {
      this.#values.pop();
      this.#times.pop();
    }
    this.#values.push(value);
    this.#times.push(seconds);
  }

  /** Of the value at hand and of those noted less than the window ago. */
  withNow(seconds: number, value: number): number {
    while (this.#first < this.#times.length && (this.#times[this.#first] ?? 0) <= seconds - this.#windowSeconds) {
      this.#first += 1;
    }
    this.#dropPassed();
    const noted = this.#values[this.#first] ?? value;
    return this.#sign * (noted - value) > 0 ? noted : value;
  }

  #dropPassed(): void {
    if (this.#first < 64) return;
    this.#times.splice(0, this.#first);
    this.#values.splice(0, this.#first);
    this.#first = 0;
  }
}
