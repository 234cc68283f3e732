import type { Highs, InitOptions } from "highs";

/** A column of a mixed-integer program, at least 0: what it costs, and its coefficients in the rows. */
export interface ProgramColumn {
  readonly cost: number;
  readonly upper: number;
  readonly isInteger: boolean;
  readonly rows: readonly number[];
  readonly values: readonly number[];
}

/** Least cost such that every row lies in its bounds. */
export interface MixedIntegerProgram {
  readonly rows: readonly { readonly lower: number; readonly upper: number }[];
  readonly columns: readonly ProgramColumn[];
}

interface ProgramSolution {
  /** Nothing costs less: the solver's bound, which is the objective when it is proven. */
  readonly bound: number;
  readonly values: ArrayLike<number>;
}

/** Undefined where no solution is found. */
export type MixedIntegerSolver = (program: MixedIntegerProgram) => ProgramSolution | undefined;

/** Bound on the search tree; programs of commitments are solved in the first nodes. */
const mostNodes = 2_000;
/** A solution was found. */
const feasible = 2;

/** Loads HiGHS (3.9 MB of WebAssembly). A page says with `locateFile` where the file is. */
export async function loadMixedIntegerSolver(
  options: { readonly locateFile?: (path: string) => string } = {},
): Promise<MixedIntegerSolver> {
  const { default: load } = await import("highs");
  // The types of the package describe its CommonJS form; what is imported is the module, whose default is the loader.
  const highs = await (load as unknown as (options: InitOptions) => Promise<Highs>)(options);
  return (program) => solveWith(highs, program);
}

function solveWith(highs: Highs, { rows, columns }: MixedIntegerProgram): ProgramSolution | undefined {
  const starts = new Int32Array(columns.length + 1);
  for (const [index, { rows: own }] of columns.entries()) starts[index + 1] = (starts[index] ?? 0) + own.length;
  const model = highs.createModel({
    numCols: columns.length,
    numRows: rows.length,
    colCost: columns.map(({ cost }) => cost),
    colLower: columns.map(() => 0),
    colUpper: columns.map(({ upper }) => upper),
    rowLower: rows.map(({ lower }) => lower),
    rowUpper: rows.map(({ upper }) => upper),
    matrix: {
      format: "csc",
      numRows: rows.length,
      numCols: columns.length,
      starts,
      indices: Int32Array.from(columns.flatMap((column) => [...column.rows])),
      values: Float64Array.from(columns.flatMap(({ values }) => [...values])),
    },
    integrality: Int32Array.from(columns, ({ isInteger }) => (isInteger ? 1 : 0)),
  });
  try {
    model.options.set({ mip_max_nodes: mostNodes, mip_rel_gap: 0, mip_abs_gap: 1e-6 });
    model.run();
    if (model.info.get("primal_solution_status") !== feasible) return undefined;
    const isMixed = columns.some(({ isInteger }) => isInteger);
    const bound = isMixed ? Number(model.info.get("mip_dual_bound")) : model.getObjectiveValue();
    return { bound, values: model.getSolution().colValue };
  } finally {
    model.dispose();
  }
}
