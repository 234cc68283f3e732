import { FaultTree, type NodeId } from "../../src/availability/fault-tree/fault-tree.ts";
import { writeOpenPsa } from "../../src/availability/open-psa/write-open-psa.ts";

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * An Open-PSA model of a random tree whose gates share events and gates, some of them negated where asked for. The
 * arguments of k-of-n gates are basic events: where they share events, SCRAM 0.16.2 gives another probability than
 * counting out all states does.
 */
export function randomFaultTree(seed: number, gates: number, options: { readonly negations: boolean }): string {
  const random = seededRandom(seed);
  const below = (count: number) => Math.floor(random() * count);
  const tree = new FaultTree();
  const probabilities: number[] = [];
  const events: readonly NodeId[] = Array.from({ length: Math.ceil(gates * 1.5) }, () => {
    probabilities.push(Number((10 ** (-1 - 3 * random())).toPrecision(4)));
    return tree.event();
  });
  const nodes = [...events];
  for (let gate = 0; gate < gates; gate += 1) {
    const size = 2 + below(4);
    // The youngest nodes more often: the tree becomes deep, and what is shared lies close together.
    const members = Array.from(
      { length: size },
      () => nodes[nodes.length - 1 - below(Math.min(nodes.length, 25))] ?? 0,
    );
    const signed = members.map((node) => (options.negations && random() < 0.1 ? tree.not(node) : node));
    const kind = random();
    if (kind < 0.5) nodes.push(tree.or(signed));
    else if (kind < 0.85) nodes.push(tree.and(signed));
    else nodes.push(tree.atLeast(2, [...new Set(members.map((member) => events[member % events.length] ?? member))]));
  }
  return writeOpenPsa({
    label: `seed ${seed}`,
    tree,
    top: tree.or(nodes.slice(-3)),
    events: (index) => ({ label: `event ${index + 1}`, probability: probabilities[index] ?? 0 }),
  });
}
