import type { Diagram } from "./diagram.ts";
import { extractDiagram } from "./diagram.ts";
import { NodeTable, ONE, OperationCache, ZERO } from "./node-table.ts";

/**
 * The minimal cut sets of a coherent decision diagram as a zero-suppressed diagram over the same levels: a path to ONE
 * is a set, holding the leaves at which it goes high. Undefined when more than `limit` nodes are needed.
 * Source: A. Rauzy, New algorithms for fault trees analysis, Reliability Engineering and System Safety 40 (1993).
 */
export function minimalCutSets(diagram: Diagram, limit: number): Diagram | undefined {
  const builder = new SetBuilder(limit);
  const solutions = new Int32Array(diagram.size);
  solutions[ONE] = ONE;
  for (let node = 2; node < diagram.size; node += 1) {
    const low = solutions[diagram.lows[node] ?? ZERO] ?? ZERO;
    const high = builder.without(solutions[diagram.highs[node] ?? ZERO] ?? ZERO, low);
    solutions[node] = builder.node(diagram.levels[node] ?? 0, high, low);
    if (builder.nodes.exhausted) return undefined;
  }
  return extractDiagram(builder.nodes, solutions[diagram.root] ?? ZERO, diagram.order);
}

class SetBuilder {
  readonly nodes: NodeTable;
  readonly #cache = new OperationCache();

  constructor(limit: number) {
    this.nodes = new NodeTable(limit);
  }

  node(level: number, high: number, low: number): number {
    return high === ZERO ? low : this.nodes.unique(level, high, low);
  }

  /** The sets of `sets` that contain no set of `others`. */
  without(sets: number, others: number): number {
    if (this.nodes.exhausted || sets === ZERO || others === ONE || sets === others) return ZERO;
    if (others === ZERO) return sets;
    if (sets === ONE) return this.#hasEmptySet(others) ? ZERO : ONE;
    const cached = this.#cache.get(sets, others);
    if (cached >= 0) return cached;
    const result = this.#difference(sets, others);
    if (!this.nodes.exhausted) this.#cache.set(sets, others, result);
    return result;
  }

  #difference(sets: number, others: number): number {
    const { nodes } = this;
    const level = nodes.level(sets);
    const otherLevel = nodes.level(others);
    if (level > otherLevel) return this.without(sets, nodes.low(others));
    if (level < otherLevel) {
      const high = this.without(nodes.high(sets), others);
      const low = this.without(nodes.low(sets), others);
      return nodes.exhausted ? ZERO : this.node(level, high, low);
    }
    const kept = this.without(nodes.high(sets), nodes.high(others));
    const high = this.without(kept, nodes.low(others));
    const low = this.without(nodes.low(sets), nodes.low(others));
    return nodes.exhausted ? ZERO : this.node(level, high, low);
  }

  #hasEmptySet(sets: number): boolean {
    let node = sets;
    while (node > ONE) node = this.nodes.low(node);
    return node === ONE;
  }
}
