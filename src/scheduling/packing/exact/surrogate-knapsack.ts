import type { PackingInstance } from "../packing-instance.ts";

/** One shape as the pricing of a node type sees it. */
export interface KnapsackEntry {
  readonly shape: number;
  readonly value: number;
  /** Most copies on the node. */
  readonly most: number;
  /** Whether a copy gives room back in any dimension. */
  readonly givesRoom: boolean;
  /** Weighted size: the weights make a full node the size 1. */
  size: number;
}

const steps = 40;

/**
 * All dimensions of a node in one: sizes weighted so that the value of the knapsack with fractions allowed, which no real
 * filling exceeds, is as small as multiplicative subgradient steps make it.
 */
export class SurrogateKnapsack {
  /** Those that give room back first, then by falling value per size. */
  readonly entries: readonly KnapsackEntry[];
  /** How many of the entries give room back. */
  readonly roomGivers: number;
  /** Sums over the entries before each position. */
  readonly #sizes: Float64Array;
  readonly #values: Float64Array;

  constructor(instance: PackingInstance, type: number, entries: readonly KnapsackEntry[], weights: Float64Array) {
    tuneWeights(instance, type, entries, weights);
    setSizes(instance, entries, weights);
    this.entries = [...entries].sort(
      (left, right) => Number(right.givesRoom) - Number(left.givesRoom) || byDensity(left, right),
    );
    this.roomGivers = this.entries.filter(({ givesRoom }) => givesRoom).length;
    this.#sizes = new Float64Array(this.entries.length + 1);
    this.#values = new Float64Array(this.entries.length + 1);
    for (const [index, { size, value, most }] of this.entries.entries()) {
      this.#sizes[index + 1] = (this.#sizes[index] ?? 0) + size * most;
      this.#values[index + 1] = (this.#values[index] ?? 0) + value * most;
    }
  }

  /** Most that the entries from a position on can be worth in so much room. */
  bound(position: number, room: number): number {
    if (position >= this.roomGivers) return this.#fraction(position, room);
    let value = 0;
    let extended = room;
    for (let index = position; index < this.roomGivers; index += 1) {
      const entry = this.entries[index];
      if (entry === undefined) break;
      value += entry.value * entry.most;
      extended += Math.max(0, -entry.size * entry.most);
    }
    return value + this.#fraction(this.roomGivers, extended);
  }

  #fraction(position: number, room: number): number {
    const sizes = this.#sizes;
    const limit = (sizes[position] ?? 0) + Math.max(0, room);
    let low = position;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((sizes[middle] ?? 0) <= limit) low = middle;
      else high = middle - 1;
    }
    const value = (this.#values[low] ?? 0) - (this.#values[position] ?? 0);
    const next = this.entries[low];
    if (next === undefined) return value;
    return value + (next.value * (limit - (sizes[low] ?? 0))) / Math.max(next.size, Number.MIN_VALUE);
  }
}

function byDensity(left: KnapsackEntry, right: KnapsackEntry): number {
  // Compared by cross products: sizes may be 0.
  return right.value * left.size - left.value * right.size || left.shape - right.shape;
}

function setSizes(
  { dimensions, sizes }: PackingInstance,
  entries: readonly KnapsackEntry[],
  weights: Float64Array,
): void {
  for (const entry of entries) {
    let size = 0;
    for (let k = 0; k < dimensions; k += 1) size += (weights[k] ?? 0) * (sizes[entry.shape * dimensions + k] ?? 0);
    entry.size = entry.givesRoom ? size : Math.max(0, size);
  }
}

/** Moves the weights (which stand for the type from call to call) towards those with the least bound. */
function tuneWeights(
  instance: PackingInstance,
  type: number,
  entries: readonly KnapsackEntry[],
  weights: Float64Array,
): void {
  const { dimensions, capacities } = instance;
  const best = weights.slice();
  let least = Number.POSITIVE_INFINITY;
  const used = new Float64Array(dimensions);
  for (let step = 0; step < steps; step += 1) {
    setSizes(instance, entries, weights);
    const value = fillWithFractions(instance, [...entries].sort(byDensity), used);
    if (value < least) {
      least = value;
      best.set(weights);
    }
    let sum = 0;
    const rate = 1 / (2 + step);
    for (let k = 0; k < dimensions; k += 1) {
      const capacity = capacities[type * dimensions + k] ?? 0;
      const load = capacity > 0 ? Math.min(3, Math.max(-3, (used[k] ?? 0) / capacity - 1)) : 0;
      weights[k] = (weights[k] ?? 0) * Math.exp(rate * load);
      sum += (weights[k] ?? 0) * capacity;
    }
    for (let k = 0; k < dimensions; k += 1) weights[k] = (weights[k] ?? 0) / sum;
  }
  weights.set(best);
}

/** Value of the knapsack of room 1 with fractions allowed; `used` receives what it takes of each dimension. */
function fillWithFractions(
  { dimensions, sizes }: PackingInstance,
  sorted: readonly KnapsackEntry[],
  used: Float64Array,
): number {
  used.fill(0);
  let room = 1;
  let value = 0;
  for (const { size, most } of sorted) if (size < 0) room -= size * most;
  for (const entry of sorted) {
    const copies = entry.size <= 0 ? entry.most : Math.min(entry.most, room / entry.size);
    value += copies * entry.value;
    if (entry.size > 0) room -= copies * entry.size;
    for (let k = 0; k < dimensions; k += 1) {
      used[k] = (used[k] ?? 0) + copies * (sizes[entry.shape * dimensions + k] ?? 0);
    }
    if (room <= 0) break;
  }
  return value;
}

/** Weights to start with: every dimension alike, summing to 1 on a full node. */
export function startWeights({ dimensions, capacities }: PackingInstance, type: number): Float64Array {
  const weights = new Float64Array(dimensions);
  let present = 0;
  for (let k = 0; k < dimensions; k += 1) if ((capacities[type * dimensions + k] ?? 0) > 0) present += 1;
  for (let k = 0; k < dimensions; k += 1) {
    const capacity = capacities[type * dimensions + k] ?? 0;
    weights[k] = capacity > 0 ? 1 / (capacity * present) : 0;
  }
  return weights;
}
