import type { FillChoice, FilledNode, NodeFiller } from "./node-filler.ts";

/** Nodes of each type that may still be opened. */
export type NodesLeft = Float64Array;

/**
 * Opens node after node until the stock is empty or nothing fits any more, each of the type whose content is worth most
 * for its price, and repeats each filling as long as the stock has it. Takes the pods from `stock` and the nodes from
 * `nodesLeft`.
 *
 * @param budget Stops with undefined when the nodes cost more than this.
 */
export function fillNodesInTurn(
  filler: NodeFiller,
  stock: Int32Array,
  candidates: readonly number[],
  nodesLeft: NodesLeft,
  choice: FillChoice,
  budget = Number.POSITIVE_INFINITY,
): FilledNode[] | undefined {
  const { prices } = filler.instance;
  const nodes: FilledNode[] = [];
  let price = 0;
  let open = candidates;
  for (;;) {
    open = open.filter((shape) => (stock[shape] ?? 0) > 0);
    if (open.length === 0) return nodes;
    const node = bestFilling(filler, stock, open, nodesLeft, choice);
    if (node === undefined) return nodes;
    const copies = Math.min(copiesIn(node, stock), nodesLeft[node.nodeType] ?? 0);
    price += copies * (prices[node.nodeType] ?? 0);
    if (price > budget) return undefined;
    for (let copy = 0; copy < copies; copy += 1) nodes.push(node);
    nodesLeft[node.nodeType] = (nodesLeft[node.nodeType] ?? 0) - copies;
    for (let position = 0; position < node.shapes.length; position += 1) {
      const shape = node.shapes[position] ?? 0;
      stock[shape] = (stock[shape] ?? 0) - copies * (node.counts[position] ?? 0);
    }
  }
}

/** The filling with the least price for its worth. */
function bestFilling(
  filler: NodeFiller,
  stock: Int32Array,
  candidates: readonly number[],
  nodesLeft: NodesLeft,
  choice: FillChoice,
): FilledNode | undefined {
  const { nodeTypes, prices } = filler.instance;
  let best: FilledNode | undefined;
  let bestRatio = Number.POSITIVE_INFINITY;
  for (let type = 0; type < nodeTypes; type += 1) {
    if ((nodesLeft[type] ?? 0) < 1) continue;
    const node = filler.fill(type, stock, candidates, choice);
    if (node === undefined) continue;
    const ratio = ((prices[type] ?? 0) + 1e-9) / Math.max(node.worth, 1e-12);
    if (best === undefined || ratio < bestRatio) {
      best = node;
      bestRatio = ratio;
    }
  }
  return best;
}

function copiesIn(node: FilledNode, stock: Int32Array): number {
  let copies = Number.POSITIVE_INFINITY;
  for (let position = 0; position < node.shapes.length; position += 1) {
    copies = Math.min(copies, Math.floor((stock[node.shapes[position] ?? 0] ?? 0) / (node.counts[position] ?? 1)));
  }
  return copies;
}
