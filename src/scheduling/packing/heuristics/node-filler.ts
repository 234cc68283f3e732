import { isFeasible, type PackingInstance, type Pattern } from "../packing-instance.ts";

/**
 * How the next pod for an open node is chosen: `dotProduct` takes the pod whose needs lie most along what is free,
 * `distance` the pod after which the least is free (the L2 norm of Panigrahy et al., "Heuristics for Vector Bin Packing",
 * 2011).
 */
export type FillRule = "dotProduct" | "distance";

export interface FillChoice {
  readonly rule: FillRule;
  /** Weight of each dimension. */
  readonly weights: Float64Array;
  /** Factor on the score of each shape; undefined: none. */
  readonly bias?: Float64Array;
}

/** A filled node with how full it is. */
export interface FilledNode extends Pattern {
  /** Mean share of the capacity in use, over the dimensions. */
  readonly fill: number;
  /** Content priced at the fair price of its pods. */
  readonly worth: number;
}

/** What opening and closing a node costs, in comparisons. */
const fillOverhead = 50;

/** Fills nodes one at a time from a stock of pods. Keeps its working arrays between calls. */
export class NodeFiller {
  readonly instance: PackingInstance;
  /** Share of each dimension of its demand in what all node types offer: scarce resources weigh more. */
  readonly weights: Float64Array;
  /** What one pod of each shape should cost: its weighted share of the node type where that is cheapest. */
  readonly fairPrices: Float64Array;
  /** Number of times a size was held against what is free: the measure of effort. */
  comparisons = 0;
  readonly #shares: Float64Array;
  readonly #counts: Int32Array;
  readonly #blocked: Int32Array;
  readonly #open: Int32Array;
  readonly #free: Float64Array;
  readonly #freeShare: Float64Array;
  #stamp = 0;

