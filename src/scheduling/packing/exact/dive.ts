import { fillNodesInTurn } from "../heuristics/fill-nodes-in-turn.ts";
import type { FilledNode, NodeFiller } from "../heuristics/node-filler.ts";
import { isBetter, type Solution, solutionOf } from "../heuristics/solution.ts";
import type { Pattern } from "../packing-instance.ts";
import type { ColumnGenerator } from "./column-generation.ts";
import { roundUp } from "./dual-bound.ts";
import type { PricingMethod } from "./price-patterns.ts";
import type { RestrictedMaster } from "./restricted-master.ts";

export interface DiveOptions {
  readonly priceStep: number;
  /** The dive ends when a plan is this cheap. */
  readonly target: number;
  readonly pricing: readonly PricingMethod[];
  readonly roundsPerLevel: number;
  /** With fewer nodes than this left to choose, the rest is solved in whole nodes. */
  readonly tailNodes: number;
  /** Branch-and-bound nodes for the tail. */
  readonly tailEffort: number;
  /** Fixes the patterns with so large a fraction of a node besides the whole ones; 1: only the largest. */
  readonly roundFrom: number;
  readonly onLevel: (price: number) => "continue" | "stop";
}

/** What is fixed already, and what is left. */
interface DiveState {
  readonly fixed: FilledNode[];
  readonly demand: Int32Array;
  readonly nodesLeft: Float64Array;
  price: number;
}

/**
 * Follows the relaxation down to a plan in whole nodes: fixes what it takes wholly, then what it takes most of, generates
 * patterns for the rest, and so on; the last nodes are chosen by branch and bound over the patterns known. At every level the
 * rest is also packed greedily. Returns the best plan met, `start` when none is better.
 */
export function dive(
  filler: NodeFiller,
  master: RestrictedMaster,
  generator: ColumnGenerator,
  start: Solution,
  options: DiveOptions,
): Solution {
  const { instance } = filler;
  const state: DiveState = { fixed: [], demand: instance.demand.slice(), nodesLeft: instance.limits.slice(), price: 0 };
  let best = start;
  const offer = (nodes: readonly FilledNode[]): void => {
    const solution = solutionOf(instance, [...state.fixed, ...nodes]);
    if (isBetter(solution, best)) best = solution;
  };
  while (state.demand.some((pods) => pods > 0)) {
    if (options.onLevel(best.price) === "stop" || (best.unplacedPods === 0 && best.price <= options.target)) break;
    const { solution } = generator.generate(state, {
      pricing: options.pricing,
      maximumRounds: options.roundsPerLevel,
      priceStep: options.priceStep,
      tolerance: 0,
      onRound: () => "continue",
    });
    if (solution === undefined) break;
    const hopeless = state.price + roundUp(solution.objective, options.priceStep) >= best.price;
    if (hopeless && best.unplacedPods === 0) break;
    offer(greedily(filler, state));
    const nodesToChoose = solution.nodes.reduce((sum, count) => sum + count, 0);
    if (nodesToChoose <= options.tailNodes) {
      offer(chooseTail(filler, master, state, options.tailEffort));
      if (best.unplacedPods === 0 && best.price <= options.target) break;
    }
    if (!fixPatterns(filler, state, master.patterns, solution.nodes, options.roundFrom)) break;
  }
  if (!state.demand.some((pods) => pods > 0)) offer([]);
  return best;
}

function greedily(filler: NodeFiller, { demand, nodesLeft }: DiveState): readonly FilledNode[] {
  const stock = demand.slice();
  const candidates = shapesIn(stock);
  const choice = { rule: "dotProduct", weights: filler.weights } as const;
  return fillNodesInTurn(filler, stock, candidates, nodesLeft.slice(), choice) ?? [];
}

function chooseTail(
  filler: NodeFiller,
  master: RestrictedMaster,
  { demand, nodesLeft }: DiveState,
  effort: number,
): readonly FilledNode[] {
  const serves = ({ shapes }: Pattern): boolean => shapes.some((shape) => (demand[shape] ?? 0) > 0);
  const { nodes } = master.solveInteger(serves, effort);
  return nodes === undefined ? [] : nodesOf(filler, master.patterns, nodes, demand.slice(), nodesLeft.slice());
}

/** The nodes of whole patterns, each with no more than what is left of the stock. */
export function nodesOf(
  filler: NodeFiller,
  patterns: readonly Pattern[],
  counts: ReadonlyMap<number, number>,
  stock: Int32Array,
  nodesLeft: Float64Array,
): readonly FilledNode[] {
  const nodes: FilledNode[] = [];
  for (const [index, count] of counts) {
    const pattern = patterns[index];
    if (pattern !== undefined) nodes.push(...takeCopies(filler, pattern, count, stock, nodesLeft));
  }
  return nodes;
}

/** Up to so many nodes of a pattern, trimmed to what the stock holds; takes pods and nodes away. */
function takeCopies(
  filler: NodeFiller,
  pattern: Pattern,
  count: number,
  stock: Int32Array,
  nodesLeft: Float64Array,
): readonly FilledNode[] {
  const nodes: FilledNode[] = [];
  for (let copy = 0; copy < count && (nodesLeft[pattern.nodeType] ?? 0) >= 1; copy += 1) {
    const node = filler.trimmed(pattern, stock);
    if (node === undefined) break;
    nodes.push(node);
    nodesLeft[pattern.nodeType] = (nodesLeft[pattern.nodeType] ?? 0) - 1;
    for (const [position, shape] of node.shapes.entries()) {
      stock[shape] = (stock[shape] ?? 0) - (node.counts[position] ?? 0);
    }
  }
  return nodes;
}

/** Fixes what the relaxation takes wholly, or else what it takes most of; false when there is nothing to fix. */
function fixPatterns(
  filler: NodeFiller,
  state: DiveState,
  patterns: readonly Pattern[],
  nodes: Float64Array,
  roundFrom: number,
): boolean {
  const before = state.fixed.length;
  const taken = [...nodes.entries()].filter(([, count]) => count > 1e-6).sort(([, left], [, right]) => right - left);
  const fix = (index: number, count: number): void => {
    const pattern = patterns[index];
    if (pattern === undefined) return;
    for (const node of takeCopies(filler, pattern, count, state.demand, state.nodesLeft)) {
      state.fixed.push(node);
      state.price += filler.instance.prices[node.nodeType] ?? 0;
    }
  };
  for (const [index, count] of taken) {
    const whole = Math.floor(count + 1 - roundFrom + 1e-6);
    if (whole > 0) fix(index, whole);
  }
  for (const [index] of taken) {
    if (state.fixed.length > before) break;
    fix(index, 1);
  }
  return state.fixed.length > before;
}

function shapesIn(stock: Int32Array): readonly number[] {
  return [...stock.keys()].filter((shape) => (stock[shape] ?? 0) > 0);
}
