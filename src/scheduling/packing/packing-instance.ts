import type { PackingProblem } from "./packing-problem.ts";

/** The problem in numbers, as the searches use it: shapes and node types by index, sizes in one array. */
export interface PackingInstance {
  readonly dimensions: number;
  readonly shapes: number;
  readonly nodeTypes: number;
  /** Size of shape s in dimension k at `s * dimensions + k`. */
  readonly sizes: Float64Array;
  /** Pods of each shape. */
  readonly demand: Int32Array;
  /** Most pods of each shape on one node. */
  readonly perNode: Int32Array;
  /** Capacity of type b in dimension k at `b * dimensions + k`. */
  readonly capacities: Float64Array;
  readonly prices: Float64Array;
  /** Most nodes of each type; infinite without a limit. */
  readonly limits: Float64Array;
  /** Most pods of shape s on an empty node of type b at `b * shapes + s`: 0 where the type does not admit them. */
  readonly most: Int32Array;
  /** Shapes that must not share a node with each shape. */
  readonly conflicts: readonly Int32Array[];
  readonly hasConflicts: boolean;
  /** Whether a pod of any shape gives room back. */
  readonly hasNegativeSizes: boolean;
}

/** Numbers of a problem that `findInvalidNumbers` found nothing wrong with. */
export function packingInstance(problem: PackingProblem): PackingInstance {
  const { shapes, nodeTypes } = problem;
  const dimensions = problem.dimensions.length;
  const sizes = Float64Array.from(shapes.flatMap(({ size }) => size));
  const capacities = Float64Array.from(nodeTypes.flatMap(({ capacity }) => capacity));
  const perNode = Int32Array.from(shapes, ({ perNode: most, quantity }) => Math.min(most ?? quantity, quantity));
  const conflicts = conflictLists(problem);
  const hasNegativeSizes = sizes.some((size) => size < 0);
  const most = new Int32Array(nodeTypes.length * shapes.length);
  for (const [type, { name, limit }] of nodeTypes.entries()) {
    for (const [shape, { nodeTypes: admitted, quantity }] of shapes.entries()) {
      if (limit === 0 || (admitted !== undefined && !admitted.includes(name))) continue;
      let copies = Math.min(quantity, perNode[shape] ?? 0);
      // Where pods give room back, how many fit depends on the others of the node.
      if (!hasNegativeSizes) {
        for (let k = 0; k < dimensions; k += 1) {
          const size = sizes[shape * dimensions + k] ?? 0;
          if (size > 0) copies = Math.min(copies, Math.floor((capacities[type * dimensions + k] ?? 0) / size));
        }
      }
      most[type * shapes.length + shape] = copies;
    }
  }
  return {
    dimensions,
    shapes: shapes.length,
    nodeTypes: nodeTypes.length,
    sizes,
    demand: Int32Array.from(shapes, ({ quantity }) => quantity),
    perNode,
    capacities,
    prices: Float64Array.from(nodeTypes, ({ price }) => price),
    limits: Float64Array.from(nodeTypes, ({ limit }) => limit ?? Number.POSITIVE_INFINITY),
    most,
    conflicts,
    hasConflicts: conflicts.some(({ length }) => length > 0),
    hasNegativeSizes,
  };
}

function conflictLists(problem: PackingProblem): readonly Int32Array[] {
  const indices = new Map(problem.shapes.map(({ name }, index) => [name, index]));
  const lists = problem.shapes.map(() => new Set<number>());
  for (const [left, right] of problem.conflicts ?? []) {
    const first = indices.get(left);
    const second = indices.get(right);
    if (first === undefined || second === undefined || first === second) continue;
    lists[first]?.add(second);
    lists[second]?.add(first);
  }
  return lists.map((list) => Int32Array.from([...list].sort((a, b) => a - b)));
}

/** A way to fill a node: its type and the pods on it, by shape in ascending order. */
export interface Pattern {
  readonly nodeType: number;
  readonly shapes: Int32Array;
  readonly counts: Int32Array;
}

/** Whether a pattern respects capacity, pods a node, admission and conflicts. */
export function isFeasible(instance: PackingInstance, pattern: Pattern): boolean {
  const { dimensions, sizes, capacities, conflicts } = instance;
  const present = new Set(pattern.shapes);
  const used = new Float64Array(dimensions);
  for (const [position, shape] of pattern.shapes.entries()) {
    const count = pattern.counts[position] ?? 0;
    if (count < 1 || count > (instance.most[pattern.nodeType * instance.shapes + shape] ?? 0)) return false;
    if (conflicts[shape]?.some((other) => present.has(other)) === true) return false;
    for (let k = 0; k < dimensions; k += 1) used[k] = (used[k] ?? 0) + count * (sizes[shape * dimensions + k] ?? 0);
  }
  return used.every((amount, k) => amount <= (capacities[pattern.nodeType * dimensions + k] ?? 0));
}
