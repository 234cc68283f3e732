import type { Diagram } from "./diagram.ts";
import { ONE, ZERO } from "./node-table.ts";
import { PriorityQueue } from "./priority-queue.ts";
import { minimalCutSets } from "./set-diagram.ts";
import type { CompiledModule, CompiledTree } from "./solver.ts";

/** Nodes that the cut sets of one module may take, where nothing else is asked for. */
const DEFAULT_NODE_LIMIT = 500_000;

/** How the listing treats events. */
export interface CutSetQuery {
  /** By index of basic event. */
  readonly probabilities: ArrayLike<number>;
  /** How much an event adds to the order of a set: 1 for a failure, 0 for a condition of one. */
  readonly orderOf: (event: number) => number;
  /** Sets of a higher order are left out. */
  readonly maximumOrder: number;
  readonly maximumSets: number;
  /** Partial sets that the search may look at. */
  readonly maximumSteps: number;
}

/** A minimal cut set: basic event indices, ascending, and the product of their probabilities. */
export interface MinimalCutSet {
  readonly events: readonly number[];
  readonly probability: number;
}

/**
 * The minimal cut sets of a compiled tree, module by module: counted by order, and listed from the most probable.
 * Undefined when a module has none within the limits.
 */
export class CutSets {
  readonly #modules: readonly CompiledModule[];
  readonly #sets: readonly Diagram[];
  readonly #single: number | undefined;

  private constructor(modules: readonly CompiledModule[], sets: readonly Diagram[], single: number | undefined) {
    this.#modules = modules;
    this.#sets = sets;
    this.#single = single;
  }

  /** @param known diagrams of cut sets by compiled diagram, shared between trees */
  static of(
    compiled: CompiledTree,
    known: Map<Diagram, Diagram | undefined>,
    nodeLimit: number = DEFAULT_NODE_LIMIT,
  ): CutSets | undefined {
    if (compiled.trivial !== undefined) {
      return "event" in compiled.trivial ? new CutSets([], [], compiled.trivial.event) : undefined;
    }
    const sets: Diagram[] = [];
    for (const { diagram } of compiled.modules) {
      if (diagram === undefined) return undefined;
      if (!known.has(diagram)) known.set(diagram, minimalCutSets(diagram, nodeLimit));
      const found = known.get(diagram);
      if (found === undefined) return undefined;
      sets.push(found);
    }
    return new CutSets(compiled.modules, sets, undefined);
  }

