import { Bdd } from "./bdd.ts";
import { type Diagram, extractDiagram } from "./diagram.ts";
import type { Formula, FormulaGate } from "./formula.ts";
import { TERMINAL_LEVEL, ZERO } from "./node-table.ts";
import { type VariableOrder, variableOrders } from "./variable-order.ts";

/** Recursion goes as deep as there are variables: more than this are not tried. */
const MAXIMUM_VARIABLES = 4_000;

/**
 * The decision diagram of a formula: each order is tried within the first node limit, then within the next one;
 * the first that finishes is kept. Undefined when none does.
 */
export function compileFormula(
  formula: Formula,
  nodeLimits: readonly number[],
  orders: readonly VariableOrder[] = variableOrders,
): Diagram | undefined {
  if (formula.leaves.length > MAXIMUM_VARIABLES) return undefined;
  const known = new Map<VariableOrder, readonly number[]>();
  for (const limit of nodeLimits) {
    for (const order of orders) {
      const leaves = known.get(order) ?? order(formula);
      known.set(order, leaves);
      const diagram = compileInOrder(formula, leaves, limit);
      if (diagram !== undefined) return diagram;
    }
  }
  return undefined;
}

/** Compiles with the leaves decided in the given order; undefined when more than `limit` nodes are needed. */
export function compileInOrder(formula: Formula, order: readonly number[], limit: number): Diagram | undefined {
  const bdd = new Bdd(limit);
  const levelOfLeaf = new Int32Array(formula.leaves.length);
  for (const [level, leaf] of order.entries()) levelOfLeaf[leaf] = level;
  const variables = formula.leaves.map((_, leaf) => bdd.variable(levelOfLeaf[leaf] ?? 0));
  const compiled: number[] = [];
  for (const gate of formula.gates) {
    const nodes = gate.arguments.map((argument) => (argument < 0 ? variables[~argument] : compiled[argument]) ?? ZERO);
    compiled.push(compileGate(bdd, gate, nodes));
    if (bdd.nodes.exhausted) return undefined;
  }
  return extractDiagram(bdd.nodes, compiled.at(-1) ?? variables[0] ?? ZERO, order);
}

/** Arguments are combined from the deepest top variable to the shallowest, so that each step touches little. */
function compileGate(bdd: Bdd, gate: FormulaGate, nodes: readonly number[]): number {
  const depth = (node: number) => {
    const level = bdd.nodes.level(node);
    return level === TERMINAL_LEVEL ? -1 : level;
  };
  if (gate.type === "atLeast") {
    const indices = nodes.map((_, index) => index);
    indices.sort((left, right) => depth(nodes[left] ?? ZERO) - depth(nodes[right] ?? ZERO) || left - right);
    return bdd.atLeast(
      gate.minimum,
      indices.map((index) => nodes[index] ?? ZERO),
      gate.weights && indices.map((index) => gate.weights?.[index] ?? 1),
    );
  }
  const [first, ...others] = nodes.toSorted((left, right) => depth(right) - depth(left) || left - right);
  return others.reduce(
    (result, node) => (gate.type === "and" ? bdd.and(result, node) : bdd.or(result, node)),
    first ?? ZERO,
  );
}
