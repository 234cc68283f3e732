import type { FaultTree, NodeId } from "./fault-tree.ts";

/** What is known of nodes with several parents: a bit each for those that happen, then one each for those that do not. */
export type Facts = Uint32Array;

/** Bits of a word. */
const WORD = 32;

/** Words that the bit sets of one tree may take. */
const MAXIMUM_WORDS = 4_000_000;

/** Which shared nodes lie below each gate of a tree, and what a gate that is known to happen, or not to, says of them. */
export class KnownFacts {
  readonly #tree: FaultTree;
  readonly #bits: ReadonlyMap<NodeId, number>;
  readonly #shared: readonly NodeId[];
  readonly #words: number;
  readonly #below = new Map<NodeId, Facts>();
  readonly #implied: readonly [Map<NodeId, Facts>, Map<NodeId, Facts>] = [new Map(), new Map()];

  /** @param gates of the tree, arguments before gates */
  private constructor(tree: FaultTree, gates: readonly NodeId[], shared: readonly NodeId[], words: number) {
    this.#tree = tree;
    this.#bits = new Map(shared.map((node, bit) => [node, bit]));
    this.#shared = shared;
    this.#words = words;
    for (const node of gates) this.#below.set(node, this.#belowGate(node));
  }

  /** Undefined where no node has several parents, and where the tree is too large for this. */
  static of(tree: FaultTree, gates: readonly NodeId[]): KnownFacts | undefined {
    const shared = nodesWithSeveralParents(tree, gates);
    const words = Math.ceil(shared.length / WORD);
    if (words === 0 || words * gates.length > MAXIMUM_WORDS) return undefined;
    return new KnownFacts(tree, gates, shared, words);
  }

  none(): Facts {
    return new Uint32Array(2 * this.#words);
  }

  /** Adds that `node` happens, or that it does not, with all that follows for what lies below it. */
  add(facts: Facts, node: NodeId, happens: boolean): void {
    const implied = this.#impliedBy(node, happens);
    for (let word = 0; word < facts.length; word += 1) facts[word] = (facts[word] ?? 0) | (implied[word] ?? 0);
  }

  /**
   * Nodes that decide a gate alone: below an AND those that make each of its arguments happen, below an OR those without
   * which none does. Only the highest: not what lies below another of them. `facts`: what is known already.
   */
  deciding(node: NodeId, facts: Facts): readonly NodeId[] {
    const gate = this.#tree.gate(node);
    if (gate?.type !== "and" && gate?.type !== "or") return [];
    const happens = gate.type === "or";
    const found = this.#impliedBy(node, happens);
    const nodes: NodeId[] = [];
    const offset = happens ? 0 : this.#words;
    for (let word = 0; word < this.#words; word += 1) {
      const bits = (found[word + offset] ?? 0) & ~(facts[word] ?? 0) & ~(facts[word + this.#words] ?? 0);
      if (bits === 0) continue;
      for (let bit = 0; bit < WORD; bit += 1) {
        const each = ((bits >>> bit) & 1) === 1 ? this.#shared[word * WORD + bit] : undefined;
        if (each !== undefined && each !== node) nodes.push(each);
      }
    }
    const ascending = nodes.sort((left, right) => right - left);
    const covered = this.none();
    return ascending.filter((each) => {
      if (this.stateOf(covered, each) !== undefined) return false;
      this.add(covered, each, happens);
      return true;
    });
  }

  /** Whether `node` happens, where that is known. */
  stateOf(facts: Facts, node: NodeId): boolean | undefined {
    const bit = this.#bits.get(node);
    if (bit === undefined) return undefined;
    if (hasBit(facts, bit)) return true;
    return hasBit(facts, bit + WORD * this.#words) ? false : undefined;
  }

  /** Only those facts that are about nodes below a gate; equal ones have equal keys. */
  restrict(facts: Facts, node: NodeId): { readonly facts: Facts; readonly key: string } {
    const below = this.#below.get(node);
    const restricted = this.none();
    let key = String(node);
    for (let word = 0; word < facts.length; word += 1) {
      const kept = (facts[word] ?? 0) & (below?.[word] ?? 0);
      if (kept === 0) continue;
      restricted[word] = kept;
      key += `,${word}:${kept}`;
    }
    return { facts: restricted, key };
  }

  #belowGate(node: NodeId): Facts {
    const below = this.none();
    for (const argument of this.#tree.gate(node)?.arguments ?? []) {
      unite(below, this.#below.get(argument));
      const bit = this.#bits.get(argument);
      if (bit === undefined) continue;
      setBit(below, bit);
      setBit(below, bit + WORD * this.#words);
    }
    return below;
  }

  /**
   * An AND that happens says so of its arguments, and each argument of what lies below it; an AND that does not happen
   * says only what every one of its arguments would. An OR the other way round. Undefined for constants.
   */
  #impliedBy(top: NodeId, holds: boolean): Facts {
    const open: { readonly node: NodeId; readonly happens: boolean }[] = [{ node: top, happens: holds }];
    for (let item = open.at(-1); item !== undefined; item = open.at(-1)) {
      const { node, happens } = item;
      const known = this.#implied[happens ? 1 : 0];
      const gate = this.#tree.gate(node);
      const state = gate?.type === "not" ? !happens : happens;
      const below = gate === undefined || gate.type === "atLeast" ? [] : gate.arguments;
      const missing = known.has(node) ? undefined : below.find((each) => !this.#implied[state ? 1 : 0].has(each));
      if (missing !== undefined) {
        open.push({ node: missing, happens: state });
        continue;
      }
      open.pop();
      if (known.has(node)) continue;
      const ofArguments = below.map((each) => this.#implied[state ? 1 : 0].get(each) ?? this.none());
      const facts = gate?.type === (happens ? "or" : "and") ? this.#common(ofArguments) : this.#united(ofArguments);
      const bit = this.#bits.get(node);
      if (bit !== undefined) setBit(facts, happens ? bit : bit + WORD * this.#words);
      known.set(node, facts);
    }
    return this.#implied[holds ? 1 : 0].get(top) ?? this.none();
  }

  #united(sets: readonly Facts[]): Facts {
    const facts = this.none();
    for (const set of sets) {
      for (let word = 0; word < facts.length; word += 1) facts[word] = (facts[word] ?? 0) | (set[word] ?? 0);
    }
    return facts;
  }

  #common(sets: readonly Facts[]): Facts {
    const facts = this.none().fill(sets.length === 0 ? 0 : -1);
    for (const set of sets) {
      for (let word = 0; word < facts.length; word += 1) facts[word] = (facts[word] ?? 0) & (set[word] ?? 0);
    }
    return facts;
  }
}

function nodesWithSeveralParents(tree: FaultTree, gates: readonly NodeId[]): readonly NodeId[] {
  const seen = new Set<NodeId>();
  const shared = new Set<NodeId>();
  for (const node of gates) {
    for (const argument of tree.gate(node)?.arguments ?? []) {
      if (seen.has(argument)) shared.add(argument);
      seen.add(argument);
    }
  }
  return [...shared];
}

function unite(into: Facts, others: Facts | undefined): void {
  if (others === undefined) return;
  for (let word = 0; word < into.length; word += 1) into[word] = (into[word] ?? 0) | (others[word] ?? 0);
}

function setBit(facts: Facts, bit: number): void {
  const word = Math.floor(bit / WORD);
  facts[word] = (facts[word] ?? 0) | (1 << (bit % WORD));
}

function hasBit(facts: Facts, bit: number): boolean {
  return (((facts[Math.floor(bit / WORD)] ?? 0) >>> (bit % WORD)) & 1) === 1;
}
