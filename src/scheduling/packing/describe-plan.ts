import type { FilledNode } from "./heuristics/node-filler.ts";
import type { Solution } from "./heuristics/solution.ts";
import type { PackingPlan, PlannedNodes, UnplacedPods } from "./packing-plan.ts";
import type { NodeType, PackingShape } from "./packing-problem.ts";

/** The plan with the names of the problem: nodes filled alike together, in the order of the node types. */
export function describePlan(
  shapes: readonly PackingShape[],
  nodeTypes: readonly NodeType[],
  solution: Solution,
  unplaceable: readonly UnplacedPods[],
): PackingPlan {
  const groups = Map.groupBy(solution.nodes, keyOf);
  const nodes = [...groups.values()]
    .flatMap((alike) => {
      const node = alike[0];
      return node === undefined ? [] : [{ node, count: alike.length }];
    })
    .sort((left, right) => compare(left.node, right.node))
    .map(({ node, count }): PlannedNodes => {
      const pods = [...node.shapes].map((shape, position) => ({
        shape: shapes[shape]?.name ?? "",
        count: node.counts[position] ?? 0,
      }));
      return { nodeType: nodeTypes[node.nodeType]?.name ?? "", count, pods };
    });
  const left = shapes.flatMap(({ name }, index) => {
    const count = solution.unplaced[index] ?? 0;
    return count > 0 ? [{ shape: name, count, reason: "the limits of the node types left no node for the pods" }] : [];
  });
  return { price: solution.price, nodes, unplaced: [...unplaceable, ...left] };
}

function keyOf({ nodeType, shapes, counts }: FilledNode): string {
  return `${nodeType}:${shapes.join()}:${counts.join()}`;
}

function compare(left: FilledNode, right: FilledNode): number {
  if (left.nodeType !== right.nodeType) return left.nodeType - right.nodeType;
  for (const [position, shape] of left.shapes.entries()) {
    const difference = shape - (right.shapes[position] ?? -1);
    if (difference !== 0) return difference;
    const fewer = (right.counts[position] ?? 0) - (left.counts[position] ?? 0);
    if (fewer !== 0) return fewer;
  }
  return left.shapes.length - right.shapes.length;
}
