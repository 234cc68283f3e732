import type { PackingInstance, Pattern } from "../packing-instance.ts";
import type { IntegerSolution, LinearColumn, LinearModel, LinearSolver } from "./linear-solver.ts";

/** The relaxation over the patterns known so far: how many nodes of each, in fractions. */
export interface MasterSolution {
  /** Price, with the penalty for pods left out. */
  readonly objective: number;
  /** Pods left out, in all. */
  readonly shortfall: number;
  /** Nodes of each pattern. */
  readonly nodes: Float64Array;
  /** Price of one pod more, by shape, at least 0. */
  readonly podPrices: Float64Array;
  /** Price of one node more of a limited type, by type, at most 0. */
  readonly typePrices: Float64Array;
}

/**
 * Minimise the price of the nodes so that every pod has a place and no type exceeds its limit. Leaving a pod out is allowed
 * at a penalty above any node's price, so that there always is a solution.
 */
export class RestrictedMaster {
  readonly patterns: Pattern[] = [];
  readonly #instance: PackingInstance;
  readonly #solver: LinearSolver;
  readonly #model: LinearModel;
  readonly #penalty: number;
  readonly #known = new Set<string>();
  #demand: Int32Array;
  #nodesLeft: Float64Array;

  constructor(instance: PackingInstance, solver: LinearSolver) {
    this.#instance = instance;
    this.#solver = solver;
    this.#penalty = penaltyOf(instance);
    this.#demand = instance.demand;
    this.#nodesLeft = instance.limits;
    this.#model = solver.open(this.#rows());
    this.#model.addColumns(this.#shortfallColumns());
  }

  /** Adds the patterns that are not known yet and says how many these are. */
  add(patterns: readonly Pattern[]): number {
    const fresh: Pattern[] = [];
    for (const pattern of patterns) {
      const key = `${pattern.nodeType}:${pattern.shapes.join()}:${pattern.counts.join()}`;
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      fresh.push(pattern);
    }
    this.patterns.push(...fresh);
    this.#model.addColumns(fresh.map((pattern) => this.#columnOf(pattern)));
    return fresh.length;
  }

  /** What is still to be placed, and the nodes that are left for it. */
  setRemainder(demand: Int32Array, nodesLeft: Float64Array): void {
    const before = this.#rows();
    this.#demand = demand.slice();
    this.#nodesLeft = nodesLeft.slice();
    for (const [row, bounds] of this.#rows().entries()) {
      const old = before[row];
      if (old?.lower !== bounds.lower || old.upper !== bounds.upper) this.#model.setRow(row, bounds);
    }
  }

  /** Undefined when the solver gives up. */
  solve(): MasterSolution | undefined {
    const { shapes, nodeTypes } = this.#instance;
    const solution = this.#model.solve();
    if (solution === undefined) return undefined;
    const { objective, values, duals } = solution;
    return {
      objective,
      shortfall: values.subarray(0, shapes).reduce((sum, value) => sum + Math.max(0, value), 0),
      nodes: values.slice(shapes),
      podPrices: Float64Array.from(duals.subarray(0, shapes), (dual) => Math.max(0, dual)),
      typePrices: Float64Array.from({ length: nodeTypes }, (_, type) => Math.min(0, duals[shapes + type] ?? 0)),
    };
  }

  /** The best plan in whole nodes of the patterns chosen by `allow`, as nodes of each pattern of `patterns`. */
  solveInteger(allow: (pattern: Pattern, index: number) => boolean, maximumNodes: number): WholeNodes {
    const allowed = this.patterns.flatMap((pattern, index) => (allow(pattern, index) ? [{ pattern, index }] : []));
    const model = this.#solver.open(this.#rows());
    try {
      model.addColumns(allowed.map(({ pattern }) => this.#columnOf(pattern)));
      return wholeNodes(
        model.solveInteger(maximumNodes),
        allowed.map(({ index }) => index),
      );
    } finally {
      model.close();
    }
  }

  close(): void {
    this.#model.close();
  }

  #rows(): readonly { readonly lower: number; readonly upper: number }[] {
    return [
      ...Array.from(this.#demand, (pods) => ({ lower: pods, upper: Number.POSITIVE_INFINITY })),
      ...Array.from(this.#nodesLeft, (nodes) => ({ lower: Number.NEGATIVE_INFINITY, upper: nodes })),
    ];
  }

  #shortfallColumns(): readonly LinearColumn[] {
    return Array.from({ length: this.#instance.shapes }, (_, shape) => ({
      cost: this.#penalty,
      rows: Int32Array.of(shape),
      values: Int32Array.of(1),
    }));
  }

  #columnOf({ nodeType, shapes, counts }: Pattern): LinearColumn {
    const limited = Number.isFinite(this.#instance.limits[nodeType]);
    const cost = this.#instance.prices[nodeType] ?? 0;
    if (!limited) return { cost, rows: shapes, values: counts };
    return {
      cost,
      rows: Int32Array.of(...shapes, this.#instance.shapes + nodeType),
      values: Int32Array.of(...counts, 1),
    };
  }
}

/** Nodes of each pattern, by its index; `complete` when there is certainly nothing better over the patterns allowed. */
export interface WholeNodes {
  readonly complete: boolean;
  readonly nodes: ReadonlyMap<number, number> | undefined;
}

function wholeNodes(solution: IntegerSolution, indices: readonly number[]): WholeNodes {
  if (solution.status === "infeasible") return { complete: true, nodes: undefined };
  const { values } = solution;
  if (values === undefined) return { complete: false, nodes: undefined };
  const nodes = new Map<number, number>();
  for (const [position, index] of indices.entries()) {
    const count = Math.round(values[position] ?? 0);
    if (count > 0) nodes.set(index, count);
  }
  return { complete: solution.status === "optimal", nodes };
}

function penaltyOf({ prices }: PackingInstance): number {
  const largest = prices.reduce((most, price) => Math.max(most, price), 0);
  return largest > 0 ? 20 * largest : 1;
}
