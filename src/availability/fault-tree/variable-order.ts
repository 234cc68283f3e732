import { drawnTogether } from "./force-order.ts";
import { type Formula, leafParents } from "./formula.ts";

/** A static order of the leaves of a formula, best first to be tried. */
export type VariableOrder = (formula: Formula) => readonly number[];

/** Formulas with more gates times leaves than this are ordered depth-first instead. */
const MAXIMUM_REACH = 4_000_000;

/**
 * Shared causes first (region, zone, control plane …): once they are decided, the rest falls apart into independent
 * pieces. Gate by gate: leaves that lie below several arguments come before those that lie below one, each part in the
 * order that the arguments give them. What few arguments share, compared with the most shared leaf, stays with them.
 */
function sharedCausesFirst(formula: Formula): readonly number[] {
  const { gates, leaves } = formula;
  if (gates.length * leaves.length > MAXIMUM_REACH) return depthFirst(formula);
  const orders: (readonly number[])[] = [];
  const counts = new Int32Array(leaves.length);
  for (const gate of gates) {
    const lists = gate.arguments.map((argument) => (argument < 0 ? [~argument] : (orders[argument] ?? [])));
    const members = new Set(lists.flat());
    for (const leaf of members) counts[leaf] = 0;
    for (const list of lists) for (const leaf of list) counts[leaf] = (counts[leaf] ?? 0) + 1;
    let most = 0;
    for (const leaf of members) most = Math.max(most, counts[leaf] ?? 0);
    const threshold = Math.max(2, most / 8);
    const shared = [...members].filter((leaf) => (counts[leaf] ?? 0) >= threshold);
    shared.sort((left, right) => (counts[right] ?? 0) - (counts[left] ?? 0));
    orders.push([...shared, ...[...members].filter((leaf) => (counts[leaf] ?? 0) < threshold)]);
  }
  return orders.at(-1) ?? depthFirst(formula);
}

/** Leaves as a depth-first walk meets them: the order in which the formula numbers them. */
function depthFirst({ leaves }: Formula): readonly number[] {
  return leaves.map((_, leaf) => leaf);
}

/** Depth-first, arguments with more parents before others, and gates before leaves (the order that SCRAM uses). */
function depthFirstByParents(formula: Formula): readonly number[] {
  const leafCounts = leafParents(formula);
  const gateCounts = Array.from<number>({ length: formula.gates.length }).fill(0);
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
function heaviestFirst(formula: Formula): readonly number[] {
  const { gates, leaves } = formula;
  const left = new Uint8Array(leaves.length).fill(1);
  const weights = new Float64Array(leaves.length);
  const aliveGates = new Uint8Array(gates.length);
  const gateWeights = new Float64Array(gates.length);
  const isAlive = (argument: number) => (argument < 0 ? left[~argument] : aliveGates[argument]) === 1;
  const weigh = () => {
    for (const [index, gate] of gates.entries()) aliveGates[index] = gate.arguments.some(isAlive) ? 1 : 0;
    weights.fill(0);
    gateWeights.fill(0);
    gateWeights[gates.length - 1] = 1;
    for (let index = gates.length - 1; index >= 0; index -= 1) {
      if (aliveGates[index] === 0) continue;
      const members = gates[index]?.arguments ?? [];
      let aliveCount = 0;
      for (const argument of members) if (isAlive(argument)) aliveCount += 1;
      const part = (gateWeights[index] ?? 0) / aliveCount;
      for (const argument of members) {
        if (!isAlive(argument)) continue;
        if (argument < 0) weights[~argument] = (weights[~argument] ?? 0) + part;
        else gateWeights[argument] = (gateWeights[argument] ?? 0) + part;
      }
    }
  };
  const order: number[] = [];
  while (order.length < leaves.length) {
    weigh();
    let heaviest = -1;
    for (let leaf = 0; leaf < leaves.length; leaf += 1) {
      if (left[leaf] === 1 && (heaviest < 0 || (weights[leaf] ?? 0) > (weights[heaviest] ?? 0))) heaviest = leaf;
    }
    left[heaviest] = 0;
    order.push(heaviest);
  }
  return order;
}

const drawnFromHeaviest: VariableOrder = (formula) => drawnTogether(formula, heaviestFirst(formula));
const drawnFromDepth: VariableOrder = (formula) => drawnTogether(formula, depthFirst(formula));

/** The orders, in the order in which they are tried. */
export const variableOrders: readonly VariableOrder[] = [
  sharedCausesFirst,
  depthFirstByParents,
  depthFirst,
  heaviestFirst,
  drawnFromHeaviest,
  drawnFromDepth,
];

/** Orders that take longer to find than a diagram of some 100,000 nodes takes to build. */
export const costlyOrders: ReadonlySet<VariableOrder> = new Set([heaviestFirst, drawnFromHeaviest, drawnFromDepth]);
