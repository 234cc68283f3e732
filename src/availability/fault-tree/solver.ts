import { BOUNDS_METHOD, boundProbability, type Interval, NON_COHERENT_BOUNDS_METHOD } from "./bounds.ts";
import { compileFormula } from "./compile-formula.ts";
import type { Diagram } from "./diagram.ts";
import { DiagramCache } from "./diagram-cache.ts";
import { type FaultTree, type NodeId, TRUE } from "./fault-tree.ts";
import { extractFormula, type Formula } from "./formula.ts";
import { findModules } from "./modules.ts";
import { preprocess } from "./preprocess.ts";
import { leafDerivatives, nodeProbabilities } from "./probability.ts";
import type { VariableOrder } from "./variable-order.ts";

/** How much work may be spent: counts, never time, so that equal input gives equal output. */
export interface SolverOptions {
  /** Decision diagram nodes allowed for one module; the next limit is tried when no order finishes within the last. */
  readonly nodeLimits: readonly number[];
  /** Linear passes that bounding one module may take when it does not compile. */
  readonly boundEvaluations: number;
  /** False: no preprocessing and no modules, the tree is compiled in one piece (for tests). */
  readonly modules?: boolean;
  readonly orders?: readonly VariableOrder[];
}

export const defaultSolverOptions: SolverOptions = { nodeLimits: [20_000, 200_000, 2_000_000], boundEvaluations: 400 };

/** A leaf of a compiled module. */
type ModuleLeaf = { readonly event: number } | { readonly module: number };

/** A part of the tree that shares nothing with the rest. `diagram` is undefined when it did not compile. */
export interface CompiledModule {
  readonly formula: Formula;
  readonly diagram: Diagram | undefined;
  /** By leaf of the formula: a basic event's index, or the index of another, earlier module. */
  readonly leaves: readonly ModuleLeaf[];
}

/** A top event, ready to be evaluated for any probabilities. */
export interface CompiledTree {
  /** Arguments before the modules that use them; the last is the top event. Empty when `constant` is given. */
  readonly modules: readonly CompiledModule[];
  /** The top event is a constant or a bare event. */
  readonly trivial: { readonly constant: 0 | 1 } | { readonly event: number } | undefined;
}

/** What is known of a top event. */
export type Solution =
  | {
      readonly kind: "exact";
      readonly probability: number;
      /** dP/dq by index of basic event; events without influence are absent. */
      readonly birnbaum: ReadonlyMap<number, number>;
    }
  | { readonly kind: "bounds"; readonly lower: number; readonly upper: number; readonly method: string };

/**
 * Solves top events of one fault tree exactly: preprocessing, modules, a decision diagram a module, one pass up and one
 * down. What does not compile within the limits gets certified bounds. Modules of equal structure are compiled once.
 */
export class FaultTreeSolver {
  readonly #tree: FaultTree;
  readonly #options: SolverOptions;
  readonly #diagrams: DiagramCache;

  /** @param diagrams of solvers with the same options, whose trees have modules of equal structure */
  constructor(
    tree: FaultTree,
    options: SolverOptions = defaultSolverOptions,
    diagrams: DiagramCache = new DiagramCache(),
  ) {
    this.#tree = tree;
    this.#options = options;
    this.#diagrams = diagrams;
  }

