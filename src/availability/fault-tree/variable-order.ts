import { type Formula, leafParents } from "./formula.ts";

/** A static order of the leaves of a formula, best first to be tried. */
export type VariableOrder = (formula: Formula) => readonly number[];

/** Formulas with more gates times leaves than this are ordered by direct parents alone. */
const MAXIMUM_REACH_TABLE = 4_000_000;

/**
 * Shared causes first (region, zone, control plane …): once they are decided, the rest falls apart into independent
 * pieces, which follow in the order of a depth-first walk. A leaf is a shared cause when it lies below several
 * arguments of one gate, and below not many fewer than the most shared leaf does.
 */
export function sharedCausesFirst(formula: Formula): readonly number[] {
  const sharing = leafSharing(formula);
  const threshold = Math.max(2, Math.max(...sharing) / 8);
  const walked = depthFirst(formula);
  const shared = walked.filter((leaf) => (sharing[leaf] ?? 0) >= threshold);
  shared.sort((left, right) => (sharing[right] ?? 0) - (sharing[left] ?? 0));
  return [...shared, ...walked.filter((leaf) => (sharing[leaf] ?? 0) < threshold)];
}

/** For each leaf, the largest number of arguments of one gate below which it lies. */
function leafSharing(formula: Formula): readonly number[] {
  const { gates, leaves } = formula;
  const width = leaves.length;
  if (gates.length * width > MAXIMUM_REACH_TABLE) return leafParents(formula);
  const reach = new Uint8Array(gates.length * width);
  const sharing = new Int32Array(width);
  const counts = new Int32Array(width);
  for (const [index, gate] of gates.entries()) {
    counts.fill(0);
    for (const argument of gate.arguments) {
      if (argument < 0) counts[~argument] = (counts[~argument] ?? 0) + 1;
      else
        for (let leaf = 0; leaf < width; leaf += 1)
          counts[leaf] = (counts[leaf] ?? 0) + (reach[argument * width + leaf] ?? 0);
    }
    for (let leaf = 0; leaf < width; leaf += 1) {
      const count = counts[leaf] ?? 0;
      if (count > 0) reach[index * width + leaf] = 1;
      if (count > (sharing[leaf] ?? 0)) sharing[leaf] = count;
    }
  }
  return [...sharing];
}

/** Leaves as a depth-first walk meets them: the order in which the formula numbers them. */
export function depthFirst({ leaves }: Formula): readonly number[] {
  return leaves.map((_, leaf) => leaf);
}

/** Depth-first, arguments with more parents before others, and gates before leaves (the order that SCRAM uses). */
export function depthFirstByParents(formula: Formula): readonly number[] {
  const leafCounts = leafParents(formula);
  const gateCounts = new Array<number>(formula.gates.length).fill(0);
  for (const gate of formula.gates) {
    for (const argument of gate.arguments) if (argument >= 0) gateCounts[argument] = (gateCounts[argument] ?? 0) + 1;
  }
  const count = (argument: number) => (argument < 0 ? leafCounts[~argument] : gateCounts[argument]) ?? 0;
  const order = new Set<number>();
  const entered = new Set<number>();
  const open = [formula.gates.length - 1];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (item < 0) order.add(~item);
    if (item < 0 || entered.has(item)) continue;
    entered.add(item);
    const sorted = (formula.gates[item]?.arguments ?? []).toSorted(
      (left, right) => Number(left < 0) - Number(right < 0) || count(right) - count(left),
    );
    for (const argument of sorted.reverse()) open.push(argument);
  }
  return [...order];
}

/**
 * The heaviest leaf first, again and again: a weight of 1 at the root is split evenly over the arguments of each gate,
 * and a leaf that is chosen is taken out before the next round.
 */
export function heaviestFirst(formula: Formula): readonly number[] {
  const left = new Set(formula.leaves.keys());
  const order: number[] = [];
  while (left.size > 0) {
    const weights = leafWeights(formula, left);
    let heaviest = -1;
    for (const leaf of left) if (heaviest < 0 || (weights[leaf] ?? 0) > (weights[heaviest] ?? 0)) heaviest = leaf;
    left.delete(heaviest);
    order.push(heaviest);
  }
  return order;
}

function leafWeights(formula: Formula, left: ReadonlySet<number>): readonly number[] {
  const alive = formula.gates.map(() => false);
  for (const [index, gate] of formula.gates.entries()) {
    alive[index] = gate.arguments.some((argument) => (argument < 0 ? left.has(~argument) : alive[argument]));
  }
  const isAlive = (argument: number) => (argument < 0 ? left.has(~argument) : alive[argument] === true);
  const gateWeights = formula.gates.map(() => 0);
  const weights = formula.leaves.map(() => 0);
  gateWeights[formula.gates.length - 1] = 1;
  for (let index = formula.gates.length - 1; index >= 0; index -= 1) {
    const members = formula.gates[index]?.arguments.filter(isAlive) ?? [];
    const part = (gateWeights[index] ?? 0) / members.length;
    for (const argument of members) {
      if (argument < 0) weights[~argument] = (weights[~argument] ?? 0) + part;
      else gateWeights[argument] = (gateWeights[argument] ?? 0) + part;
    }
  }
  return weights;
}

export const variableOrders: readonly VariableOrder[] = [
  sharedCausesFirst,
  depthFirstByParents,
  depthFirst,
  heaviestFirst,
];
