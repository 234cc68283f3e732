import { type FaultTree, type Gate, type NodeId, TRUE } from "../fault-tree/fault-tree.ts";

/**
 * A fault tree that follows its leaves: each gate counts the arguments that hold, and a leaf that turns is passed on only
 * as far as gates turn with it. Leaves are the basic events, and the gates that are told to be.
 */
export class StructureFunction {
  readonly #indices = new Map<NodeId, number>();
  readonly #leaves = new Set<NodeId>();
  readonly #state: Uint8Array;
  /** Weight of the arguments that hold, by index. */
  readonly #held: Int32Array;
  /** Weight that a gate needs; a negation needs that nothing holds. */
  readonly #needed: Int32Array;
  readonly #negates: Uint8Array;
  /** Pairs of parent and weight, by index. */
  readonly #parents: readonly number[][];
  readonly #constant: boolean | undefined;

  /** @param roots nodes whose state will be asked for */
  constructor(tree: FaultTree, roots: readonly NodeId[], isLeaf: (node: NodeId) => boolean) {
    const order = this.#collect(tree, roots, isLeaf);
    this.#state = new Uint8Array(order.length);
    this.#held = new Int32Array(order.length);
    this.#needed = new Int32Array(order.length);
    this.#negates = new Uint8Array(order.length);
    this.#parents = order.map(() => []);
    const [root] = roots;
    this.#constant = roots.length === 1 && root !== undefined && root <= TRUE ? root === TRUE : undefined;
    for (const [index, node] of order.entries()) {
      const gate = tree.gate(node);
      if (gate !== undefined && !this.#leaves.has(node)) this.#connect(index, gate);
    }
  }

  has(node: NodeId): boolean {
    return this.#leaves.has(node);
  }

  holds(node: NodeId): boolean {
    if (this.#constant !== undefined) return this.#constant;
    return this.#state[this.#indices.get(node) ?? -1] === 1;
  }

  /** Sets a leaf; leaves that no root reaches are ignored. */
  set(leaf: NodeId, holds: boolean): void {
    const index = this.#indices.get(leaf);
    if (index !== undefined) this.#turn(index, holds);
  }

  /** Arguments before gates. */
  #collect(tree: FaultTree, roots: readonly NodeId[], isLeaf: (node: NodeId) => boolean): readonly NodeId[] {
    const order: NodeId[] = [];
    const open = roots.filter((root) => root > TRUE).map((node) => ({ node, entered: false }));
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      const { node, entered } = step;
      if (this.#indices.has(node)) continue;
      const gate = tree.gate(node);
      const leaf = gate === undefined || isLeaf(node);
      if (leaf || entered) {
        this.#indices.set(node, order.length);
        order.push(node);
        if (leaf) this.#leaves.add(node);
      } else {
        open.push({ node, entered: true });
        for (const argument of gate.arguments) open.push({ node: argument, entered: false });
      }
    }
    return order;
  }

  #connect(index: number, { type, minimum, weights, arguments: nodes }: Gate): void {
    const total = nodes.length;
    this.#needed[index] = type === "and" ? total : type === "or" ? 1 : type === "not" ? 1 : minimum;
    this.#negates[index] = type === "not" ? 1 : 0;
    for (const [position, node] of nodes.entries()) {
      const child = this.#indices.get(node) ?? 0;
      const weight = weights?.[position] ?? 1;
      this.#parents[child]?.push(index, weight);
      if (this.#state[child] === 1) this.#held[index] = (this.#held[index] ?? 0) + weight;
    }
    this.#state[index] = this.#decides(index) ? 1 : 0;
  }

  #decides(index: number): boolean {
    const reached = (this.#held[index] ?? 0) >= (this.#needed[index] ?? 0);
    return reached !== (this.#negates[index] === 1);
  }

  #turn(first: number, holds: boolean): void {
    if ((this.#state[first] === 1) === holds) return;
    this.#state[first] = holds ? 1 : 0;
    const open = [first];
    const signs = [holds ? 1 : -1];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      const sign = signs.pop() ?? 0;
      const parents = this.#parents[node] ?? [];
      for (let position = 0; position < parents.length; position += 2) {
        const parent = parents[position] ?? 0;
        this.#held[parent] = (this.#held[parent] ?? 0) + sign * (parents[position + 1] ?? 0);
        const decided = this.#decides(parent) ? 1 : 0;
        if (decided === this.#state[parent]) continue;
        this.#state[parent] = decided;
        open.push(parent);
        signs.push(decided === 1 ? 1 : -1);
      }
    }
  }
}