  /**
   * Number of minimal cut sets by order, index 0 holding those of order 0; all of them, without any limit.
   * @param isPossible sets with an event for which this does not hold are not counted
   */
  countsByOrder(
    orderOf: (event: number) => number,
    isPossible: (event: number) => boolean = () => true,
  ): readonly bigint[] {
    const ofEvent = (event: number) => (isPossible(event) ? monomial(orderOf(event)) : []);
    if (this.#single !== undefined) return ofEvent(this.#single);
    const ofModules: (readonly bigint[])[] = [];
    for (const [index, sets] of this.#sets.entries()) {
      const ofNodes: (readonly bigint[])[] = [[], [1n]];
      for (let node = 2; node < sets.size; node += 1) {
        const leaf = this.#leaf(index, sets, node);
        const factor = "event" in leaf ? ofEvent(leaf.event) : (ofModules[leaf.module] ?? []);
        const high = multiply(ofNodes[sets.highs[node] ?? ZERO] ?? [], factor);
        ofNodes.push(add(high, ofNodes[sets.lows[node] ?? ZERO] ?? []));
      }
      ofModules.push(ofNodes[sets.root] ?? []);
    }
    return ofModules.at(-1) ?? [];
  }

  /**
   * Best-first: the value of a partial set is its probability times the best that is still to come (which the diagram
   * gives exactly), so that sets come out from the most probable down.
   */
  mostProbable(query: CutSetQuery): readonly MinimalCutSet[] {
    if (this.#single !== undefined) {
      const event = this.#single;
      return query.orderOf(event) > query.maximumOrder
        ? []
        : [{ events: [event], probability: query.probabilities[event] ?? 0 }];
    }
    const best = this.#bestProbabilities(query.probabilities);
    const top = this.#sets.length - 1;
    const queue = new PriorityQueue<Partial>((partial) => partial.bound);
    const start: Pending = { module: top, node: this.#sets[top]?.root ?? ZERO, next: undefined };
    queue.push({ events: undefined, order: 0, product: 1, pending: start, bound: this.#bound(best, 1, start) });
    const found: MinimalCutSet[] = [];
    for (let steps = 0; steps < query.maximumSteps && found.length < query.maximumSets; steps += 1) {
      const partial = queue.pop();
      if (partial === undefined) break;
      if (partial.pending === undefined) {
        found.push({ events: listEvents(partial.events), probability: partial.product });
        continue;
      }
      for (const next of this.#expand(partial, query)) {
        const bound = this.#bound(best, next.product, next.pending);
        if (bound > 0 && next.order <= query.maximumOrder) queue.push({ ...next, bound });
      }
    }
    return found;
  }

  /** Decides the first pending node both ways; a module's leaf puts the module's own sets before the rest. */
  #expand(partial: Partial, { probabilities, orderOf }: CutSetQuery): readonly Omit<Partial, "bound">[] {
    const { pending } = partial;
    if (pending === undefined) return [];
    if (pending.node === ONE) return [{ ...partial, pending: pending.next }];
    const sets = this.#sets[pending.module];
    if (sets === undefined || pending.node === ZERO) return [];
    const without = { ...partial, pending: { ...pending, node: sets.lows[pending.node] ?? ZERO } };
    const rest: Pending = { ...pending, node: sets.highs[pending.node] ?? ZERO };
    const leaf = this.#leaf(pending.module, sets, pending.node);
    if ("module" in leaf) {
      const inner: Pending = { module: leaf.module, node: this.#sets[leaf.module]?.root ?? ZERO, next: rest };
      return [without, { ...partial, pending: inner }];
    }
    const { event } = leaf;
    const product = partial.product * (probabilities[event] ?? 0);
    const order = partial.order + orderOf(event);
    return [without, { events: { event, before: partial.events }, order, product, pending: rest }];
  }

  #bound(best: readonly Float64Array[], product: number, pending: Pending | undefined): number {
    let bound = product;
    for (let item = pending; item !== undefined; item = item.next) bound *= best[item.module]?.[item.node] ?? 0;
    return bound;
  }

  /** For every node, the probability of the most probable set below it: h(n) = max(q h(high), h(low)). */
  #bestProbabilities(probabilities: ArrayLike<number>): readonly Float64Array[] {
    const best: Float64Array[] = [];
    for (const [index, sets] of this.#sets.entries()) {
      const ofNodes = new Float64Array(sets.size);
      ofNodes[ONE] = 1;
      for (let node = 2; node < sets.size; node += 1) {
        const leaf = this.#leaf(index, sets, node);
        const q = "event" in leaf ? probabilities[leaf.event] : best[leaf.module]?.[this.#sets[leaf.module]?.root ?? 0];
        const high = (q ?? 0) * (ofNodes[sets.highs[node] ?? ZERO] ?? 0);
        ofNodes[node] = Math.max(high, ofNodes[sets.lows[node] ?? ZERO] ?? 0);
      }
      best.push(ofNodes);
    }
    return best;
  }

  #leaf(module: number, sets: Diagram, node: number) {
    const leaf = sets.order[sets.levels[node] ?? 0] ?? 0;
    return this.#modules[module]?.leaves[leaf] ?? { event: -1 };
  }
}

/** Diagram nodes whose sets are still to be multiplied in. */
interface Pending {
  readonly module: number;
  readonly node: number;
  readonly next: Pending | undefined;
}

interface EventList {
  readonly event: number;
  readonly before: EventList | undefined;
}

interface Partial {
  readonly events: EventList | undefined;
  readonly order: number;
  readonly product: number;
  readonly pending: Pending | undefined;
  readonly bound: number;
}

function listEvents(list: EventList | undefined): readonly number[] {
  const events: number[] = [];
  for (let item = list; item !== undefined; item = item.before) events.push(item.event);
  return events.sort((left, right) => left - right);
}

function monomial(order: number): readonly bigint[] {
  return [...Array.from<bigint>({ length: order }).fill(0n), 1n];
}

function add(left: readonly bigint[], right: readonly bigint[]): readonly bigint[] {
  const length = Math.max(left.length, right.length);
  return Array.from({ length }, (_, order) => (left[order] ?? 0n) + (right[order] ?? 0n));
}

function multiply(left: readonly bigint[], right: readonly bigint[]): readonly bigint[] {
  if (left.length === 0 || right.length === 0) return [];
  const product = Array.from<bigint>({ length: left.length + right.length - 1 }).fill(0n);
  for (const [leftOrder, leftCount] of left.entries()) {
    if (leftCount === 0n) continue;
    for (const [rightOrder, rightCount] of right.entries()) {
      product[leftOrder + rightOrder] = (product[leftOrder + rightOrder] ?? 0n) + leftCount * rightCount;
    }
  }
  return product;
}
