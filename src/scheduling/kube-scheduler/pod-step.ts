/** A node's answer to a pod: the plugin that refuses it, or its scores, already times weight. */
export type StepNode =
  | {
      /** `not examined` when sampling found enough nodes before. */
      readonly fail: string;
      readonly reason: readonly string[];
    }
  | { readonly scores: { readonly [plugin: string]: number }; readonly total: number };

/** One scheduling step in full. */
export interface PodStep {
  readonly pod: string;
  readonly nodes: { readonly [node: string]: StepNode };
  /** All nodes with the highest total, in the order of the nodes. */
  readonly best: readonly string[];
  /** Empty when no node can take the pod. */
  readonly chosen: string;
}
