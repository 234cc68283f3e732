import type { PackingInstance, Pattern } from "../packing-instance.ts";
import type { KnapsackEntry, SurrogateKnapsack } from "./surrogate-knapsack.ts";

/** Bounds are sums of doubles: so much is added that rounding never makes one too small. */
const safety = 1 + 1e-12;
/** Fillings remembered at most: when one is wanted, and when all are. */
const mostFound = { one: 4_000, all: 40_000 };
const root = -1;

/**
 * Partial fillings of a node (labels), extended entry by entry. A label goes when not even the surrogate knapsack lifts it
 * above the cut.
 */
export class LabelSearch {
  /** Value of the best filling found that beats the threshold; the threshold until then. */
  best: number;
  readonly #instance: PackingInstance;
  readonly #type: number;
  readonly #knapsack: SurrogateKnapsack;
  readonly #threshold: number;
  readonly #all: boolean;
  readonly #found: { readonly history: number; readonly value: number }[] = [];
  #count = 1;
  #values = new Float64Array(256);
  #rooms = new Float64Array(256);
  #free: Float64Array;
  #history = new Int32Array(256);
  /** What was put on, as a tree: the pods of a label are those on the way from its entry to the root. */
  readonly #parents: number[] = [];
  readonly #shapes: number[] = [];
  readonly #copies: number[] = [];

  /** @param all Whether fillings worth less than the best found are searched for too. */
  constructor(instance: PackingInstance, type: number, knapsack: SurrogateKnapsack, threshold: number, all: boolean) {
    const { dimensions, capacities } = instance;
    this.#instance = instance;
    this.#type = type;
    this.#knapsack = knapsack;
    this.#threshold = threshold;
    this.#all = all;
    this.best = threshold;
    this.#free = new Float64Array(256 * dimensions);
    this.#free.set(capacities.subarray(type * dimensions, (type + 1) * dimensions));
    this.#rooms[0] = 1;
    this.#history[0] = root;
  }

  get count(): number {
    return this.#count;
  }

