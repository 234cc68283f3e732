import { reachableGates, rebuild } from "./coalesce.ts";
import { FALSE, type FaultTree, type NodeId, TRUE } from "./fault-tree.ts";

/** Nodes that may be taken as constants, and as which, wherever a gate is looked at. */
type Assumptions = ReadonlyMap<NodeId, boolean>;

/** No gate needs to know more of its surroundings than this. */
const MAXIMUM_ASSUMPTIONS = 2_000;

/**
 * Removes what siblings decide anyway: below an OR, an argument may take the other arguments not to happen, below an AND
 * to happen, since otherwise the gate does not depend on it: x or (x and y) is x, and x and (x or y) is x, also over many
 * levels. Inside a gate with several parents only that is assumed which holds for all of them, so that nothing has to be
 * copied. Gives the new top event; repeats until nothing changes.
 */
export function simplifyBySiblings(tree: FaultTree, top: NodeId): NodeId {
  let current = top;
  for (let round = 0; round < 20; round += 1) {
    const next = simplifyOnce(tree, current);
    if (next === current) return next;
    current = next;
  }
  return current;
}

function simplifyOnce(tree: FaultTree, top: NodeId): NodeId {
  const order = reachableGates(tree, top);
  const shared = nodesWithSeveralParents(tree, order);
  if (shared.size === 0) return top;
  const assumptions = assumptionsOf(tree, top, order, shared);
  const replaced = new Map<NodeId, NodeId>();
  for (const node of order) {
    const gate = tree.gate(node);
    if (gate === undefined) continue;
    const known = assumptions.get(node);
    const nodes = gate.arguments.map((argument) => {
      const constant = known?.get(argument);
      if (constant !== undefined) return constant ? TRUE : FALSE;
      return replaced.get(argument) ?? argument;
    });
    if (nodes.some((argument, index) => argument !== gate.arguments[index])) {
      replaced.set(node, rebuild(tree, gate, nodes));
    }
  }
  return replaced.get(top) ?? top;
}

function nodesWithSeveralParents(tree: FaultTree, order: readonly NodeId[]): ReadonlySet<NodeId> {
  const seen = new Set<NodeId>();
  const shared = new Set<NodeId>();
  for (const node of order) {
    for (const argument of tree.gate(node)?.arguments ?? []) {
      if (seen.has(argument)) shared.add(argument);
      seen.add(argument);
    }
  }
  return shared;
}

/** From the top down: what a gate's surroundings say is what all of its parents say. */
function assumptionsOf(
  tree: FaultTree,
  top: NodeId,
  order: readonly NodeId[],
  shared: ReadonlySet<NodeId>,
): ReadonlyMap<NodeId, Assumptions> {
  const found = new Map<NodeId, Assumptions>([[top, new Map()]]);
  for (const node of order.toReversed()) {
    const gate = tree.gate(node);
    const inherited = found.get(node);
    if (gate === undefined || inherited === undefined) continue;
    const siblings = gate.type === "and" || gate.type === "or" ? gate.arguments.filter((each) => shared.has(each)) : [];
    for (const argument of gate.arguments) {
      if (tree.gate(argument) === undefined) continue;
      const before = found.get(argument);
      if (before?.size === 0) continue;
      const stated = withSiblings(inherited, siblings, argument, gate.type === "and");
      found.set(argument, before === undefined ? stated : agreed(before, stated));
    }
  }
  return found;
}

function withSiblings(
  inherited: Assumptions,
  siblings: readonly NodeId[],
  argument: NodeId,
  happens: boolean,
): Assumptions {
  if (siblings.length === 0 || (siblings.length === 1 && siblings[0] === argument)) return inherited;
  const stated = new Map(inherited);
  for (const sibling of siblings) {
    if (sibling !== argument && !stated.has(sibling) && stated.size < MAXIMUM_ASSUMPTIONS) stated.set(sibling, happens);
  }
  return stated;
}

function agreed(left: Assumptions, right: Assumptions): Assumptions {
  const [smaller, larger] = left.size < right.size ? [left, right] : [right, left];
  return new Map([...smaller].filter(([node, happens]) => larger.get(node) === happens));
}
