import type { PackingInstance, Pattern } from "../packing-instance.ts";
import type { SurrogateKnapsack } from "./surrogate-knapsack.ts";

/** Bounds are sums of doubles: so much is added that rounding never makes one too small. */
const safety = 1 + 1e-12;

/** Fillings of a node by depth-first branch and bound: exact in little time where few pods fill a node. */
export class DepthFirstSearch {
  /** Value of the best filling found that beats the threshold; the threshold until then. */
  best: number;
  /** False when the steps ran out before the search was through. */
  complete = true;
  readonly found: { readonly pattern: Pattern; readonly value: number }[] = [];
  readonly #instance: PackingInstance;
  readonly #type: number;
  readonly #knapsack: SurrogateKnapsack;
  readonly #free: Float64Array;
  readonly #copies: Int32Array;
  /** Pods on the node that bar each shape. */
  readonly #barred: Int32Array;
  readonly #path: number[] = [];
  #steps: number;

  constructor(instance: PackingInstance, type: number, knapsack: SurrogateKnapsack, threshold: number, steps: number) {
    const { dimensions, capacities, shapes } = instance;
    this.#instance = instance;
    this.#type = type;
    this.#knapsack = knapsack;
    this.best = threshold;
    this.#steps = steps;
    this.#free = capacities.slice(type * dimensions, (type + 1) * dimensions);
    this.#copies = new Int32Array(shapes);
    this.#barred = new Int32Array(shapes);
  }

  /** Tries all continuations from an entry on. */
  search(from: number, value: number, room: number): void {
    const { entries, roomGivers } = this.#knapsack;
    for (let position = from; position < entries.length; position += 1) {
      const entry = entries[position];
      if (entry === undefined || (value + this.#knapsack.bound(position, room)) * safety <= this.best) return;
      this.#steps -= 1;
      if (this.#steps < 0) {
        this.complete = false;
        return;
      }
      if ((this.#barred[entry.shape] ?? 0) > 0) continue;
      const most = position < roomGivers ? entry.most : this.#mostThatFit(entry.shape, entry.most);
      for (let copies = most; copies >= 1 && this.complete; copies -= 1) {
        this.#put(entry.shape, copies);
        this.#note(value + copies * entry.value);
        this.search(position + 1, value + copies * entry.value, room - copies * entry.size);
        this.#put(entry.shape, -copies);
      }
    }
  }

  #mostThatFit(shape: number, most: number): number {
    const { dimensions, sizes } = this.#instance;
    let copies = most;
    for (let k = 0; k < dimensions && copies > 0; k += 1) {
      const size = sizes[shape * dimensions + k] ?? 0;
      if (size > 0) copies = Math.min(copies, Math.floor((this.#free[k] ?? 0) / size));
    }
    return Math.max(0, copies);
  }

  /** Puts copies on the node, or takes them off when negative. */
  #put(shape: number, copies: number): void {
    const { dimensions, sizes, conflicts } = this.#instance;
    for (let k = 0; k < dimensions; k += 1) {
      this.#free[k] = (this.#free[k] ?? 0) - copies * (sizes[shape * dimensions + k] ?? 0);
    }
    this.#copies[shape] = (this.#copies[shape] ?? 0) + copies;
    if (copies > 0) this.#path.push(shape);
    else this.#path.pop();
    for (const other of conflicts[shape] ?? []) this.#barred[other] = (this.#barred[other] ?? 0) + Math.sign(copies);
  }

  #note(value: number): void {
    if (value <= this.best) return;
    // Shapes that give room back may stand before what they make room for.
    if (this.#instance.hasNegativeSizes && this.#free.some((amount) => amount < 0)) return;
    this.best = value;
    const shapes = Int32Array.from(this.#path).sort();
    const counts = shapes.map((shape) => this.#copies[shape] ?? 0);
    this.found.push({ pattern: { nodeType: this.#type, shapes, counts }, value });
  }
}
