/** A value of a node or pod that the API server would refuse or that cannot be counted: the object is not evaluable. */
export interface ReadingProblem {
  /** Inside the object. */
  readonly path: readonly (string | number)[];
  /** A predicate of the field, such as `is "1x", which is no quantity`. */
  readonly text: string;
}

/** An object as read, or why it is not evaluable. */
export type Reading<Value> =
  | { readonly kind: "read"; readonly value: Value }
  | { readonly kind: "refused"; readonly problems: readonly ReadingProblem[] };
