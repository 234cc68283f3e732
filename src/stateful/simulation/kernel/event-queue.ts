/**
 * Events in the order of virtual time, then of scheduling: a binary heap over typed arrays, which allocates nothing per
 * event. `pop` leaves the event in the public fields. Times are whole microseconds.
 */
export class EventQueue {
  time = 0;
  kind = 0;
  a = 0;
  b = 0;
  c = 0;
  d = 0;
  size = 0;
  #sequence = 0;
  #free = 0;
  #times: Float64Array;
  #sequences: Float64Array;
  #slots: Int32Array;
  /** Five numbers a slot: kind, a, b, c, d; of a free slot, the first is the next free one. */
  #payloads: Int32Array;

  constructor(capacity = 1024) {
    this.#times = new Float64Array(capacity);
    this.#sequences = new Float64Array(capacity);
    this.#slots = new Int32Array(capacity);
    this.#payloads = new Int32Array(capacity * payloadLength);
    this.#chainFree(0, capacity);
  }

  push(time: number, kind: number, a: number, b: number, c: number, d: number): void {
    if (this.size === this.#slots.length) this.#grow();
    const slot = this.#free;
    const at = slot * payloadLength;
    const payloads = this.#payloads;
    this.#free = payloads[at] as number;
    payloads[at] = kind;
    payloads[at + 1] = a;
    payloads[at + 2] = b;
    payloads[at + 3] = c;
    payloads[at + 4] = d;
    this.#siftUp(this.size++, time, this.#sequence++, slot);
  }

  /** False when there is no event left. */
  pop(): boolean {
    if (this.size === 0) return false;
    const slot = this.#slots[0] as number;
    const at = slot * payloadLength;
    const payloads = this.#payloads;
    this.time = this.#times[0] as number;
    this.kind = payloads[at] as number;
    this.a = payloads[at + 1] as number;
    this.b = payloads[at + 2] as number;
    this.c = payloads[at + 3] as number;
    this.d = payloads[at + 4] as number;
    payloads[at] = this.#free;
    this.#free = slot;
    this.#siftDown(--this.size);
    return true;
  }

  #siftUp(from: number, time: number, sequence: number, slot: number): void {
    const times = this.#times;
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      // A new event has the highest sequence number: it stays below those of the same time.
      if ((times[parent] as number) <= time) break;
      this.#move(parent, index);
      index = parent;
    }
    times[index] = time;
    this.#sequences[index] = sequence;
    this.#slots[index] = slot;
  }

  /** Puts the event at `last` where it belongs, from the root down. */
  #siftDown(last: number): void {
    const times = this.#times;
    const sequences = this.#sequences;
    const time = times[last] as number;
    const sequence = sequences[last] as number;
    const slot = this.#slots[last] as number;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= last) break;
      if (child + 1 < last && this.#isBefore(child + 1, times[child] as number, sequences[child] as number)) child++;
      if (!this.#isBefore(child, time, sequence)) break;
      this.#move(child, index);
      index = child;
    }
    times[index] = time;
    sequences[index] = sequence;
    this.#slots[index] = slot;
  }

  #isBefore(index: number, time: number, sequence: number): boolean {
    const own = this.#times[index] as number;
    return own < time || (own === time && (this.#sequences[index] as number) < sequence);
  }

  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from] as number;
    this.#sequences[to] = this.#sequences[from] as number;
    this.#slots[to] = this.#slots[from] as number;
  }

  #grow(): void {
    const before = this.#slots.length;
    const capacity = before * 2;
    this.#times = extended(this.#times, new Float64Array(capacity));
    this.#sequences = extended(this.#sequences, new Float64Array(capacity));
    this.#slots = extended(this.#slots, new Int32Array(capacity));
    this.#payloads = extended(this.#payloads, new Int32Array(capacity * payloadLength));
    this.#chainFree(before, capacity);
  }

  #chainFree(from: number, until: number): void {
    for (let slot = from; slot < until; slot++) this.#payloads[slot * payloadLength] = slot + 1;
    this.#free = from;
  }
}

const payloadLength = 5;

function extended<Numbers extends Float64Array | Int32Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
