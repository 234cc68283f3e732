import { fillNodesInTurn } from "./fill-nodes-in-turn.ts";
import type { FillChoice, FilledNode, NodeFiller } from "./node-filler.ts";
import type { SeededRandom } from "./seeded-random.ts";
import { type Solution, solutionOf } from "./solution.ts";

export interface ImprovementOptions {
  readonly random: SeededRandom;
  /** Most comparisons of a pod with a node: the measure of effort, so that runs repeat. */
  readonly comparisons: number;
  /** The search ends when a plan is this cheap and leaves no pod out. */
  readonly target: number;
  /** Called from time to time with the share of the effort spent and the price so far; the search ends when it says so. */
  readonly onStep: (share: number, price: number) => "continue" | "stop";
}

const mostRuined = 6;
/** Most that the gathering may get worse by one step, at the start of the search. */
const largestThreshold = 0.02;
const stepsBetweenReports = 256;

/**
 * Takes some nodes apart, packs their pods anew in a random order of preference, and keeps the outcome when it is cheaper,
 * or as cheap with the content gathered on fewer nodes (which is what lets a node fall away later). Slightly worse
 * gatherings are accepted early on (threshold accepting; Dueck and Scheuer, 1990).
 */
export function ruinAndRecreate(filler: NodeFiller, start: Solution, options: ImprovementOptions): Solution {
  const state = startOf(filler, start);
  const begin = filler.comparisons;
  let best = start;
  for (let step = 0; state.nodes.length > 0; step += 1) {
    const share = options.comparisons > 0 ? (filler.comparisons - begin) / options.comparisons : 1;
    if (share >= 1 || (best.unplacedPods === 0 && best.price <= options.target)) break;
    if (step % stepsBetweenReports === 0 && options.onStep(share, best.price) === "stop") break;
    // A step that compares nothing would never use up the effort.
    filler.comparisons += 1;
    improve(state, options.random, largestThreshold * (1 - share));
    if (
      state.unplacedPods < best.unplacedPods ||
      (state.unplacedPods === best.unplacedPods && state.price < best.price)
    ) {
      best = solutionOf(filler.instance, [...state.nodes]);
    }
  }
  return best;
}

/** The plan that is being changed. */
interface SearchState {
  readonly filler: NodeFiller;
  readonly nodes: FilledNode[];
  readonly nodesLeft: Float64Array;
  readonly unplaced: Int32Array;
  unplacedPods: number;
  price: number;
  /** Working arrays, by shape. */
  readonly stock: Int32Array;
  readonly bias: Float64Array;
}

function startOf(filler: NodeFiller, { nodes, unplaced, unplacedPods, price }: Solution): SearchState {
  const { limits, shapes } = filler.instance;
  const nodesLeft = limits.slice();
  for (const { nodeType } of nodes) nodesLeft[nodeType] = (nodesLeft[nodeType] ?? 0) - 1;
  return {
    filler,
    nodes: [...nodes],
    nodesLeft,
    unplaced: unplaced.slice(),
    unplacedPods,
    price,
    stock: new Int32Array(shapes),
    bias: new Float64Array(shapes),
  };
}

/** One ruin and its recreation, kept or dropped. */
function improve(state: SearchState, random: SeededRandom, threshold: number): void {
  const { filler, nodes, stock, unplacedPods } = state;
  const ruined = chooseRuined(nodes, random);
  const candidates = takeApart(state, ruined);
  const removed = ruined.flatMap((index) => nodes[index] ?? []);
  const before = measure(filler.instance.prices, removed);
  const freed = state.nodesLeft.slice();
  for (const { nodeType } of removed) freed[nodeType] = (freed[nodeType] ?? 0) + 1;
  const budget = unplacedPods > 0 ? Number.POSITIVE_INFINITY : before.price;
  const choice = randomChoice(filler, candidates, state.bias, random);
  const rebuilt = fillNodesInTurn(filler, stock, candidates, freed, choice, budget);
  if (rebuilt !== undefined) {
    const after = measure(filler.instance.prices, rebuilt);
    let left = 0;
    for (const shape of candidates) left += stock[shape] ?? 0;
    const sameOrCheaper =
      after.price < before.price ||
      (after.price === before.price && after.gathering >= before.gathering - threshold * random());
    if (left < unplacedPods || (left === unplacedPods && sameOrCheaper)) {
      for (const shape of candidates) state.unplaced[shape] = stock[shape] ?? 0;
      state.unplacedPods = left;
      state.price += after.price - before.price;
      state.nodesLeft.set(freed);
      replaceNodes(nodes, ruined, rebuilt);
    }
  }
  for (const shape of candidates) stock[shape] = 0;
}

/** Some random nodes, often with the emptiest of a few among them; ascending indices. */
function chooseRuined(nodes: readonly FilledNode[], random: SeededRandom): readonly number[] {
  const count = Math.min(nodes.length, 2 + Math.floor(random() * (mostRuined - 1)));
  const chosen = new Set<number>();
  if (random() < 0.5) {
    let emptiest = Math.floor(random() * nodes.length);
    for (let draw = 0; draw < 8; draw += 1) {
      const index = Math.floor(random() * nodes.length);
      if ((nodes[index]?.fill ?? 1) < (nodes[emptiest]?.fill ?? 1)) emptiest = index;
    }
    chosen.add(emptiest);
  }
  while (chosen.size < count) chosen.add(Math.floor(random() * nodes.length));
  return [...chosen].sort((left, right) => left - right);
}

/** Puts the pods of the nodes, and those without a place, into the stock; says which shapes it then holds. */
function takeApart(
  { nodes, unplaced, unplacedPods, stock }: SearchState,
  ruined: readonly number[],
): readonly number[] {
  const candidates: number[] = [];
  const add = (shape: number, count: number): void => {
    if (count === 0) return;
    if (stock[shape] === 0) candidates.push(shape);
    stock[shape] = (stock[shape] ?? 0) + count;
  };
  if (unplacedPods > 0) {
    for (let shape = 0; shape < unplaced.length; shape += 1) add(shape, unplaced[shape] ?? 0);
  }
  for (const index of ruined) {
    const node = nodes[index];
    if (node === undefined) continue;
    const { shapes, counts } = node;
    for (let position = 0; position < shapes.length; position += 1) add(shapes[position] ?? 0, counts[position] ?? 0);
  }
  return candidates;
}

function measure(
  prices: Float64Array,
  nodes: readonly FilledNode[],
): { readonly price: number; readonly gathering: number } {
  let price = 0;
  let gathering = 0;
  for (const node of nodes) {
    price += prices[node.nodeType] ?? 0;
    gathering += node.fill * node.fill;
  }
  return { price, gathering };
}

function randomChoice(
  filler: NodeFiller,
  candidates: readonly number[],
  bias: Float64Array,
  random: SeededRandom,
): FillChoice {
  const spread = random() * 0.6;
  for (const shape of candidates) bias[shape] = 1 + spread * (random() - 0.5);
  const weights = filler.weights.map((weight) => weight * (0.5 + random()));
  return { rule: random() < 0.5 ? "dotProduct" : "distance", weights, bias };
}

function replaceNodes(nodes: FilledNode[], ruined: readonly number[], rebuilt: readonly FilledNode[]): void {
  for (const [position, index] of ruined.entries()) {
    const node = rebuilt[position];
    if (node !== undefined) nodes[index] = node;
  }
  for (const node of rebuilt.slice(ruined.length)) nodes.push(node);
  for (const index of ruined.slice(rebuilt.length).reverse()) {
    const last = nodes.pop();
    if (last !== undefined && index < nodes.length) nodes[index] = last;
  }
}
