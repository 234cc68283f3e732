import { reachableGates, rebuild } from "./coalesce.ts";
import type { FaultTree, NodeId } from "./fault-tree.ts";
import { findModules } from "./modules.ts";

/** More arguments than this are nested, so that no module has very many leaves. */
const MAXIMUM_ARGUMENTS = 256;

/**
 * Splits the arguments of AND and OR modules into groups that share nothing with one another, each a gate of its own:
 * every group then is a module, and is solved alone. Gives the new top event.
 */
export function separateArguments(tree: FaultTree, top: NodeId): NodeId {
  const modules = new Set(findModules(tree, top));
  const replaced = new Map<NodeId, NodeId>();
  for (const node of reachableGates(tree, top)) {
    const gate = tree.gate(node);
    if (gate === undefined) continue;
    const build = (nodes: readonly NodeId[]) => rebuild(tree, gate, nodes);
    const renew = (argument: NodeId) => replaced.get(argument) ?? argument;
    if ((gate.type === "and" || gate.type === "or") && modules.has(node)) {
      const groups = connectedGroups(tree, gate.arguments, modules);
      replaced.set(
        node,
        nest(
          groups.map((group) => build(group.map(renew))),
          build,
        ),
      );
    } else if (gate.arguments.some((argument) => replaced.has(argument))) {
      replaced.set(node, build(gate.arguments.map(renew)));
    }
  }
  return replaced.get(top) ?? top;
}

function nest(nodes: readonly NodeId[], build: (nodes: readonly NodeId[]) => NodeId): NodeId {
  let level = nodes;
  while (level.length > MAXIMUM_ARGUMENTS) {
    const nested: NodeId[] = [];
    for (let start = 0; start < level.length; start += MAXIMUM_ARGUMENTS) {
      nested.push(build(level.slice(start, start + MAXIMUM_ARGUMENTS)));
    }
    level = nested;
  }
  return build(level);
}

/** Groups nodes that reach a common node; modules are not entered, as nothing below them is shared. */
function connectedGroups(
  tree: FaultTree,
  nodes: readonly NodeId[],
  modules: ReadonlySet<NodeId>,
): readonly (readonly NodeId[])[] {
  const leaders = nodes.map((_, index) => index);
  const find = (index: number): number => {
    let leader = index;
    while (leaders[leader] !== leader) leader = leaders[leader] ?? leader;
    leaders[index] = leader;
    return leader;
  };
  const owners = new Map<NodeId, number>();
  for (const [index, node] of nodes.entries()) {
    const open = [node];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const owner = owners.get(next);
      if (owner !== undefined) {
        leaders[find(index)] = find(owner);
        continue;
      }
      owners.set(next, index);
      if (modules.has(next)) continue;
      for (const argument of tree.gate(next)?.arguments ?? []) open.push(argument);
    }
  }
  const groups = new Map<number, NodeId[]>();
  for (const [index, node] of nodes.entries()) {
    const leader = find(index);
    const group = groups.get(leader);
    if (group === undefined) groups.set(leader, [node]);
    else group.push(node);
  }
  return [...groups.values()];
}
