import type { Formula } from "./formula.ts";

/** Rounds that are made; far more than it takes until little moves on formulas of a few hundred gates. */
const ROUNDS = 200;

/**
 * An order of the leaves, improved until what belongs together stands together: leaves and gates lie on a line, and in each round
 * every one moves to the middle of the gates that it belongs to. The order whose gates span least is kept.
 * Source: F. Aloul, I. Markov, K. Sakallah, FORCE: a fast and easy-to-implement variable-ordering heuristic, GLSVLSI 2003.
 */
export function drawnTogether(formula: Formula, start: readonly number[]): readonly number[] {
  const groups = groupsOf(formula);
  let positions = startPositions(formula, start);
  let members: Int32Array = Int32Array.from(positions.keys());
  let best = positions;
  let leastSpan = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const span = totalSpan(groups, positions);
    if (span < leastSpan) {
      leastSpan = span;
      best = positions;
    }
    const centres = centresOf(groups, positions);
    const moved = inOrder(members, centres);
    if (round > 0 && moved.every((member, place) => member === members[place])) break;
    members = moved;
    positions = new Float64Array(positions.length);
    for (let place = 0; place < members.length; place += 1) positions[members[place] ?? 0] = place;
  }
  return [...inOrder(Int32Array.from(formula.leaves.keys()), best)];
}

/** Each gate with its arguments, as places in one list: the leaves, then the gates. */
function groupsOf({ gates, leaves }: Formula): readonly (readonly number[])[] {
  return gates.map((gate, index) => [
    leaves.length + index,
    ...gate.arguments.map((argument) => (argument < 0 ? ~argument : leaves.length + argument)),
  ]);
}

/** Leaves where the order puts them, gates in the middle of their arguments. */
function startPositions({ gates, leaves }: Formula, order: readonly number[]): Float64Array {
  const positions = new Float64Array(leaves.length + gates.length);
  for (const [position, leaf] of order.entries()) positions[leaf] = position;
  for (const [index, gate] of gates.entries()) {
    let sum = 0;
    for (const argument of gate.arguments) sum += positions[argument < 0 ? ~argument : leaves.length + argument] ?? 0;
    positions[leaves.length + index] = sum / gate.arguments.length;
  }
  return positions;
}

function totalSpan(groups: readonly (readonly number[])[], positions: Float64Array): number {
  let span = 0;
  for (const group of groups) {
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    for (const member of group) {
      first = Math.min(first, positions[member] ?? 0);
      last = Math.max(last, positions[member] ?? 0);
    }
    span += last - first;
  }
  return span;
}

/** The mean of the centres of each member's groups. */
function centresOf(groups: readonly (readonly number[])[], positions: Float64Array): Float64Array {
  const centres = new Float64Array(positions.length);
  const memberships = new Float64Array(positions.length);
  for (const group of groups) {
    let sum = 0;
    for (const member of group) sum += positions[member] ?? 0;
    const centre = sum / group.length;
    for (const member of group) {
      centres[member] = (centres[member] ?? 0) + centre;
      memberships[member] = (memberships[member] ?? 0) + 1;
    }
  }
  for (let member = 0; member < centres.length; member += 1) {
    centres[member] = (centres[member] ?? 0) / (memberships[member] ?? 1);
  }
  return centres;
}

/** Members by ascending value; of equal ones the lower index first. Little is left to do where they are nearly in order. */
function inOrder(members: Int32Array, values: Float64Array): Int32Array {
  const sorted = [...members].sort((left, right) => (values[left] ?? 0) - (values[right] ?? 0) || left - right);
  return Int32Array.from(sorted);
}
