/** The decision diagram that is constantly false (in set diagrams: no set). */
export const ZERO = 0;
/** The decision diagram that is constantly true (in set diagrams: the empty set alone). */
export const ONE = 1;
/** Level of the two terminals: below every variable. */
export const TERMINAL_LEVEL = 0x7fffffff;

const INITIAL_CAPACITY = 256;

/**
 * Decision diagram nodes (level, high, low) in typed arrays with an open-addressing unique table. A node's children
 * always have smaller ids, so that ascending ids are a topological order from the terminals up.
 */
export class NodeTable {
  levels = new Int32Array(INITIAL_CAPACITY);
  highs = new Int32Array(INITIAL_CAPACITY);
  lows = new Int32Array(INITIAL_CAPACITY);
  size = 2;
  /** True once the limit was met: ids given out since then mean nothing. */
  exhausted = false;
  readonly #limit: number;
  /** Node ids by hash; 0 marks a free slot. */
  #slots = new Int32Array(2 * INITIAL_CAPACITY);

  constructor(limit: number) {
    this.#limit = limit;
    this.levels[ZERO] = TERMINAL_LEVEL;
    this.levels[ONE] = TERMINAL_LEVEL;
  }

  level(node: number): number {
    return this.levels[node] ?? TERMINAL_LEVEL;
  }

  high(node: number): number {
    return this.highs[node] ?? ZERO;
  }

  low(node: number): number {
    return this.lows[node] ?? ZERO;
  }

  /** The one node with these parts. */
  unique(level: number, high: number, low: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(level, high, low) & mask;
    for (let node = this.#slots[slot] ?? 0; node !== 0; node = this.#slots[slot] ?? 0) {
      if (this.levels[node] === level && this.highs[node] === high && this.lows[node] === low) return node;
      slot = (slot + 1) & mask;
    }
    if (this.size >= this.#limit) {
      this.exhausted = true;
      return ZERO;
    }
    if (this.size === this.levels.length) this.#grow();
    const node = this.size;
    this.size += 1;
    this.levels[node] = level;
    this.highs[node] = high;
    this.lows[node] = low;
    this.#slots[this.#freeSlot(node)] = node;
    return node;
  }

  #freeSlot(node: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(this.level(node), this.high(node), this.low(node)) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const capacity = 2 * this.levels.length;
    this.levels = enlarge(this.levels, capacity);
    this.highs = enlarge(this.highs, capacity);
    this.lows = enlarge(this.lows, capacity);
    this.#slots = new Int32Array(2 * capacity);
    for (let node = 2; node < this.size; node += 1) this.#slots[this.#freeSlot(node)] = node;
  }
}

/** Entries of a full cache: beyond this it forgets instead of growing. */
const MAXIMUM_CACHE = 1 << 21;

/**
 * A direct-mapped cache of binary operations; it forgets, but never lies. It grows with the number of results that it is
 * given: a cache that is too small for the work makes the work exponential.
 */
export class OperationCache {
  #first = new Int32Array(1 << 10);
  #second = new Int32Array(1 << 10);
  #results = new Int32Array(1 << 10);
  #given = 0;

  /** Number of results that were computed and given to the cache: a measure of the work done. */
  get given(): number {
    return this.#given;
  }

  /** The cached result, or -1. Operands are non-terminal nodes, so that 0 marks a free slot. */
  get(first: number, second: number): number {
    const slot = this.#slot(first, second);
    return this.#first[slot] === first && this.#second[slot] === second ? (this.#results[slot] ?? -1) : -1;
  }

  set(first: number, second: number, result: number): void {
    this.#given += 1;
    if (this.#given > this.#first.length && this.#first.length < MAXIMUM_CACHE) this.#grow();
    this.#put(first, second, result);
  }

  #put(first: number, second: number, result: number): void {
    const slot = this.#slot(first, second);
    this.#first[slot] = first;
    this.#second[slot] = second;
    this.#results[slot] = result;
  }

  #grow(): void {
    const before = { first: this.#first, second: this.#second, results: this.#results };
    const capacity = 2 * before.first.length;
    this.#first = new Int32Array(capacity);
    this.#second = new Int32Array(capacity);
    this.#results = new Int32Array(capacity);
    for (const [slot, first] of before.first.entries()) {
      if (first !== 0) this.#put(first, before.second[slot] ?? 0, before.results[slot] ?? 0);
    }
  }

  #slot(first: number, second: number): number {
    return hash(first, second, 0) & (this.#first.length - 1);
  }
}

/** Multiplicative mixing of three integers. */
function hash(a: number, b: number, c: number): number {
  let mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77) ^ Math.imul(c, 0xc2b2ae3d);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

function enlarge(source: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const target = new Int32Array(capacity);
  target.set(source);
  return target;
}
