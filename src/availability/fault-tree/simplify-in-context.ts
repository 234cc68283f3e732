import { reachableGates, rebuild } from "./coalesce.ts";
import { FALSE, type FaultTree, type Gate, type NodeId, TRUE } from "./fault-tree.ts";
import { type Facts, KnownFacts } from "./known-facts.ts";

/** Copies of gates that one pass may look at, for each gate of the tree; the rest stays as it is. */
const VISITS_PER_GATE = 50;

/**
 * Simplifies every gate by what is known where it is used: an argument of an OR only matters where the others do not
 * happen, one of an AND where they do, and what follows from that for nodes further down holds as well. A gate with
 * several parents may become another one under each of them, so that it is copied; copies are few, as only facts about
 * nodes below a gate make a difference to it, and most of what they touch goes away. Gives the new top event.
 * With `extract`, a node that decides a gate alone is also taken out of it: of (x or a) and (x or b) x, leaving a and b.
 * That may take more gates, but what is taken out may decide more further up.
 *
 * The arguments of a gate are simplified one after the other, each by the others as they stand then: two that say the
 * same are never both dropped.
 */
export function simplifyInContext(tree: FaultTree, top: NodeId, extraction: "keep" | "extract"): NodeId {
  const gates = reachableGates(tree, top);
  const known = KnownFacts.of(tree, gates);
  if (known === undefined) return top;
  return new ContextWalk(tree, known, extraction, VISITS_PER_GATE * gates.length).simplify(top);
}

/** A gate that is being simplified under some facts. */
interface OpenGate {
  readonly gate: Gate;
  readonly facts: Facts;
  readonly key: string;
  /** Nodes below that decide the gate alone: they are taken out, and within it taken not to have done so. */
  readonly deciding: readonly NodeId[];
  /** As they stand: the first ones of `sequence` are done. */
  readonly arguments: NodeId[];
  /** Indices of the arguments in the order in which they are simplified. */
  readonly sequence: readonly number[];
  done: number;
}

/** A walk from the top down with a stack of its own, as trees may be deeper than calls may nest. */
class ContextWalk {
  readonly #tree: FaultTree;
  readonly #known: KnownFacts;
  readonly #open: OpenGate[] = [];
  /** By gate and the facts about what lies below it. */
  readonly #simplified = new Map<string, NodeId>();
  readonly #extraction: "keep" | "extract";
  #visitsLeft: number;

  constructor(tree: FaultTree, known: KnownFacts, extraction: "keep" | "extract", visits: number) {
    this.#tree = tree;
    this.#known = known;
    this.#extraction = extraction;
    this.#visitsLeft = visits;
  }

  simplify(top: NodeId): NodeId {
    let result = this.#enter(top, this.#known.none());
    for (let current = this.#open.at(-1); current !== undefined; current = this.#open.at(-1)) {
      if (result !== undefined) settle(current, result);
      result = this.#next(current);
    }
    return result ?? top;
  }

  /** What the next argument becomes, or the whole gate once none is left; undefined while something is entered. */
  #next(current: OpenGate): NodeId | undefined {
    const index = current.sequence[current.done];
    if (index !== undefined) return this.#enter(current.arguments[index] ?? FALSE, this.#factsFor(current, index));
    this.#open.pop();
    const rebuilt = rebuild(this.#tree, current.gate, current.arguments);
    const result = this.#withDeciding(current, rebuilt);
    this.#simplified.set(current.key, result);
    return result;
  }

  /** What a node becomes under some facts, if that is known at once. */
  #enter(node: NodeId, facts: Facts): NodeId | undefined {
    const state = this.#known.stateOf(facts, node);
    if (state !== undefined) return state ? TRUE : FALSE;
    const gate = this.#tree.gate(node);
    if (gate === undefined) return node;
    const restricted = this.#known.restrict(facts, node);
    const found = this.#simplified.get(restricted.key);
    if (found !== undefined) return found;
    if (this.#visitsLeft === 0) return node;
    this.#visitsLeft -= 1;
    // What was built last has the most below it: simplified first, it is simplified by what is small.
    const sequence = gate.arguments.map((_, index) => index);
    sequence.sort((left, right) => (gate.arguments[right] ?? 0) - (gate.arguments[left] ?? 0));
    const deciding = this.#extraction === "extract" ? this.#known.deciding(node, restricted.facts) : [];
    const inner = deciding.length === 0 ? restricted.facts : restricted.facts.slice();
    for (const each of deciding) this.#known.add(inner, each, gate.type === "or");
    const { key } = restricted;
    this.#open.push({ gate, key, facts: inner, deciding, arguments: [...gate.arguments], sequence, done: 0 });
    return undefined;
  }

  /** f is x or f without x where x alone makes it happen, x and f with x where it does not happen without x. */
  #withDeciding({ gate, deciding }: OpenGate, rest: NodeId): NodeId {
    if (deciding.length === 0) return rest;
    return gate.type === "and" ? this.#tree.or([...deciding, rest]) : this.#tree.and([...deciding, rest]);
  }

  #factsFor(current: OpenGate, index: number): Facts {
    const { type } = current.gate;
    if (type !== "and" && type !== "or") return current.facts;
    const facts = current.facts.slice();
    for (const [other, node] of current.arguments.entries()) {
      if (other !== index) this.#known.add(facts, node, type === "and");
    }
    return facts;
  }
}

/** Takes over what became of the argument that was entered last; one that decides the gate ends it. */
function settle(current: OpenGate, result: NodeId): void {
  const index = current.sequence[current.done];
  if (index !== undefined) current.arguments[index] = result;
  const { type } = current.gate;
  const decides = (type === "and" && result === FALSE) || (type === "or" && result === TRUE);
  current.done = decides ? current.sequence.length : current.done + 1;
}
