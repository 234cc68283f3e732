import type { PackingInstance } from "./packing-instance.ts";
import type { UnplacedPods } from "./packing-plan.ts";
import type { NodeType, PackingProblem, PackingShape } from "./packing-problem.ts";

/** Shapes of which not one pod fits an empty node of any type, and why. */
export function unplaceableShapes(problem: PackingProblem, instance: PackingInstance): readonly UnplacedPods[] {
  return problem.shapes.flatMap((shape, index) => {
    if (shape.quantity === 0) return [];
    for (let type = 0; type < instance.nodeTypes; type += 1) {
      if ((instance.most[type * instance.shapes + index] ?? 0) > 0) return [];
    }
    return [{ shape: shape.name, count: shape.quantity, reason: reasonOf(problem, shape) }];
  });
}

function reasonOf(problem: PackingProblem, shape: PackingShape): string {
  if (shape.perNode === 0) return "no node may hold one (0 a node)";
  const admitting = problem.nodeTypes.filter(
    ({ name }) => shape.nodeTypes === undefined || shape.nodeTypes.includes(name),
  );
  if (admitting.length === 0) return "no node type admits the pods";
  const open = admitting.filter(({ limit }) => limit !== 0);
  if (open.length === 0) return "the node types that admit the pods are limited to 0 nodes";
  const lacking = problem.dimensions.flatMap((dimension, k) => {
    const asked = shape.size[k] ?? 0;
    const largest = open.reduce((most: NodeType, type) =>
      (type.capacity[k] ?? 0) > (most.capacity[k] ?? 0) ? type : most,
    );
    const offered = largest.capacity[k] ?? 0;
    return asked > offered ? [`${dimension} ${asked}, but the most a node offers is ${offered} (${largest.name})`] : [];
  });
  if (lacking.length > 0) return `a pod asks for ${lacking.join(", and ")}`;
  return `no single node type has room in all of ${problem.dimensions.join(", ")} at once`;
}