  /** Extends every label by no copy and by each possible number of copies of the entry at the position. */
  extend(position: number): void {
    const entry = this.#knapsack.entries[position];
    if (entry === undefined) return;
    this.#dropHopeless(position);
    const conflicting = this.#instance.conflicts[entry.shape] ?? [];
    const labels = this.#count;
    for (let label = 0; label < labels; label += 1) {
      if (conflicting.length > 0 && this.#holdsAny(label, conflicting)) continue;
      this.#extendLabel(label, position, entry);
    }
    if (position === this.#knapsack.roomGivers - 1) this.#dropOverfull();
  }

  /** Keeps the labels of the greatest promise and says the greatest promise of those that go. */
  narrow(width: number, position: number): number {
    const promises = new Float64Array(this.#count);
    for (let label = 0; label < this.#count; label += 1) promises[label] = this.#promise(label, position + 1);
    const cutoff = promises.slice().sort()[this.#count - width] ?? Number.NEGATIVE_INFINITY;
    let room = width;
    for (const promise of promises) if (promise > cutoff) room -= 1;
    let dropped = Number.NEGATIVE_INFINITY;
    let kept = 0;
    for (let label = 0; label < promises.length; label += 1) {
      const promise = promises[label] ?? 0;
      const stays = promise > cutoff || (promise === cutoff && room > 0);
      if (promise === cutoff && stays) room -= 1;
      if (stays) {
        this.#move(label, kept);
        kept += 1;
      } else {
        dropped = Math.max(dropped, promise);
      }
    }
    this.#count = kept;
    return dropped;
  }

  /** Fills up the label of the greatest promise with whatever fits of the entries to come, and remembers the outcome. */
  completeBest(position: number): void {
    let best = -1;
    let most = this.best;
    for (let label = 0; label < this.#count; label += 1) {
      const promise = this.#promise(label, position + 1);
      if (promise <= most) continue;
      most = promise;
      best = label;
    }
    if (best < 0) return;
    const { dimensions, sizes, conflicts } = this.#instance;
    const from = this.#append();
    this.#move(best, from);
    for (let index = position + 1; index < this.#knapsack.entries.length; index += 1) {
      const entry = this.#knapsack.entries[index];
      if (entry === undefined || entry.givesRoom) continue;
      let copies = 0;
      while (copies < entry.most && this.#fits(from, entry.shape * dimensions, copies + 1)) copies += 1;
      if (copies === 0 || this.#holdsAny(from, conflicts[entry.shape] ?? [])) continue;
      this.#values[from] = (this.#values[from] ?? 0) + copies * entry.value;
      for (let k = 0; k < dimensions; k += 1) {
        this.#free[from * dimensions + k] =
          (this.#free[from * dimensions + k] ?? 0) - copies * (sizes[entry.shape * dimensions + k] ?? 0);
      }
      this.#remember(from, entry.shape, copies);
    }
    this.#note(from);
    this.#count = from;
  }

  /** Fillings worth more than the threshold, the most valuable first. */
  found(): readonly { readonly pattern: Pattern; readonly value: number }[] {
    return this.#found
      .toSorted((left, right) => right.value - left.value || left.history - right.history)
      .map(({ history, value }) => ({ pattern: this.#patternOf(history), value }));
  }

  /** Whether fillings above the threshold were left out of `found` for their number. */
  get foundTooMany(): boolean {
    return this.#all && this.#found.length >= mostFound.all;
  }

  #cut(): number {
    return this.#all ? this.#threshold : this.best;
  }

  #promise(label: number, position: number): number {
    return ((this.#values[label] ?? 0) + this.#knapsack.bound(position, this.#rooms[label] ?? 0)) * safety;
  }

  #dropHopeless(position: number): void {
    const cut = this.#cut();
    let kept = 0;
    for (let label = 0; label < this.#count; label += 1) {
      if (this.#promise(label, position) <= cut) continue;
      this.#move(label, kept);
      kept += 1;
    }
    this.#count = kept;
  }

  /** After the entries that give room back, what a label takes must be there. */
  #dropOverfull(): void {
    const { dimensions } = this.#instance;
    let kept = 0;
    for (let label = 0; label < this.#count; label += 1) {
      const free = this.#free.subarray(label * dimensions, (label + 1) * dimensions);
      if (free.some((amount) => amount < 0)) continue;
      this.#move(label, kept);
      this.#note(kept);
      kept += 1;
    }
    this.#count = kept;
  }

  #extendLabel(label: number, position: number, entry: KnapsackEntry): void {
    const { dimensions, sizes } = this.#instance;
    const from = entry.shape * dimensions;
    const givers = position < this.#knapsack.roomGivers;
    for (let copies = 1; copies <= entry.most; copies += 1) {
      if (!givers && !this.#fits(label, from, copies)) return;
      const value = (this.#values[label] ?? 0) + copies * entry.value;
      const room = (this.#rooms[label] ?? 0) - copies * entry.size;
      if ((value + this.#knapsack.bound(position + 1, room)) * safety <= this.#cut()) continue;
      const next = this.#append();
      this.#values[next] = value;
      this.#rooms[next] = room;
      for (let k = 0; k < dimensions; k += 1) {
        this.#free[next * dimensions + k] = (this.#free[label * dimensions + k] ?? 0) - copies * (sizes[from + k] ?? 0);
      }
      this.#history[next] = this.#history[label] ?? root;
      this.#remember(next, entry.shape, copies);
      if (!givers) this.#note(next);
    }
  }

  #fits(label: number, from: number, copies: number): boolean {
    const { dimensions, sizes } = this.#instance;
    for (let k = 0; k < dimensions; k += 1) {
      if (copies * (sizes[from + k] ?? 0) > (this.#free[label * dimensions + k] ?? 0)) return false;
    }
    return true;
  }

  /** Writes down that the label takes so many copies. */
  #remember(label: number, shape: number, copies: number): void {
    this.#parents.push(this.#history[label] ?? root);
    this.#shapes.push(shape);
    this.#copies.push(copies);
    this.#history[label] = this.#parents.length - 1;
  }

  /** Keeps a filling that beats the threshold. */
  #note(label: number): void {
    const value = this.#values[label] ?? 0;
    if (value <= this.#threshold) return;
    if (this.#found.length < (this.#all ? mostFound.all : mostFound.one) || value > this.best) {
      this.#found.push({ history: this.#history[label] ?? root, value });
    }
    this.best = Math.max(this.best, value);
  }

  #holdsAny(label: number, shapes: Int32Array | readonly number[]): boolean {
    for (let at = this.#history[label] ?? root; at !== root; at = this.#parents[at] ?? root) {
      const shape = this.#shapes[at] ?? 0;
      for (const other of shapes) if (other === shape) return true;
    }
    return false;
  }

  #append(): number {
    const label = this.#count;
    if (label === this.#values.length) {
      this.#values = doubled(this.#values);
      this.#rooms = doubled(this.#rooms);
      this.#free = doubled(this.#free);
      const history = new Int32Array(this.#history.length * 2);
      history.set(this.#history);
      this.#history = history;
    }
    this.#count += 1;
    return label;
  }

  #move(from: number, to: number): void {
    if (from === to) return;
    const { dimensions } = this.#instance;
    this.#values[to] = this.#values[from] ?? 0;
    this.#rooms[to] = this.#rooms[from] ?? 0;
    this.#history[to] = this.#history[from] ?? root;
    for (let k = 0; k < dimensions; k += 1) {
      this.#free[to * dimensions + k] = this.#free[from * dimensions + k] ?? 0;
    }
  }

  #patternOf(history: number): Pattern {
    const content: [number, number][] = [];
    for (let at = history; at !== root; at = this.#parents[at] ?? root) {
      content.push([this.#shapes[at] ?? 0, this.#copies[at] ?? 0]);
    }
    content.sort(([left], [right]) => left - right);
    return {
      nodeType: this.#type,
      shapes: Int32Array.from(content, ([shape]) => shape),
      counts: Int32Array.from(content, ([, count]) => count),
    };
  }
}

function doubled(array: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
