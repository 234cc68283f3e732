import type { ReactNode } from "react";

/** A column of a table. */
export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** What the column sorts by; columns without one cannot be sorted. Undefined values come last either way. */
  readonly sortBy?: (row: Row) => string | number | undefined;
  /** Numbers stand right, and sort downward first. */
  readonly numeric?: boolean;
  /** Left out on a narrow screen. */
  readonly wideOnly?: boolean;
  /** Takes the room that is left. */
  readonly grow?: boolean;
}

export interface Sorting {
  readonly key: string;
  readonly descending: boolean;
}

/** Rows in the order asked for; equal rows keep the order they came in, which is worst first. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | undefined,
): readonly Row[] {
  const sortBy = columns.find((column) => column.key === sorting?.key)?.sortBy;
  if (sorting === undefined || sortBy === undefined) return rows;
  return rows.toSorted((a, b) => {
    const [left, right] = [sortBy(a), sortBy(b)];
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    return sorting.descending ? compare(right, left) : compare(left, right);
  });
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en");
}
