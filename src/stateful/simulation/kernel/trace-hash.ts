/** A running hash over every event of a run: two runs with the same hash took the same course. */
export class TraceHash {
  events = 0;
  #first = 0x243f6a88;
  #second = 0x85a308d3;

  add(time: number, kind: number, a: number, b: number, c: number, d: number): void {
    this.events++;
    this.#mix(time >>> 0);
    this.#mix((time / 2 ** 32) | 0);
    this.#mix(kind);
    this.#mix(a);
    this.#mix(b);
    this.#mix(c);
    this.#mix(d);
  }

  /** 16 hexadecimal digits. */
  digest(): string {
    return hex(this.#first) + hex(this.#second);
  }

  #mix(word: number): void {
    const first = Math.imul(this.#first ^ word, 0x9e3779b1);
    this.#first = first ^ (first >>> 15);
    const second = Math.imul((this.#second + word) | 0, 0xc2b2ae35);
    this.#second = ((second << 13) | (second >>> 19)) ^ this.#first;
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
