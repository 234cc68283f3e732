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
  let best = positions;
  let leastSpan = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const span = totalSpan(groups, positions);
    if (span < leastSpan) {
      leastSpan = span;
      best = positions;
    }
    positions = moveToCentres(groups, positions);
  }
  return inOrder(best.subarray(0, formula.leaves.length));
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

/** Each member at the mean of its groups' centres, then all spread evenly again. */
function moveToCentres(groups: readonly (readonly number[])[], positions: Float64Array): Float64Array {
  const centres = new Float64Array(positions.length);
  const memberships = new Float64Array(positions.length);
  for (const group of groups) {
    let sum = 0;
    for (const member of group) sum += positions[member] ?? 0;
    for (const member of group) {
      centres[member] = (centres[member] ?? 0) + sum / group.length;
      memberships[member] = (memberships[member] ?? 0) + 1;
    }
  }
  for (const [member, groupCount] of memberships.entries()) centres[member] = (centres[member] ?? 0) / groupCount;
  const moved = new Float64Array(positions.length);
  for (const [position, member] of inOrder(centres).entries()) moved[member] = position;
  return moved;
}

/** Indices by ascending value; of equal ones the lower index first. */
function inOrder(values: Float64Array): readonly number[] {
  return Array.from(values.keys()).sort((left, right) => (values[left] ?? 0) - (values[right] ?? 0) || left - right);
}