  constructor(instance: PackingInstance) {
    this.instance = instance;
    this.#shares = sharesOf(instance);
    this.weights = demandWeights(instance, this.#shares);
    this.fairPrices = fairPrices(instance, this.#shares, this.weights);
    this.#counts = new Int32Array(instance.shapes);
    this.#blocked = new Int32Array(instance.shapes);
    this.#open = new Int32Array(instance.shapes);
    this.#free = new Float64Array(instance.dimensions);
    this.#freeShare = new Float64Array(instance.dimensions);
  }

  /**
   * Fills one node of the type from `stock` (pods left by shape), looking only at the shapes of `candidates`. The stock is
   * not changed. Undefined when not one pod fits.
   */
  fill(type: number, stock: Int32Array, candidates: readonly number[], choice: FillChoice): FilledNode | undefined {
    const { dimensions, capacities, shapes, most } = this.instance;
    this.#stamp += 1;
    this.comparisons += fillOverhead;
    for (let k = 0; k < dimensions; k += 1) {
      this.#free[k] = capacities[type * dimensions + k] ?? 0;
      this.#freeShare[k] = 1;
    }
    const open = this.#open;
    let left = 0;
    for (const shape of candidates) {
      if ((stock[shape] ?? 0) === 0 || (most[type * shapes + shape] ?? 0) === 0) continue;
      open[left] = shape;
      left += 1;
    }
    const chosen: number[] = [];
    while (left > 0) {
      const position = this.#best(type, open, left, choice);
      const shape = open[position];
      if (shape === undefined) break;
      const count = (this.#counts[shape] ?? 0) + 1;
      if (count === 1) chosen.push(shape);
      this.#counts[shape] = count;
      this.#take(type, shape);
      if (count >= Math.min(stock[shape] ?? 0, most[type * shapes + shape] ?? 0)) {
        left -= 1;
        open[position] = open[left] ?? shape;
      }
      // Without pods that give room back, what does not fit now never will.
      if (!this.instance.hasNegativeSizes) left = this.#keepFitting(open, left);
    }
    return this.#finish(type, chosen);
  }

  /** Position of the best shape that fits; -1: none. */
  #best(type: number, open: Int32Array, left: number, { rule, weights, bias }: FillChoice): number {
    const { dimensions, shapes, sizes, hasNegativeSizes } = this.instance;
    const shares = this.#shares;
    const free = this.#free;
    const freeShare = this.#freeShare;
    let best = -1;
    let bestScore = Number.NEGATIVE_INFINITY;
    this.comparisons += left * dimensions;
    for (let position = 0; position < left; position += 1) {
      const shape = open[position] ?? 0;
      if (this.#blocked[shape] === this.#stamp) continue;
      const from = (type * shapes + shape) * dimensions;
      if (hasNegativeSizes && !fitsIn(sizes, shape * dimensions, free, dimensions)) continue;
      let score = 0;
      if (rule === "dotProduct") {
        for (let k = 0; k < dimensions; k += 1)
          score += (weights[k] ?? 0) * (shares[from + k] ?? 0) * (freeShare[k] ?? 0);
        if (bias !== undefined) score *= bias[shape] ?? 1;
      } else {
        for (let k = 0; k < dimensions; k += 1) {
          const rest = (freeShare[k] ?? 0) - (shares[from + k] ?? 0);
          score -= (weights[k] ?? 0) * rest * rest;
        }
        if (bias !== undefined) score /= bias[shape] ?? 1;
      }
      if (score > bestScore) {
        bestScore = score;
        best = position;
      }
    }
    return best;
  }

  #take(type: number, shape: number): void {
    const { dimensions, shapes, sizes, conflicts } = this.instance;
    for (let k = 0; k < dimensions; k += 1) {
      this.#free[k] = (this.#free[k] ?? 0) - (sizes[shape * dimensions + k] ?? 0);
      this.#freeShare[k] = (this.#freeShare[k] ?? 0) - (this.#shares[(type * shapes + shape) * dimensions + k] ?? 0);
    }
    for (const other of conflicts[shape] ?? []) this.#blocked[other] = this.#stamp;
  }

  /** Moves the shapes that still fit to the front and says how many they are. */
  #keepFitting(open: Int32Array, left: number): number {
    const { dimensions, sizes } = this.instance;
    let kept = 0;
    for (let position = 0; position < left; position += 1) {
      const shape = open[position] ?? 0;
      if (this.#blocked[shape] === this.#stamp || !fitsIn(sizes, shape * dimensions, this.#free, dimensions)) continue;
      open[kept] = shape;
      kept += 1;
    }
    return kept;
  }

  /** The node of a pattern with no more pods than the stock holds; undefined when it holds none of them. */
  trimmed({ nodeType, shapes, counts }: Pattern, stock: Int32Array): FilledNode | undefined {
    const { dimensions } = this.instance;
    const chosen: number[] = [];
    this.#freeShare.fill(1);
    for (let position = 0; position < shapes.length; position += 1) {
      const shape = shapes[position] ?? 0;
      const count = Math.min(counts[position] ?? 0, stock[shape] ?? 0);
      if (count === 0) continue;
      chosen.push(shape);
      this.#counts[shape] = count;
      const from = (nodeType * this.instance.shapes + shape) * dimensions;
      for (let k = 0; k < dimensions; k += 1) {
        this.#freeShare[k] = (this.#freeShare[k] ?? 0) - count * (this.#shares[from + k] ?? 0);
      }
    }
    const node = this.#finish(nodeType, chosen);
    // What stays may have needed the room that a pod left out would have given.
    if (node !== undefined && this.instance.hasNegativeSizes && !isFeasible(this.instance, node)) return undefined;
    return node;
  }

  #finish(type: number, chosen: number[]): FilledNode | undefined {
    if (chosen.length === 0) return undefined;
    chosen.sort((left, right) => left - right);
    const shapes = new Int32Array(chosen);
    const counts = new Int32Array(chosen.length);
    let worth = 0;
    for (let position = 0; position < shapes.length; position += 1) {
      const shape = shapes[position] ?? 0;
      const count = this.#counts[shape] ?? 0;
      counts[position] = count;
      worth += count * (this.fairPrices[shape] ?? 0);
      this.#counts[shape] = 0;
    }
    let free = 0;
    for (let k = 0; k < this.instance.dimensions; k += 1) free += this.#freeShare[k] ?? 0;
    return { nodeType: type, shapes, counts, fill: 1 - free / this.instance.dimensions, worth };
  }
}

function fitsIn(sizes: Float64Array, from: number, free: Float64Array, dimensions: number): boolean {
  for (let k = 0; k < dimensions; k += 1) {
    const size = sizes[from + k] ?? 0;
    if (size > (free[k] ?? 0) && size > 0) return false;
  }
  return true;
}

/** Size as a share of capacity for each type, shape and dimension; 0 where the type has nothing of the dimension. */
function sharesOf({ nodeTypes, shapes, dimensions, sizes, capacities }: PackingInstance): Float64Array {
  const shares = new Float64Array(nodeTypes * shapes * dimensions);
  for (let type = 0; type < nodeTypes; type += 1) {
    for (let shape = 0; shape < shapes; shape += 1) {
      for (let k = 0; k < dimensions; k += 1) {
        const capacity = capacities[type * dimensions + k] ?? 0;
        const size = sizes[shape * dimensions + k] ?? 0;
        shares[(type * shapes + shape) * dimensions + k] = capacity > 0 ? size / capacity : 0;
      }
    }
  }
  return shares;
}

function demandWeights(instance: PackingInstance, shares: Float64Array): Float64Array {
  const { nodeTypes, shapes, dimensions, demand } = instance;
  const totals = new Float64Array(dimensions);
  for (let type = 0; type < nodeTypes; type += 1) {
    for (let shape = 0; shape < shapes; shape += 1) {
      const from = (type * shapes + shape) * dimensions;
      for (let k = 0; k < dimensions; k += 1)
        totals[k] = (totals[k] ?? 0) + (demand[shape] ?? 0) * (shares[from + k] ?? 0);
    }
  }
  const sum = totals.reduce((total, each) => total + Math.max(0, each), 0);
  return totals.map((total) => (sum > 0 ? Math.max(0, total) / sum : 1 / dimensions));
}

function fairPrices(instance: PackingInstance, shares: Float64Array, weights: Float64Array): Float64Array {
  const { nodeTypes, shapes, dimensions, prices, most } = instance;
  const fair = new Float64Array(shapes);
  for (let shape = 0; shape < shapes; shape += 1) {
    let least = Number.POSITIVE_INFINITY;
    for (let type = 0; type < nodeTypes; type += 1) {
      if ((most[type * shapes + shape] ?? 0) === 0) continue;
      let share = 0;
      for (let k = 0; k < dimensions; k += 1) {
        share += (weights[k] ?? 0) * (shares[(type * shapes + shape) * dimensions + k] ?? 0);
      }
      least = Math.min(least, (prices[type] ?? 0) * Math.max(share, 1e-9));
    }
    fair[shape] = Number.isFinite(least) ? least : 0;
  }
  return fair;
}
