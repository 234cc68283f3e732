import { NodeTable, ONE, OperationCache, TERMINAL_LEVEL, ZERO } from "./node-table.ts";

/**
 * Reduced, ordered binary decision diagrams without complement edges, which would turn small probabilities into
 * differences of numbers near 1. Levels count from 0 at the top.
 */
export class Bdd {
  readonly nodes: NodeTable;
  readonly #andCache = new OperationCache();
  readonly #orCache = new OperationCache();
  readonly #notCache = new OperationCache();

  /** `limit`: number of nodes after which the diagram counts as too large. */
  constructor(limit: number) {
    this.nodes = new NodeTable(limit);
  }

  variable(level: number): number {
    return this.nodes.unique(level, ONE, ZERO);
  }

  /** If `level` then `high` else `low`; both must lie below `level`. */
  node(level: number, high: number, low: number): number {
    return high === low ? high : this.nodes.unique(level, high, low);
  }

  and(left: number, right: number): number {
    // Also the calls that are still open must end at once: without new nodes nothing is cached any more.
    if (this.nodes.exhausted) return ZERO;
    if (left === right || right === ONE) return left;
    if (left === ZERO || right === ZERO) return ZERO;
    if (left === ONE) return right;
    const [first, second] = left < right ? [left, right] : [right, left];
    const cached = this.#andCache.get(first, second);
    if (cached >= 0) return cached;
    const level = Math.min(this.nodes.level(first), this.nodes.level(second));
    const high = this.and(this.#high(first, level), this.#high(second, level));
    const low = this.and(this.#low(first, level), this.#low(second, level));
    if (this.nodes.exhausted) return ZERO;
    const result = this.node(level, high, low);
    this.#andCache.set(first, second, result);
    return result;
  }

  or(left: number, right: number): number {
    if (this.nodes.exhausted) return ZERO;
    if (left === right || right === ZERO) return left;
    if (left === ONE || right === ONE) return ONE;
    if (left === ZERO) return right;
    const [first, second] = left < right ? [left, right] : [right, left];
    const cached = this.#orCache.get(first, second);
    if (cached >= 0) return cached;
    const level = Math.min(this.nodes.level(first), this.nodes.level(second));
    const high = this.or(this.#high(first, level), this.#high(second, level));
    const low = this.or(this.#low(first, level), this.#low(second, level));
    if (this.nodes.exhausted) return ZERO;
    const result = this.node(level, high, low);
    this.#orCache.set(first, second, result);
    return result;
  }

  not(node: number): number {
    if (this.nodes.exhausted || node === ONE) return ZERO;
    if (node === ZERO) return ONE;
    const cached = this.#notCache.get(node, node);
    if (cached >= 0) return cached;
    const high = this.not(this.nodes.high(node));
    const low = this.not(this.nodes.low(node));
    if (this.nodes.exhausted) return ZERO;
    const result = this.node(this.nodes.level(node), high, low);
    this.#notCache.set(node, node, result);
    return result;
  }

  /**
   * The weights of the arguments that hold reach `minimum`: T(i, j) = x_i and T(i+1, j - w_i) or T(i+1, j), built from
   * the last argument back; T(i+1, j) implies T(i+1, j - w_i), so no negation is needed. Never enumerates combinations.
   */
  atLeast(minimum: number, nodes: readonly number[], weights: readonly number[] | undefined): number {
    let row = new Int32Array(minimum + 1).fill(ZERO);
    row[0] = ONE;
    for (let index = nodes.length - 1; index >= 0; index -= 1) {
      const weight = weights?.[index] ?? 1;
      const next = new Int32Array(minimum + 1);
      next[0] = ONE;
      for (let needed = 1; needed <= minimum; needed += 1) {
        const taken = row[Math.max(0, needed - weight)] ?? ZERO;
        next[needed] = this.#choose(nodes[index] ?? ZERO, taken, row[needed] ?? ZERO);
        if (this.nodes.exhausted) return ZERO;
      }
      row = next;
    }
    return row[minimum] ?? ZERO;
  }

  /** If `condition` then `taken` else `skipped`, where `skipped` implies `taken`. */
  #choose(condition: number, taken: number, skipped: number): number {
    if (taken === skipped) return taken;
    const level = this.nodes.level(condition);
    const isVariable = this.nodes.high(condition) === ONE && this.nodes.low(condition) === ZERO;
    if (
      isVariable &&
      level !== TERMINAL_LEVEL &&
      level < this.nodes.level(taken) &&
      level < this.nodes.level(skipped)
    ) {
      return this.node(level, taken, skipped);
    }
    return this.or(this.and(condition, taken), skipped);
  }

  #high(node: number, level: number): number {
    return this.nodes.level(node) === level ? this.nodes.high(node) : node;
  }

  #low(node: number, level: number): number {
    return this.nodes.level(node) === level ? this.nodes.low(node) : node;
  }
}
