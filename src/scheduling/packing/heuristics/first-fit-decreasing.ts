import type { PackingInstance } from "../packing-instance.ts";
import type { FilledNode, NodeFiller } from "./node-filler.ts";

interface OpenNode {
  readonly type: number;
  readonly free: Float64Array;
  readonly counts: Map<number, number>;
}

/**
 * Pod by pod: the shapes by falling worth, each pod onto the first open node with room, or onto a new node of the type where
 * its share of the price is least.
 */
export function firstFitDecreasing(filler: NodeFiller): readonly FilledNode[] {
  const { instance, fairPrices } = filler;
  const order = Array.from({ length: instance.shapes }, (_, shape) => shape).sort(
    (left, right) => (fairPrices[right] ?? 0) - (fairPrices[left] ?? 0) || left - right,
  );
  const nodes: OpenNode[] = [];
  const nodesLeft = instance.limits.slice();
  for (const shape of order) {
    let from = 0;
    for (let pod = 0; pod < (instance.demand[shape] ?? 0); pod += 1) {
      // Nodes that had no room for a pod of this shape have none for the next, unless pods give room back.
      from = firstWithRoom(instance, nodes, shape, from);
      if (from === nodes.length) {
        const type = cheapestType(instance, shape, nodesLeft);
        if (type === undefined) break;
        nodesLeft[type] = (nodesLeft[type] ?? 0) - 1;
        const { dimensions, capacities } = instance;
        nodes.push({ type, free: capacities.slice(type * dimensions, (type + 1) * dimensions), counts: new Map() });
      }
      const node = nodes[from];
      if (node !== undefined) put(instance, node, shape);
    }
  }
  const stock = instance.demand.slice();
  return nodes.flatMap(({ type, counts }) => {
    const content = [...counts].sort(([left], [right]) => left - right);
    const pattern = {
      nodeType: type,
      shapes: Int32Array.from(content, ([shape]) => shape),
      counts: Int32Array.from(content, ([, count]) => count),
    };
    return filler.trimmed(pattern, stock) ?? [];
  });
}

function firstWithRoom(instance: PackingInstance, nodes: readonly OpenNode[], shape: number, from: number): number {
  for (let index = from; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node !== undefined && hasRoom(instance, node, shape)) return index;
  }
  return nodes.length;
}

function hasRoom(instance: PackingInstance, node: OpenNode, shape: number): boolean {
  const { dimensions, sizes, shapes, most, conflicts } = instance;
  if ((node.counts.get(shape) ?? 0) >= (most[node.type * shapes + shape] ?? 0)) return false;
  for (let k = 0; k < dimensions; k += 1) {
    const size = sizes[shape * dimensions + k] ?? 0;
    if (size > 0 && size > (node.free[k] ?? 0)) return false;
  }
  for (const other of conflicts[shape] ?? []) if (node.counts.has(other)) return false;
  return true;
}

/** The type whose price is least for the number of such pods that it holds. */
function cheapestType(instance: PackingInstance, shape: number, nodesLeft: Float64Array): number | undefined {
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let type = 0; type < instance.nodeTypes; type += 1) {
    const held = instance.most[type * instance.shapes + shape] ?? 0;
    if (held === 0 || (nodesLeft[type] ?? 0) < 1) continue;
    const price = (instance.prices[type] ?? 0) / held;
    if (price >= least) continue;
    least = price;
    best = type;
  }
  return best;
}

function put({ dimensions, sizes }: PackingInstance, node: OpenNode, shape: number): void {
  node.counts.set(shape, (node.counts.get(shape) ?? 0) + 1);
  for (let k = 0; k < dimensions; k += 1) node.free[k] = (node.free[k] ?? 0) - (sizes[shape * dimensions + k] ?? 0);
}
