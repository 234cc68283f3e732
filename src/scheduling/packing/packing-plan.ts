/** What is bought and what goes where, with how good that is known to be. */
export interface PackingResult {
  readonly plan: PackingPlan;
  /** No plan that holds all pods that can be placed costs less. In the unit of the prices. */
  readonly lowerBound: number;
  /** Where the lower bound comes from. */
  readonly boundMethod: BoundMethod;
  /**
   * Price of the plan above the lower bound, as a share of the bound: 0.02 is 2 %. Undefined when the plan leaves out pods
   * for want of nodes, since its price is then no price of the whole.
   */
  readonly gap: number | undefined;
  /** True only when the plan is certain to be the cheapest. */
  readonly proven: boolean;
  /** True when the limits of the node types are certain to leave no room for all pods. */
  readonly provenTooSmall: boolean;
  /** Whether the search ran to the end of its budget or was ended before. */
  readonly ended: "complete" | "aborted";
  /** What one pod more of each shape adds to the price at the least, from the bound; empty without an exact search. */
  readonly marginalPrices: readonly MarginalPrice[];
}

/**
 * `resource`: the sum of one resource; `dualFeasible`: pods too large to share a node; `linear`: the linear relaxation over
 * all ways to fill a node; `enumeration`: all ways to fill a node that a better plan could use were tried.
 */
type BoundMethod = "resource" | "dualFeasible" | "linear" | "enumeration";

interface MarginalPrice {
  readonly shape: string;
  readonly price: number;
}

export interface PackingPlan {
  readonly price: number;
  /** Nodes filled alike are one entry. */
  readonly nodes: readonly PlannedNodes[];
  /** Pods that no node type could take, or for which no node was left. */
  readonly unplaced: readonly UnplacedPods[];
}

export interface PlannedNodes {
  readonly nodeType: string;
  readonly count: number;
  /** Pods on each of the nodes, in the order of the problem's shapes. */
  readonly pods: readonly { readonly shape: string; readonly count: number }[];
}

export interface UnplacedPods {
  readonly shape: string;
  readonly count: number;
  /** In words. */
  readonly reason: string;
}
