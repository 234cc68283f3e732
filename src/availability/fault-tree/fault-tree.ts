/** A node of a fault tree: the constants below, a basic event or a gate. */
export type NodeId = number;

/** Never happens. */
export const FALSE: NodeId = 0;
/** Always happens. */
export const TRUE: NodeId = 1;

/**
 * `atLeast`: the weights of the arguments that happen add up to `minimum` or more (k-of-n when all weights are 1).
 * `not`: its one argument does not happen; a tree without any is coherent.
 */
export type GateType = "and" | "or" | "atLeast" | "not";

export interface Gate {
  readonly type: GateType;
  readonly arguments: readonly NodeId[];
  /** Only read for `atLeast`. */
  readonly minimum: number;
  /** One positive integer an argument; undefined: all 1. Only read for `atLeast`. */
  readonly weights: readonly number[] | undefined;
}

/**
 * A fault tree as a shared, directed acyclic graph. Equal gates are one node (structural hashing), constants
 * and repeated arguments are folded while building, and a gate's arguments always exist before the gate, so that
 * ascending ids are a topological order.
 */
export class FaultTree {
  /** Gate of each node; undefined for constants and basic events. */
  readonly #gates: (Gate | undefined)[] = [undefined, undefined];
  /** Index of the basic event at each node, -1 for gates and constants. */
  readonly #eventIndices: number[] = [-1, -1];
  readonly #eventNodes: NodeId[] = [];
  readonly #gatesByKey = new Map<string, NodeId>();

  /** Number of nodes, constants included. */
  get size(): number {
    return this.#gates.length;
  }

  get eventCount(): number {
    return this.#eventNodes.length;
  }

  /** A new basic event; its index counts up from 0. */
  event(): NodeId {
    const node = this.#gates.length;
    this.#gates.push(undefined);
    this.#eventIndices.push(this.#eventNodes.length);
    this.#eventNodes.push(node);
    return node;
  }

  gate(node: NodeId): Gate | undefined {
    return this.#gates[node];
  }

  /** Index of a basic event, or -1 when the node is none. */
  eventIndex(node: NodeId): number {
    return this.#eventIndices[node] ?? -1;
  }

  eventNode(index: number): NodeId {
    return this.#eventNodes[index] ?? FALSE;
  }

  and(nodes: readonly NodeId[]): NodeId {
    return this.#connect("and", nodes, FALSE, TRUE);
  }

  or(nodes: readonly NodeId[]): NodeId {
    return this.#connect("or", nodes, TRUE, FALSE);
  }

  not(node: NodeId): NodeId {
    if (node === TRUE) return FALSE;
    if (node === FALSE) return TRUE;
    const gate = this.#gates[node];
    if (gate?.type === "not") return gate.arguments[0] ?? FALSE;
    return this.#intern({ type: "not", arguments: [node], minimum: 0, weights: undefined });
  }

  /** Exactly one of two happens. */
  xor(left: NodeId, right: NodeId): NodeId {
    return this.or([this.and([left, this.not(right)]), this.and([this.not(left), right])]);
  }

  /**
   * Happens when the weights of the happening arguments reach `minimum`. An argument may stand more than once and then
   * counts each time.
   */
  atLeast(minimum: number, nodes: readonly NodeId[], weights?: readonly number[]): NodeId {
    const open: { node: NodeId; weight: number }[] = [];
    let needed = minimum;
    for (const [index, node] of nodes.entries()) {
      const weight = weights?.[index] ?? 1;
      if (node === TRUE) needed -= weight;
      else if (node !== FALSE && weight > 0) open.push({ node, weight });
    }
    if (needed <= 0) return TRUE;
    const total = open.reduce((sum, { weight }) => sum + weight, 0);
    if (total < needed) return FALSE;
    const members = open.map(({ node }) => node);
    if (open.every(({ weight }) => weight >= needed)) return this.or(members);
    if (open.every(({ weight }) => total - weight < needed)) return this.and(members);
    open.sort((left, right) => left.node - right.node || left.weight - right.weight);
    return this.#intern({
      type: "atLeast",
      arguments: open.map(({ node }) => node),
      minimum: needed,
      weights: open.every(({ weight }) => weight === 1) ? undefined : open.map(({ weight }) => weight),
    });
  }

  /** Folds constants and repetitions; `absorbing` decides the gate alone, `neutral` says nothing. */
  #connect(type: "and" | "or", nodes: readonly NodeId[], absorbing: NodeId, neutral: NodeId): NodeId {
    const kept = new Set<NodeId>();
    for (const node of nodes) {
      if (node === absorbing) return absorbing;
      if (node !== neutral) kept.add(node);
    }
    for (const node of kept) {
      const gate = this.#gates[node];
      if (gate?.type === "not" && kept.has(gate.arguments[0] ?? FALSE)) return absorbing;
    }
    const [only] = kept;
    if (only === undefined) return neutral;
    if (kept.size === 1) return only;
    const sorted = [...kept].sort((left, right) => left - right);
    return this.#intern({ type, arguments: sorted, minimum: 0, weights: undefined });
  }

  #intern(gate: Gate): NodeId {
    const key = `${gate.type}${gate.minimum}:${gate.arguments.join()}${gate.weights === undefined ? "" : `*${gate.weights.join()}`}`;
    const known = this.#gatesByKey.get(key);
    if (known !== undefined) return known;
    const node = this.#gates.length;
    this.#gates.push(gate);
    this.#eventIndices.push(-1);
    this.#gatesByKey.set(key, node);
    return node;
  }
}
