/**
 * What an arrow says: `hard`, `soft` and `async` that `from` leans on `to`; the others that the pods of one tenant may
 * reach those of another: all ports, some, none for certain, or the way round through a public entry point.
 */
export type ArrowType = "hard" | "soft" | "async" | "reachOpen" | "reachLimited" | "reachUnknown" | "reachAround";

/** An arrow of the map between two boxes. */
export interface Arrow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly type: ArrowType;
  /** Dependencies or connections that it stands for. */
  readonly count: number;
  /** What it says, as a sentence; of dependencies the labels say it. */
  readonly words?: string;
}