  compile(top: NodeId): CompiledTree {
    const withModules = this.#options.modules !== false;
    const root = withModules ? preprocess(this.#tree, top) : top;
    if (this.#tree.gate(root) === undefined) {
      const event = this.#tree.eventIndex(root);
      return { modules: [], trivial: event >= 0 ? { event } : { constant: root === TRUE ? 1 : 0 } };
    }
    const roots = withModules ? findModules(this.#tree, root) : [root];
    const indices = new Map(roots.map((node, index) => [node, index]));
    return { modules: roots.map((node) => this.#compileModule(node, indices)), trivial: undefined };
  }

  /** @param probabilities by index of basic event */
  evaluate(compiled: CompiledTree, probabilities: ArrayLike<number>): Solution {
    const { trivial, modules } = compiled;
    if (trivial !== undefined) return trivialSolution(trivial, probabilities);
    if (modules.some(({ diagram }) => diagram === undefined)) return this.#bound(modules, probabilities);
    const values = new Float64Array(modules.length);
    const passes = modules.map((module, index) => {
      const q = module.leaves.map((leaf) => ("event" in leaf ? probabilities[leaf.event] : values[leaf.module]) ?? 0);
      const diagram = module.diagram as Diagram;
      const nodes = nodeProbabilities(diagram, q);
      values[index] = nodes[diagram.root] ?? 0;
      return { module, diagram, q, nodes };
    });
    const reach = new Float64Array(modules.length);
    reach[modules.length - 1] = 1;
    const birnbaum = new Map<number, number>();
    for (const [index, { module, diagram, q, nodes }] of [...passes.entries()].reverse()) {
      const derivatives = leafDerivatives(diagram, q, nodes);
      for (const [leafIndex, leaf] of module.leaves.entries()) {
        const change = (reach[index] ?? 0) * (derivatives[leafIndex] ?? 0);
        if ("event" in leaf) birnbaum.set(leaf.event, (birnbaum.get(leaf.event) ?? 0) + change);
        else reach[leaf.module] = (reach[leaf.module] ?? 0) + change;
      }
    }
    return { kind: "exact", probability: values.at(-1) ?? 0, birnbaum };
  }

  #compileModule(node: NodeId, indices: ReadonlyMap<NodeId, number>): CompiledModule {
    const formula = extractFormula(this.#tree, node, (other) => indices.has(other));
    const diagram = this.#diagrams.of(formula, () =>
      compileFormula(formula, this.#options.nodeLimits, this.#options.orders),
    );
    const leaves = formula.leaves.map((leaf): ModuleLeaf => {
      const module = indices.get(leaf);
      return module === undefined ? { event: this.#tree.eventIndex(leaf) } : { module };
    });
    return { formula, diagram, leaves };
  }

  /** A coherent module grows with those below it, so the ends of their intervals give its ends. */
  #bound(modules: readonly CompiledModule[], probabilities: ArrayLike<number>): Solution {
    const values: Interval[] = [];
    for (const { diagram, formula, leaves } of modules) {
      const intervals = leaves.map((leaf): Interval => {
        if ("module" in leaf) return values[leaf.module] ?? { lower: 0, upper: 1 };
        return { lower: probabilities[leaf.event] ?? 0, upper: probabilities[leaf.event] ?? 0 };
      });
      const isExact = formula.coherent || intervals.every(({ lower, upper }) => lower === upper);
      if (diagram === undefined || !isExact) {
        values.push(boundProbability(formula, intervals, this.#options.boundEvaluations));
        continue;
      }
      const end = (side: "lower" | "upper") =>
        nodeProbabilities(
          diagram,
          intervals.map((interval) => interval[side]),
        )[diagram.root] ?? 0;
      const ends = [end("lower"), end("upper")] as const;
      values.push({ lower: Math.min(...ends), upper: Math.max(...ends) });
    }
    const { lower, upper } = values.at(-1) ?? { lower: 0, upper: 1 };
    const coherent = modules.every(({ formula }) => formula.coherent);
    return { kind: "bounds", lower, upper, method: coherent ? BOUNDS_METHOD : NON_COHERENT_BOUNDS_METHOD };
  }
}

function trivialSolution(trivial: NonNullable<CompiledTree["trivial"]>, probabilities: ArrayLike<number>): Solution {
  if ("constant" in trivial) return { kind: "exact", probability: trivial.constant, birnbaum: new Map() };
  const probability = probabilities[trivial.event] ?? 0;
  return { kind: "exact", probability, birnbaum: new Map([[trivial.event, 1]]) };
}

/**
 * Expected failures of the top event per hour of time: each basic event's frequency counts as often as its occurrence
 * decides (its Birnbaum importance). Coherent trees only.
 * @param frequencies per hour, by index of basic event
 */
export function topFrequency(birnbaum: ReadonlyMap<number, number>, frequencies: ArrayLike<number>): number {
  let frequency = 0;
  for (const [event, importance] of birnbaum) frequency += importance * (frequencies[event] ?? 0);
  return frequency;
}
