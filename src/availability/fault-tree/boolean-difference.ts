import type { Diagram } from "./diagram.ts";
import { ONE, TERMINAL_LEVEL, ZERO } from "./node-table.ts";
import { nodeProbabilities } from "./probability.ts";
import type { CompiledTree } from "./solver.ts";

/** Pairs of nodes that one tree may take: counts, never time. */
const PAIR_LIMIT = 4_000_000;

/**
 * Probability that each basic event decides the top event: P(f with it happened differs from f without). In a coherent
 * tree that is the Birnbaum importance; with negations the importance has a sign and two effects may cancel in it, which
 * is wrong for frequencies. By index of basic event; undefined when a module did not compile or is too large for this.
 * @param probabilities by index of basic event
 */
export function decisionProbabilities(
  { trivial, modules }: CompiledTree,
  probabilities: ArrayLike<number>,
): ReadonlyMap<number, number> | undefined {
  if (trivial !== undefined) return "event" in trivial ? new Map([[trivial.event, 1]]) : new Map();
  const values = new Float64Array(modules.length);
  const ofLeaves: Float64Array[] = [];
  for (const [index, { diagram, leaves }] of modules.entries()) {
    if (diagram === undefined) return undefined;
    const q = leaves.map((leaf) => ("event" in leaf ? probabilities[leaf.event] : values[leaf.module]) ?? 0);
    const nodes = nodeProbabilities(diagram, q);
    values[index] = nodes[diagram.root] ?? 0;
    const decided = leafDecisions(diagram, q, nodes);
    if (decided === undefined) return undefined;
    ofLeaves.push(decided);
  }
  const reach = new Float64Array(modules.length);
  reach[modules.length - 1] = 1;
  const result = new Map<number, number>();
  for (const [index, { leaves }] of [...modules.entries()].reverse()) {
    for (const [leafIndex, leaf] of leaves.entries()) {
      // A leaf of one module is a leaf of no other, so nothing is counted twice.
      const decides = (reach[index] ?? 0) * (ofLeaves[index]?.[leafIndex] ?? 0);
      if ("event" in leaf) result.set(leaf.event, decides);
      else reach[leaf.module] = decides;
    }
  }
  return result;
}

/** Nodes of one level are reached by disjoint paths; a path that passes the level by is not decided by its leaf. */
function leafDecisions(diagram: Diagram, q: ArrayLike<number>, probabilities: Float64Array): Float64Array | undefined {
  const { levels, highs, lows, size, order, root } = diagram;
  const differences = new PairDifferences(diagram, q, probabilities);
  const decided = new Float64Array(q.length);
  const reach = new Float64Array(size);
  reach[root] = 1;
  for (let node = size - 1; node >= 2; node -= 1) {
    const reached = reach[node] ?? 0;
    if (reached === 0) continue;
    const leaf = order[levels[node] ?? 0] ?? 0;
    const high = highs[node] ?? ZERO;
    const low = lows[node] ?? ZERO;
    decided[leaf] = (decided[leaf] ?? 0) + reached * differences.of(high, low);
    if (differences.exhausted) return undefined;
    reach[high] = (reach[high] ?? 0) + reached * (q[leaf] ?? 0);
    reach[low] = (reach[low] ?? 0) + reached * (1 - (q[leaf] ?? 0));
  }
  return decided;
}

/** P(left differs from right) for nodes of one diagram, each pair once. */
class PairDifferences {
  exhausted = false;
  readonly #diagram: Diagram;
  readonly #q: ArrayLike<number>;
  readonly #probabilities: Float64Array;
  readonly #known = new Map<number, number>();

  constructor(diagram: Diagram, q: ArrayLike<number>, probabilities: Float64Array) {
    this.#diagram = diagram;
    this.#q = q;
    this.#probabilities = probabilities;
  }

  of(left: number, right: number): number {
    if (left === right) return 0;
    const [first, second] = left < right ? [left, right] : [right, left];
    if (first === ZERO) return this.#probabilities[second] ?? 0;
    if (first === ONE) return 1 - (this.#probabilities[second] ?? 0);
    const key = first * this.#diagram.size + second;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size >= PAIR_LIMIT) this.exhausted = true;
    if (this.exhausted) return 0;
    const level = Math.min(this.#level(first), this.#level(second));
    const q = this.#q[this.#diagram.order[level] ?? 0] ?? 0;
    const high = this.of(this.#child(first, level, "highs"), this.#child(second, level, "highs"));
    const low = this.of(this.#child(first, level, "lows"), this.#child(second, level, "lows"));
    const result = q * high + (1 - q) * low;
    this.#known.set(key, result);
    return result;
  }

  #level(node: number): number {
    return this.#diagram.levels[node] ?? TERMINAL_LEVEL;
  }

  #child(node: number, level: number, side: "highs" | "lows"): number {
    return this.#level(node) === level ? (this.#diagram[side][node] ?? ZERO) : node;
  }
}
