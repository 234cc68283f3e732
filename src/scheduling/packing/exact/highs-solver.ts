import type { Highs, InitOptions, Model, ModelStatusCode } from "highs";
import type {
  IntegerSolution,
  LinearColumn,
  LinearModel,
  LinearSolution,
  LinearSolver,
  RowBounds,
} from "./linear-solver.ts";

/** Codes of HiGHS. */
const optimal: ModelStatusCode = 7;
const infeasible: ModelStatusCode = 8;

/**
 * Loads HiGHS (3.9 MB of WebAssembly) as the solver of the exact search. A page that cannot find the file beside the script
 * says where it is with `locateFile`.
 */
export async function loadHighsSolver(
  options: Pick<InitOptions, "locateFile" | "wasmBinary"> = {},
): Promise<LinearSolver> {
  const { default: load } = await import("highs");
  // The types of the package describe its CommonJS form; what is imported is the module, whose default is the loader.
  return highsSolver(await (load as unknown as (options: InitOptions) => Promise<Highs>)(options));
}

function highsSolver(highs: Highs): LinearSolver {
  return {
    open(rows) {
      const model = highs.createModel({
        numCols: 0,
        numRows: rows.length,
        colCost: [],
        colLower: [],
        colUpper: [],
        rowLower: rows.map(({ lower }) => lower),
        rowUpper: rows.map(({ upper }) => upper),
        matrix: { format: "csc", numRows: rows.length, numCols: 0, starts: [0], indices: [], values: [] },
      });
      return new HighsLinearModel(model, rows.length);
    },
  };
}

class HighsLinearModel implements LinearModel {
  readonly #model: Model;
  readonly #rows: number;
  #columns = 0;

  constructor(model: Model, rows: number) {
    this.#model = model;
    this.#rows = rows;
  }

  addColumns(columns: readonly LinearColumn[]): void {
    if (columns.length === 0) return;
    const starts = new Int32Array(columns.length + 1);
    for (const [index, { rows }] of columns.entries()) starts[index + 1] = (starts[index] ?? 0) + rows.length;
    this.#model.addCols({
      cost: Float64Array.from(columns, ({ cost }) => cost),
      lower: new Float64Array(columns.length),
      upper: new Float64Array(columns.length).fill(Number.POSITIVE_INFINITY),
      matrix: {
        format: "csc",
        numRows: this.#rows,
        numCols: columns.length,
        starts,
        indices: Int32Array.from(columns.flatMap(({ rows }) => [...rows])),
        values: Float64Array.from(columns.flatMap(({ values }) => [...values])),
      },
    });
    this.#columns += columns.length;
  }

  setRow(row: number, { lower, upper }: RowBounds): void {
    this.#model.changeRowBounds(row, lower, upper);
  }

  solve(): LinearSolution | undefined {
    const { modelStatus } = this.#model.run();
    if (modelStatus !== optimal) return undefined;
    const { colValue, rowDual } = this.#model.getSolution();
    return { objective: this.#model.getObjectiveValue(), values: colValue, duals: rowDual };
  }

  solveInteger(maximumNodes: number): IntegerSolution {
    if (this.#columns === 0) return { status: "infeasible" };
    const all = { kind: "range", from: 0, to: this.#columns - 1 } as const;
    this.#model.changeColsIntegrality(all, new Int32Array(this.#columns).fill(1));
    this.#model.options.set({ mip_max_nodes: maximumNodes, mip_rel_gap: 0, mip_abs_gap: 1e-6 });
    const { modelStatus } = this.#model.run();
    if (modelStatus === infeasible) return { status: "infeasible" };
    const values = this.#incumbent();
    if (modelStatus === optimal && values !== undefined) {
      return { status: "optimal", objective: this.#model.getObjectiveValue(), values };
    }
    return { status: "limit", values };
  }

  close(): void {
    this.#model.dispose();
  }

  #incumbent(): Float64Array | undefined {
    // 2: a feasible solution is at hand.
    return this.#model.info.get("primal_solution_status") === 2 ? this.#model.getSolution().colValue : undefined;
  }
}
