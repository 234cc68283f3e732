import { FALSE, type FaultTree, type NodeId, TRUE } from "../fault-tree/fault-tree.ts";
import type { EventFormula } from "./model.ts";

/**
 * A connective over nodes of a tree. `xor` of more than two arguments is parity; `iff` holds when all arguments are
 * alike in pairs from the left (parity again, as the format has it associative).
 */
export function connect(
  tree: FaultTree,
  formula: Extract<EventFormula, { readonly kind: "connective" }>,
  nodes: readonly NodeId[],
): NodeId {
  const [first = FALSE, ...others] = nodes;
  switch (formula.connective) {
    case "and":
      return tree.and(nodes);
    case "or":
      return tree.or(nodes);
    case "not":
      return tree.not(first);
    case "nand":
      return tree.not(tree.and(nodes));
    case "nor":
      return tree.not(tree.or(nodes));
    case "xor":
      return others.reduce((parity, node) => tree.xor(parity, node), first);
    case "iff":
      return others.reduce((equal, node) => tree.not(tree.xor(equal, node)), first);
    case "imply":
      return tree.or([tree.not(first), others[0] ?? TRUE]);
    case "atleast":
      return tree.atLeast(formula.minimum, nodes);
    case "cardinality":
      return tree.and([tree.atLeast(formula.minimum, nodes), tree.not(tree.atLeast(formula.maximum + 1, nodes))]);
  }
}
