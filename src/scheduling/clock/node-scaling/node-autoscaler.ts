/** Something that adds and removes nodes by what the pods need. */
export interface NodeAutoscaler {
  /** Looks again at its next turn. */
  readonly wake: () => void;
}
