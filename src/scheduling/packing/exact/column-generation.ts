import type { PackingInstance, Pattern } from "../packing-instance.ts";
import { completePattern } from "./complete-pattern.ts";
import { type DualBound, dualBound, roundUp } from "./dual-bound.ts";
import { type PricingMethod, pricePatterns } from "./price-patterns.ts";
import type { MasterSolution, RestrictedMaster } from "./restricted-master.ts";
import { startWeights } from "./surrogate-knapsack.ts";

export interface GenerationOptions {
  /** How patterns are searched for: the next method is taken when one finds no pattern more. */
  readonly pricing: readonly PricingMethod[];
  readonly maximumRounds: number;
  /** Every plan costs a multiple of it. */
  readonly priceStep: number;
  /** Share of the price by which the bound may stay below the relaxation, where steps of price are finer than that. */
  readonly tolerance: number;
  /** Called once a round; the generation ends when it says so. */
  readonly onRound: (round: number, relaxation: number, bound: number) => "continue" | "stop";
}

export interface Generation {
  readonly solution: MasterSolution | undefined;
  /** Best bound on the remainder; undefined when none was found. */
  readonly bound: DualBound | undefined;
  /** True when the relaxation is solved, or its bound cannot be lifted to the next step of price. */
  readonly settled: boolean;
}

/** What is to be placed: the whole demand, or what a dive has left of it. */
export interface Remainder {
  readonly demand: Int32Array;
  readonly nodesLeft: Float64Array;
}

const smoothing = 0.5;

/** Adds patterns to the master until none would lower its price, bounding the price of every plan from below on the way. */
export class ColumnGenerator {
  readonly #instance: PackingInstance;
  readonly #master: RestrictedMaster;
  readonly #weights: readonly Float64Array[];
  readonly #quantum: number;

  constructor(instance: PackingInstance, master: RestrictedMaster) {
    this.#instance = instance;
    this.#master = master;
    this.#weights = Array.from({ length: instance.nodeTypes }, (_, type) => startWeights(instance, type));
    const largest = instance.prices.reduce((most, price) => Math.max(most, price), 1);
    // Prices of pods are multiples of this, so that their sums over a pattern are exact in doubles.
    this.#quantum = 2 ** (Math.ceil(Math.log2(largest)) - 32);
  }

  generate({ demand, nodesLeft }: Remainder, options: GenerationOptions): Generation {
    const remainder: PackingInstance = { ...this.#instance, demand, limits: nodesLeft };
    let bound: DualBound | undefined;
    let centre: Float64Array | undefined;
    let level = 0;
    this.#master.setRemainder(demand, nodesLeft);
    let solution = this.#master.solve();
    for (let round = 0; round < options.maximumRounds && solution !== undefined; round += 1) {
      if (bound !== undefined && isSettled(bound.bound, solution.objective, options)) {
        return { solution, bound, settled: true };
      }
      if (options.onRound(round, solution.objective, bound?.bound ?? 0) === "stop") break;
      const method = options.pricing[level];
      if (method === undefined) break;
      const prices = this.#quantise(blend(centre, solution.podPrices));
      const priced = this.#price(remainder, prices, solution, method);
      const candidate = dualBound(remainder, prices, priced.upper);
      if (bound === undefined || candidate.bound > bound.bound) {
        bound = candidate;
        centre = prices;
      }
      if (this.#master.add(priced.patterns) > 0) {
        solution = this.#master.solve();
        level = 0;
        continue;
      }
      // Off the smoothed prices nothing may be found that the true prices would show.
      if (centre !== undefined && !equal(prices, this.#quantise(solution.podPrices))) {
        centre = undefined;
        continue;
      }
      if (priced.complete) return { solution, bound, settled: true };
      level += 1;
    }
    return { solution, bound, settled: false };
  }

  #quantise(prices: Float64Array): Float64Array {
    return prices.map((price) => Math.floor(price / this.#quantum) * this.#quantum);
  }

  #price(
    instance: PackingInstance,
    values: Float64Array,
    solution: MasterSolution,
    method: PricingMethod,
  ): { readonly patterns: readonly Pattern[]; readonly upper: Float64Array; readonly complete: boolean } {
    const { nodeTypes, prices, limits, demand } = instance;
    const upper = new Float64Array(nodeTypes);
    const patterns: Pattern[] = [];
    let complete = true;
    for (let type = 0; type < nodeTypes; type += 1) {
      if ((limits[type] ?? 0) < 1) continue;
      const threshold = (prices[type] ?? 0) - (solution.typePrices[type] ?? 0);
      const weights = this.#weights[type] ?? startWeights(instance, type);
      const result = pricePatterns(instance, {
        nodeType: type,
        values,
        stock: demand,
        threshold,
        method,
        all: false,
        weights,
      });
      upper[type] = Math.max(result.upper, 0);
      complete &&= result.complete;
      const margin = 1e-9 * Math.max(1, threshold);
      const worthwhile = result.patterns
        .filter(({ value }) => value > threshold + margin)
        .map(({ pattern }) => pattern);
      for (const pattern of varied(worthwhile, this.#patternsARound())) {
        patterns.push(completePattern(instance, pattern, demand));
      }
    }
    return { patterns, upper, complete };
  }

  #patternsARound(): number {
    return Math.min(40, Math.max(6, Math.ceil(this.#instance.shapes / 6)));
  }
}

/** Whether no pattern more can lift the bound to the next step of price, or by more than the tolerance. */
function isSettled(bound: number, relaxation: number, { priceStep, tolerance }: GenerationOptions): boolean {
  if (roundUp(bound, priceStep) >= roundUp(relaxation, priceStep)) return true;
  return priceStep < relaxation * tolerance && relaxation - bound <= relaxation * tolerance;
}

function blend(centre: Float64Array | undefined, prices: Float64Array): Float64Array {
  if (centre === undefined) return prices;
  return prices.map((price, shape) => smoothing * (centre[shape] ?? 0) + (1 - smoothing) * price);
}

function equal(left: Float64Array, right: Float64Array): boolean {
  return left.every((value, index) => value === right[index]);
}

/** Patterns in the order given, without those that hold mostly shapes that were taken already. */
function varied(patterns: readonly Pattern[], most: number): readonly Pattern[] {
  const covered = new Set<number>();
  const chosen: Pattern[] = [];
  for (const pattern of patterns) {
    if (chosen.length >= most) break;
    let fresh = 0;
    for (const shape of pattern.shapes) if (!covered.has(shape)) fresh += 1;
    if (chosen.length > 0 && fresh * 2 < pattern.shapes.length) continue;
    chosen.push(pattern);
    for (const shape of pattern.shapes) covered.add(shape);
  }
  return chosen;
}
