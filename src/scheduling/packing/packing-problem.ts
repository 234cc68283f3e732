/**
 * Which nodes to buy, and what to put on them: shapes of pods to be packed onto nodes of several sizes at the least price.
 *
 * All numbers are integers in fixed units (millicores, bytes, pods, micro-euros an hour), so that sums and comparisons are
 * exact; what is not an integer is refused by name.
 */
export interface PackingProblem {
  /** What is counted, such as `cpuMillicores`, `memoryBytes`, `pods`; sizes and capacities follow this order. */
  readonly dimensions: readonly string[];
  readonly nodeTypes: readonly NodeType[];
  readonly shapes: readonly PackingShape[];
  /** Pairs of shape names that must not share a node. */
  readonly conflicts?: readonly (readonly [string, string])[];
}

/** A kind of node that may be bought: a VM size in a zone of a pool, under a commercial term. */
export interface NodeType {
  readonly name: string;
  /** What the pods may use, by dimension: reservations and the pods of every node are taken off already. */
  readonly capacity: readonly number[];
  /** Price of one node, in any integer unit. */
  readonly price: number;
  /** Most nodes of this type, such as a quota or the nodes that are owned already; none: no limit. */
  readonly limit?: number;
}

/** Pods that are alike in all that matters here. */
export interface PackingShape {
  readonly name: string;
  /**
   * What one pod takes, by dimension. A negative size gives room back to the other pods of the node; no pod of Kubernetes
   * does so, published packing problems do.
   */
  readonly size: readonly number[];
  readonly quantity: number;
  /** Most pods of the shape on one node: 1 for required anti-affinity with itself or a host port; none: no limit. */
  readonly perNode?: number;
  /** Names of the node types that admit the pods; none: all. */
  readonly nodeTypes?: readonly string[];
}
