import { FALSE, type FaultTree, type Gate, type NodeId } from "./fault-tree.ts";

/**
 * Inlines an AND below an AND and an OR below an OR where the inner gate has no other parent. Gives the new top event;
 * constants, single arguments and equal gates are folded by the tree itself.
 */
export function coalesce(tree: FaultTree, top: NodeId): NodeId {
  const order = reachableGates(tree, top);
  const parents = new Map<NodeId, number>();
  for (const node of order) {
    for (const argument of tree.gate(node)?.arguments ?? []) parents.set(argument, (parents.get(argument) ?? 0) + 1);
  }
  const replaced = new Map<NodeId, NodeId>();
  for (const node of order) {
    const gate = tree.gate(node);
    if (gate === undefined) continue;
    const nodes = gate.arguments.map((argument) => replaced.get(argument) ?? argument);
    const inlines = (argument: NodeId, child: NodeId) =>
      (gate.type === "and" || gate.type === "or") &&
      parents.get(argument) === 1 &&
      tree.gate(child)?.type === gate.type;
    if (gate.arguments.every((argument, index) => argument === nodes[index] && !inlines(argument, argument))) continue;
    if (gate.type === "atLeast" || gate.type === "not") {
      replaced.set(node, rebuild(tree, gate, nodes));
      continue;
    }
    const inlined = gate.arguments.flatMap((argument, index) => {
      const child = nodes[index] ?? argument;
      return inlines(argument, child) ? (tree.gate(child)?.arguments ?? []) : [child];
    });
    replaced.set(node, rebuild(tree, gate, inlined));
  }
  return replaced.get(top) ?? top;
}

/** The same gate over other arguments. */
export function rebuild(tree: FaultTree, gate: Gate, nodes: readonly NodeId[]): NodeId {
  switch (gate.type) {
    case "and":
      return tree.and(nodes);
    case "or":
      return tree.or(nodes);
    case "atLeast":
      return tree.atLeast(gate.minimum, nodes, gate.weights);
    case "not":
      return tree.not(nodes[0] ?? FALSE);
  }
}

/** The gates below `top` and itself, arguments before gates. */
export function reachableGates(tree: FaultTree, top: NodeId): readonly NodeId[] {
  const seen = new Set<NodeId>();
  const open: NodeId[] = [top];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const gate = tree.gate(node);
    if (gate === undefined || seen.has(node)) continue;
    seen.add(node);
    for (const argument of gate.arguments) open.push(argument);
  }
  return [...seen].sort((left, right) => left - right);
}
