import { type NodeTable, ONE, ZERO } from "./node-table.ts";

/**
 * A finished decision diagram: only the nodes below its root, children before parents, terminals at 0 and 1. Levels
 * index `order`, which names the leaf (of the formula it was compiled from) that is decided there.
 */
export interface Diagram {
  readonly levels: Int32Array;
  readonly highs: Int32Array;
  readonly lows: Int32Array;
  readonly root: number;
  /** Nodes, terminals included. */
  readonly size: number;
  /** Leaf of the formula at each level. */
  readonly order: readonly number[];
}

/** Copies what lies below `root` out of a table. */
export function extractDiagram(nodes: NodeTable, root: number, order: readonly number[]): Diagram {
  const marked = new Uint8Array(nodes.size);
  marked[ZERO] = 1;
  marked[ONE] = 1;
  marked[root] = 1;
  for (let node = root; node > ONE; node -= 1) {
    if (marked[node] === 0) continue;
    marked[nodes.high(node)] = 1;
    marked[nodes.low(node)] = 1;
  }
  const renumbered = new Int32Array(root + 1);
  let size = 0;
  for (let node = 0; node <= Math.max(root, ONE); node += 1) {
    if (marked[node] === 1) {
      renumbered[node] = size;
      size += 1;
    }
  }
  const levels = new Int32Array(size);
  const highs = new Int32Array(size);
  const lows = new Int32Array(size);
  for (let node = 0; node <= Math.max(root, ONE); node += 1) {
    if (marked[node] === 0) continue;
    const target = renumbered[node] ?? 0;
    levels[target] = nodes.level(node);
    highs[target] = renumbered[nodes.high(node)] ?? 0;
    lows[target] = renumbered[nodes.low(node)] ?? 0;
  }
  return { levels, highs, lows, root: renumbered[root] ?? 0, size, order };
}
