/** A set of small whole numbers below a fixed bound; the way of holding thousands of peer sets in a few megabytes. */
export class BitSet {
  readonly bound: number;
  readonly #words: Uint32Array;

  constructor(bound: number, words = new Uint32Array(Math.ceil(bound / 32))) {
    this.bound = bound;
    this.#words = words;
  }

  static of(bound: number, members: Iterable<number>): BitSet {
    const set = new BitSet(bound);
    for (const member of members) set.add(member);
    return set;
  }

  add(member: number): void {
    const word = member >>> 5;
    this.#words[word] = (this.#words[word] ?? 0) | (1 << (member & 31));
  }

  has(member: number): boolean {
    return ((this.#words[member >>> 5] ?? 0) & (1 << (member & 31))) !== 0;
  }

  isEmpty(): boolean {
    return this.#words.every((word) => word === 0);
  }

  union(other: BitSet): BitSet {
    return this.#combine(other, (left, right) => left | right);
  }

  intersect(other: BitSet): BitSet {
    return this.#combine(other, (left, right) => left & right);
  }

  without(other: BitSet): BitSet {
    return this.#combine(other, (left, right) => left & ~right);
  }

  *[Symbol.iterator](): Generator<number> {
    for (let index = 0; index < this.#words.length; index += 1) {
      let word = this.#words[index] ?? 0;
      while (word !== 0) {
        const lowest = 31 - Math.clz32(word & -word);
        yield index * 32 + lowest;
        word &= word - 1;
      }
    }
  }

  #combine(other: BitSet, combineWords: (left: number, right: number) => number): BitSet {
    const words = new Uint32Array(this.#words.length);
    for (let index = 0; index < words.length; index += 1) {
      words[index] = combineWords(this.#words[index] ?? 0, other.#words[index] ?? 0);
    }
    return new BitSet(this.bound, words);
  }
}
