import type { FaultTree, GateType, NodeId } from "./fault-tree.ts";

/** A gate of a formula. An argument `>= 0` is the gate at that index, a negative one the leaf at `~argument`. */
export interface FormulaGate {
  readonly type: GateType;
  readonly arguments: readonly number[];
  readonly minimum: number;
  readonly weights: readonly number[] | undefined;
}

/**
 * A part of a fault tree on its own: gates with arguments before gates, the last one being the root, over leaves that
 * are basic events or whole modules. Leaves are numbered in the order of a depth-first walk, so that parts of equal
 * structure have equal gates, whatever their events are.
 */
export interface Formula {
  readonly gates: readonly FormulaGate[];
  readonly leaves: readonly NodeId[];
  /** No gate negates: more failures never make the root less likely. */
  readonly coherent: boolean;
  /** Equal for formulas of equal structure. */
  readonly signature: string;
}

/** Cuts the formula below `root` out of a tree; nodes for which `isLeaf` holds are not entered. */
export function extractFormula(tree: FaultTree, root: NodeId, isLeaf: (node: NodeId) => boolean): Formula {
  const leaves: NodeId[] = [];
  const gates: FormulaGate[] = [];
  const known = new Map<NodeId, number>();
  const open: { readonly node: NodeId; readonly entered: boolean }[] = [{ node: root, entered: false }];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const { node, entered } = step;
    const gate = tree.gate(node);
    if (known.has(node)) continue;
    if (gate === undefined || (node !== root && isLeaf(node))) {
      known.set(node, ~leaves.length);
      leaves.push(node);
    } else if (entered) {
      known.set(node, gates.length);
      gates.push({ ...gate, arguments: gate.arguments.map((argument) => known.get(argument) ?? 0) });
    } else {
      open.push({ node, entered: true });
      for (const argument of gate.arguments.toReversed()) open.push({ node: argument, entered: false });
    }
  }
  const coherent = gates.every(({ type }) => type !== "not");
  return { gates, leaves, coherent, signature: signatureOf(gates) };
}

function signatureOf(gates: readonly FormulaGate[]): string {
  return gates
    .map(({ type, minimum, arguments: nodes, weights }) =>
      type === "atLeast" ? `${minimum}(${nodes.join()}*${weights?.join() ?? ""})` : `${type[0]}(${nodes.join()})`,
    )
    .join("");
}

/** How many arguments of gates each leaf is. */
export function leafParents({ gates, leaves }: Formula): readonly number[] {
  const parents = Array.from<number>({ length: leaves.length }).fill(0);
  for (const gate of gates) {
    for (const argument of gate.arguments) {
      if (argument < 0) parents[~argument] = (parents[~argument] ?? 0) + 1;
    }
  }
  return parents;
}
