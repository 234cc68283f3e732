import type { FaultTree, NodeId } from "./fault-tree.ts";

/** When a depth-first walk first met a node, left it after its arguments, and last met it. */
interface Visit {
  first: number;
  left: number;
  last: number;
}

/**
 * The gates below `top` (and `top` itself) that share nothing with the rest of the tree: each can be solved alone and
 * then stands for one independent event. Arguments before gates. Linear in the size of the tree.
 * Source: Y. Dutuit, A. Rauzy, A linear-time algorithm to find modules of fault trees, IEEE Trans. Reliability 45 (1996).
 */
export function findModules(tree: FaultTree, top: NodeId): readonly NodeId[] {
  const visits = walk(tree, top);
  const earliest = new Map<NodeId, number>();
  const latest = new Map<NodeId, number>();
  const modules: NodeId[] = [];
  for (const node of [...visits.keys()].sort((left, right) => left - right)) {
    const gate = tree.gate(node);
    const visit = visits.get(node);
    if (gate === undefined || visit === undefined) continue;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const argument of gate.arguments) {
      const below = visits.get(argument);
      low = Math.min(low, below?.first ?? 0, earliest.get(argument) ?? Number.POSITIVE_INFINITY);
      high = Math.max(high, below?.last ?? 0, latest.get(argument) ?? 0);
    }
    earliest.set(node, low);
    latest.set(node, high);
    if (low > visit.first && high < visit.left) modules.push(node);
  }
  return modules;
}

function walk(tree: FaultTree, top: NodeId): ReadonlyMap<NodeId, Visit> {
  const visits = new Map<NodeId, Visit>();
  const open: { readonly node: NodeId; readonly leaving: boolean }[] = [{ node: top, leaving: false }];
  let clock = 0;
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    clock += 1;
    const known = visits.get(step.node);
    if (step.leaving) {
      if (known !== undefined) {
        known.left = clock;
        known.last = clock;
      }
      continue;
    }
    if (known !== undefined) {
      known.last = clock;
      continue;
    }
    visits.set(step.node, { first: clock, left: clock, last: clock });
    const gate = tree.gate(step.node);
    if (gate === undefined) continue;
    open.push({ node: step.node, leaving: true });
    for (const argument of gate.arguments.toReversed()) open.push({ node: argument, leaving: false });
  }
  return visits;
}
