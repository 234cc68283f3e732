import { Bdd } from "./bdd.ts";
import { type Diagram, extractDiagram } from "./diagram.ts";
import type { Formula, FormulaGate } from "./formula.ts";
import { ZERO } from "./node-table.ts";
import { costlyOrders, type VariableOrder, variableOrders } from "./variable-order.ts";

const none: ReadonlySet<VariableOrder> = new Set();

/** Recursion goes as deep as there are variables: more than this are not tried. */
const MAXIMUM_VARIABLES = 4_000;

/**
 * The decision diagram of a formula: each order is tried within the first node limit, then, those that came furthest
 * first, within the next one; the first that finishes is kept. Orders that are costly to find wait for the second limit.
 * Undefined when none finishes.
 */
export function compileFormula(
  formula: Formula,
  nodeLimits: readonly number[],
  orders: readonly VariableOrder[] = variableOrders,
): Diagram | undefined {
  if (formula.leaves.length > MAXIMUM_VARIABLES) return undefined;
  const leavesBy = new Map<VariableOrder, readonly number[]>();
  let candidates = orders.map((order) => ({ order, compiledGates: 0 }));
  for (const [round, limit] of nodeLimits.entries()) {
    const tried: typeof candidates = [];
    const waiting = round === 0 && nodeLimits.length > 1 ? costlyOrders : none;
    for (const candidate of candidates) {
      const { order } = candidate;
      if (waiting.has(order)) {
        tried.push(candidate);
        continue;
      }
      const leaves = leavesBy.get(order) ?? order(formula);
      leavesBy.set(order, leaves);
      const attempt = compileInOrder(formula, leaves, limit);
      if ("diagram" in attempt) return attempt.diagram;
      tried.push({ order, ...attempt });
    }
    candidates = tried.toSorted((left, right) => right.compiledGates - left.compiledGates);
  }
  return undefined;
}

/** The diagram, or how many gates it came to within the limit. */
type Attempt = { readonly diagram: Diagram } | { readonly compiledGates: number };

/** Compiles with the leaves decided in the given order, until `limit` nodes are there. */
function compileInOrder(formula: Formula, order: readonly number[], limit: number): Attempt {
  const bdd = new Bdd(limit);
  const levelOfLeaf = new Int32Array(formula.leaves.length);
  for (const [level, leaf] of order.entries()) levelOfLeaf[leaf] = level;
  const variables = formula.leaves.map((_, leaf) => bdd.variable(levelOfLeaf[leaf] ?? 0));
  const compiled: Operand[] = [];
  for (const gate of formula.gates) {
    const operands = gate.arguments.map((argument): Operand => {
      if (argument >= 0) return compiled[argument] ?? { node: ZERO, deepest: 0 };
      return { node: variables[~argument] ?? ZERO, deepest: levelOfLeaf[~argument] ?? 0 };
    });
    const deepest = operands.reduce((level, operand) => Math.max(level, operand.deepest), 0);
    const node = compileGate(bdd, gate, operands);
    if (bdd.nodes.exhausted) return { compiledGates: compiled.length };
    compiled.push({ node, deepest });
  }
  return { diagram: extractDiagram(bdd.nodes, compiled.at(-1)?.node ?? variables[0] ?? ZERO, order) };
}

/** An argument's diagram and the deepest level of any leaf below it. */
interface Operand {
  readonly node: number;
  readonly deepest: number;
}

/** Arguments are combined from the deepest up: each step then leaves most of what is there untouched. */
function compileGate(bdd: Bdd, gate: FormulaGate, operands: readonly Operand[]): number {
  const indices = operands.map((_, index) => index);
  const key = (index: number) => operands[index] ?? { node: ZERO, deepest: 0 };
  if (gate.type === "atLeast") {
    // The first argument is decided first, the last one is the innermost.
    indices.sort((left, right) => key(left).deepest - key(right).deepest || left - right);
    return bdd.atLeast(
      gate.minimum,
      indices.map((index) => key(index).node),
      gate.weights && indices.map((index) => gate.weights?.[index] ?? 1),
    );
  }
  if (gate.type === "not") return bdd.not(key(0).node);
  indices.sort((left, right) => key(right).deepest - key(left).deepest || left - right);
  const [first, ...others] = indices.map((index) => key(index).node);
  return others.reduce(
    (result, node) => (gate.type === "and" ? bdd.and(result, node) : bdd.or(result, node)),
    first ?? ZERO,
  );
}
