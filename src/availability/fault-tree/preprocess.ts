import { coalesce, reachableGates } from "./coalesce.ts";
import type { FaultTree, NodeId } from "./fault-tree.ts";
import { separateArguments } from "./separate-arguments.ts";
import { simplifyBySiblings } from "./simplify-by-siblings.ts";
import { simplifyInContext } from "./simplify-in-context.ts";

/** Rounds of one simplification; each makes the tree smaller or is the last. */
const MAXIMUM_ROUNDS = 10;

/**
 * A tree that keeps more than this of its arguments is left as its author wrote it: the order of arguments says what
 * belongs together, which variable orders live on, and new gates come in another order.
 */
const WORTHWHILE = 0.95;

/**
 * An equal tree that is easier to compile; gives its top event. First what needs no copies, as it is quick on trees of
 * any size, then what does, as long as the tree gets smaller by it.
 */
export function preprocess(tree: FaultTree, top: NodeId): NodeId {
  let current = coalesce(tree, top);
  for (let round = 0; round < MAXIMUM_ROUNDS; round += 1) {
    const next = coalesce(tree, simplifyBySiblings(tree, current));
    if (next === current) break;
    current = next;
  }
  const inContext = simplifyByCopies(tree, current);
  const isWorthIt = countArguments(tree, inContext) <= WORTHWHILE * countArguments(tree, current);
  return separateArguments(tree, isWorthIt ? inContext : current);
}

function simplifyByCopies(tree: FaultTree, top: NodeId): NodeId {
  let current = shrink(tree, top);
  for (let round = 0; round < MAXIMUM_ROUNDS; round += 1) {
    const next = shrink(tree, coalesce(tree, simplifyInContext(tree, current, "extract")));
    if (countArguments(tree, next) >= countArguments(tree, current)) break;
    current = next;
  }
  return current;
}

function shrink(tree: FaultTree, top: NodeId): NodeId {
  let current = top;
  let size = countArguments(tree, current);
  for (let round = 0; round < MAXIMUM_ROUNDS; round += 1) {
    const next = coalesce(tree, simplifyInContext(tree, current, "keep"));
    const nextSize = countArguments(tree, next);
    if (nextSize >= size) break;
    current = next;
    size = nextSize;
  }
  return current;
}

function countArguments(tree: FaultTree, top: NodeId): number {
  return reachableGates(tree, top).reduce((sum, node) => sum + (tree.gate(node)?.arguments.length ?? 0), 0);
}
