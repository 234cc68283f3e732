import type { PackingInstance } from "../packing-instance.ts";
import type { FilledNode } from "./node-filler.ts";

/** A plan while it is searched for: a list of nodes, and the pods that found none. */
export interface Solution {
  readonly nodes: readonly FilledNode[];
  readonly price: number;
  readonly unplaced: Int32Array;
  readonly unplacedPods: number;
}

export function solutionOf(instance: PackingInstance, nodes: readonly FilledNode[]): Solution {
  const unplaced = instance.demand.slice();
  for (const { shapes, counts } of nodes) {
    for (const [position, shape] of shapes.entries()) {
      unplaced[shape] = (unplaced[shape] ?? 0) - (counts[position] ?? 0);
    }
  }
  return {
    nodes,
    price: nodes.reduce((total, { nodeType }) => total + (instance.prices[nodeType] ?? 0), 0),
    unplaced,
    unplacedPods: unplaced.reduce((total, pods) => total + pods, 0),
  };
}

/** Fewer pods without a place, then less money. */
export function isBetter(left: Solution, right: Solution): boolean {
  return (
    left.unplacedPods < right.unplacedPods || (left.unplacedPods === right.unplacedPods && left.price < right.price)
  );
}
