import type { PackingProblem } from "../src/scheduling/packing/packing-problem.ts";

/** A line of the published vector bin packing instances. */
export interface VectorPackingInstance {
  readonly id: string;
  readonly cls: string;
  readonly cap: readonly number[];
  /** Sizes by dimension, then the quantity. */
  readonly items: readonly (readonly number[])[];
  /** Published lower bound. */
  readonly lb: number;
  /** -1: not known. */
  readonly opt: number;
  /** Of the best of all published heuristics. */
  readonly best: number;
}

/** The instance as pods of one shape each, and nodes of one type at the price 1. */
export function vectorPackingProblem({ cap, items }: VectorPackingInstance): PackingProblem {
  return {
    dimensions: cap.map((_, index) => `d${index}`),
    nodeTypes: [{ name: "bin", capacity: cap, price: 1 }],
    shapes: items.map((item, index) => ({
      name: `item-${index}`,
      size: item.slice(0, -1),
      quantity: item.at(-1) ?? 0,
    })),
  };
}
