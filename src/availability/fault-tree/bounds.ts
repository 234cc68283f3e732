import type { Formula, FormulaGate } from "./formula.ts";

/** A probability that is certainly inside, ends included. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

export interface ProbabilityBounds extends Interval {
  /** Number of linear passes spent. */
  readonly evaluations: number;
}

/** A partial assignment of the leaves: its probability, and what is certain under it. */
interface Branch {
  readonly weight: number;
  /** By leaf: 1 or 0 where decided, -1 where open. */
  readonly decided: Int8Array;
  readonly interval: Interval;
  /** Leaf to decide next; -1 when none is left. */
  readonly next: number;
}

/** Relative error that sums of many rounded terms may have; the bounds are widened by it. */
const ROUNDING = 1e-12;

export const BOUNDS_METHOD =
  "association bounds of a coherent tree, refined by Shannon expansion of the branch with the widest gap";

export const NON_COHERENT_BOUNDS_METHOD =
  "Fréchet bounds of a tree with negations, refined by Shannon expansion of the branch with the widest gap";

/**
 * Certified bounds on a formula that is too large to compile. One linear pass bounds it. A coherent one, because
 * independent events make monotone functions of them associated (Esary, Proschan, Walkup 1967): AND is at least the
 * product, at most the smallest argument; OR at least the largest, at most 1 - prod(1 - upper). One with negations by
 * what holds for any dependence (Fréchet): AND is at least the sum less n - 1, OR at most the sum. Then the partial
 * assignment with the largest probability x gap is split on the leaf with the most parents left, until the budget of
 * passes is spent.
 */
export function boundProbability(formula: Formula, leaves: readonly Interval[], budget: number): ProbabilityBounds {
  const branches = [branchOf(formula, leaves, 1, new Int8Array(leaves.length).fill(-1))];
  let evaluations = 1;
  let best = total(branches);
  while (evaluations + 2 <= budget && best.upper > best.lower) {
    const widest = widestBranch(branches);
    const branch = branches[widest];
    if (branch === undefined) break;
    const q = leaves[branch.next]?.lower ?? 0;
    const happened = branchOf(formula, leaves, branch.weight * q, decide(branch, 1));
    const spared = branchOf(formula, leaves, branch.weight * (1 - q), decide(branch, 0));
    branches.splice(widest, 1, happened, spared);
    evaluations += 2;
    const now = total(branches);
    best = { lower: Math.max(best.lower, now.lower), upper: Math.min(best.upper, now.upper) };
  }
  return {
    lower: best.lower * (1 - ROUNDING),
    upper: Math.min(1, Math.max(best.lower, best.upper) * (1 + ROUNDING)),
    evaluations,
  };
}

function branchOf(formula: Formula, leaves: readonly Interval[], weight: number, decided: Int8Array): Branch {
  const states = leaves.map((leaf, index): Interval => {
    const state = decided[index] ?? -1;
    return state < 0 ? leaf : { lower: state, upper: state };
  });
  const gates = boundGates(formula, states);
  const interval = gates.at(-1) ?? states[0] ?? { lower: 0, upper: 1 };
  return { weight, decided, interval, next: nextLeaf(formula, gates, leaves, decided) };
}

function boundGates({ gates, coherent }: Formula, leaves: readonly Interval[]): readonly Interval[] {
  const connectives = coherent ? association : frechet;
  const bounds: Interval[] = [];
  for (const gate of gates) {
    const members = gate.arguments.map(
      (argument) => (argument < 0 ? leaves[~argument] : bounds[argument]) ?? { lower: 0, upper: 1 },
    );
    bounds.push(boundGate(gate, members, connectives));
  }
  return bounds;
}

function boundGate(gate: FormulaGate, members: readonly Interval[], { both, either }: Connectives): Interval {
  if (gate.type === "and") return members.reduce(both);
  if (gate.type === "or") return members.reduce(either);
  if (gate.type === "not") return negated(members[0] ?? { lower: 0, upper: 1 });
  const never: Interval = { lower: 0, upper: 0 };
  const always: Interval = { lower: 1, upper: 1 };
  let row: Interval[] = [always, ...Array.from<Interval>({ length: gate.minimum }).fill(never)];
  for (const [index, member] of members.entries()) {
    const weight = gate.weights?.[index] ?? 1;
    const before = row;
    row = before.map((skipped, needed) =>
      needed === 0 ? always : either(both(member, before[Math.max(0, needed - weight)] ?? always), skipped),
    );
  }
  return row[gate.minimum] ?? never;
}

interface Connectives {
  readonly both: (left: Interval, right: Interval) => Interval;
  readonly either: (left: Interval, right: Interval) => Interval;
}

/** Of associated events: monotone functions of independent ones. */
const association: Connectives = {
  both: (left, right) => ({ lower: left.lower * right.lower, upper: Math.min(left.upper, right.upper) }),
  either: (left, right) => ({
    lower: Math.max(left.lower, right.lower),
    upper: left.upper + right.upper * (1 - left.upper),
  }),
};

/** Of any two events. */
const frechet: Connectives = {
  both: (left, right) => ({
    lower: Math.max(0, left.lower + right.lower - 1),
    upper: Math.min(left.upper, right.upper),
  }),
  either: (left, right) => ({
    lower: Math.max(left.lower, right.lower),
    upper: Math.min(1, left.upper + right.upper),
  }),
};

function negated({ lower, upper }: Interval): Interval {
  return { lower: 1 - upper, upper: 1 - lower };
}

/** The open leaf with the most parents among the gates that are not yet decided and still matter to the root. */
function nextLeaf(
  formula: Formula,
  bounds: readonly Interval[],
  leaves: readonly Interval[],
  decided: Int8Array,
): number {
  const matters = new Uint8Array(formula.gates.length);
  matters[formula.gates.length - 1] = 1;
  const parents = new Int32Array(leaves.length);
  for (let index = formula.gates.length - 1; index >= 0; index -= 1) {
    const bound = bounds[index];
    if (matters[index] === 0 || bound === undefined || bound.upper === 0 || bound.lower === 1) continue;
    for (const argument of formula.gates[index]?.arguments ?? []) {
      if (argument >= 0) matters[argument] = 1;
      else parents[~argument] = (parents[~argument] ?? 0) + 1;
    }
  }
  let next = -1;
  for (const [leaf, { lower, upper }] of leaves.entries()) {
    const open = decided[leaf] === -1 && lower === upper && lower > 0 && lower < 1;
    if (open && (parents[leaf] ?? 0) > (next < 0 ? 0 : (parents[next] ?? 0))) next = leaf;
  }
  return next;
}

function decide(branch: Branch, state: number): Int8Array {
  const decided = branch.decided.slice();
  decided[branch.next] = state;
  return decided;
}

function widestBranch(branches: readonly Branch[]): number {
  let widest = -1;
  let width = 0;
  for (const [index, { weight, interval, next }] of branches.entries()) {
    const gap = weight * (interval.upper - interval.lower);
    if (next >= 0 && gap > width) {
      widest = index;
      width = gap;
    }
  }
  return widest;
}

function total(branches: readonly Branch[]): Interval {
  let lower = 0;
  let upper = 0;
  for (const { weight, interval } of branches) {
    lower += weight * interval.lower;
    upper += weight * interval.upper;
  }
  return { lower: Math.min(1, lower), upper: Math.min(1, upper) };
}
