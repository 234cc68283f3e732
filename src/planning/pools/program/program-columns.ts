import type { MixedIntegerProgram, ProgramColumn } from "../../../finops/commitments/mix/mixed-integer-solver.ts";

/** A column of the program with its factor in a row. */
export type Term = readonly [column: number, factor: number];

/** A mixed-integer program that is put together column by column and row by row. */
export class ProgramColumns {
  readonly #columns: (Omit<ProgramColumn, "rows" | "values"> & { readonly entries: Map<number, number> })[] = [];
  readonly #rows: { readonly lower: number; readonly upper: number }[] = [];

  add(cost: number, upper: number, isInteger: boolean): number {
    return this.#columns.push({ cost, upper, isInteger, entries: new Map() }) - 1;
  }

  row(lower: number, upper: number, terms: readonly Term[]): void {
    const row = this.#rows.push({ lower, upper }) - 1;
    for (const [column, factor] of terms) {
      const entries = this.#columns[column]?.entries;
      if (entries !== undefined && factor !== 0) entries.set(row, (entries.get(row) ?? 0) + factor);
    }
  }

  atLeast(lower: number, terms: readonly Term[]): void {
    this.row(lower, Number.POSITIVE_INFINITY, terms);
  }

  program(): MixedIntegerProgram {
    return {
      rows: this.#rows,
      columns: this.#columns.map(({ entries, ...column }) => ({
        ...column,
        rows: [...entries.keys()],
        values: [...entries.values()],
      })),
    };
  }
}
