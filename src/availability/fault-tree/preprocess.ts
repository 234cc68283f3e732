import { coalesce, reachableGates } from "./coalesce.ts";
import type { FaultTree, NodeId } from "./fault-tree.ts";
import { separateArguments } from "./separate-arguments.ts";
import { simplifyBySiblings } from "./simplify-by-siblings.ts";
import { simplifyInContext } from "./simplify-in-context.ts";

/** Rounds of one simplification; each makes the tree smaller or is the last. */
const MAXIMUM_ROUNDS = 10;

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
  let size = countArguments(tree, current);
  for (let round = 0; round < MAXIMUM_ROUNDS; round += 1) {
    const next = coalesce(tree, simplifyInContext(tree, current));
    const nextSize = countArguments(tree, next);
    if (nextSize >= size) break;
    current = next;
    size = nextSize;
  }
  return separateArguments(tree, current);
}

function countArguments(tree: FaultTree, top: NodeId): number {
  return reachableGates(tree, top).reduce((sum, node) => sum + (tree.gate(node)?.arguments.length ?? 0), 0);
}
