/** A solver of linear programs, handed in by whoever runs the search: the engines load none themselves. */
export interface LinearSolver {
  /** A minimisation without columns; rows stand between their bounds. Must be closed. */
  open(rows: readonly RowBounds[]): LinearModel;
}

export interface RowBounds {
  readonly lower: number;
  readonly upper: number;
}

/** One variable, at least 0, with its entries in the rows. */
export interface LinearColumn {
  readonly cost: number;
  readonly rows: Int32Array;
  readonly values: Int32Array;
}

/** A model that keeps its basis from one solution to the next. */
export interface LinearModel {
  addColumns(columns: readonly LinearColumn[]): void;
  setRow(row: number, bounds: RowBounds): void;
  /** Undefined when there is no solution, or the solver gave up. */
  solve(): LinearSolution | undefined;
  /** The best whole-numbered solution found within so many branch-and-bound nodes; ends the use of `solve`. */
  solveInteger(maximumNodes: number): IntegerSolution;
  close(): void;
}

export interface LinearSolution {
  readonly objective: number;
  /** By column. */
  readonly values: Float64Array;
  /** By row. */
  readonly duals: Float64Array;
}

/** `limit`: the nodes were used up, with the best solution so far, if any. */
export type IntegerSolution =
  | { readonly status: "optimal"; readonly objective: number; readonly values: Float64Array }
  | { readonly status: "limit"; readonly values: Float64Array | undefined }
  | { readonly status: "infeasible" };
