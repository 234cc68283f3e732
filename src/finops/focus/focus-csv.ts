import { type FocusColumn, focusColumns, splitCostColumns } from "./focus-columns.ts";
import type { FocusRow } from "./focus-rows.ts";

/** Digits behind the point: prices go down to millionths, and the sum of the rows must be the bill. */
const decimals = 10;

/** The rows as CSV (RFC 4180, a header, `\n` ends); null is an empty field. `split` adds the columns of FOCUS 1.3. */
export function focusCsv(rows: readonly FocusRow[], { split }: { readonly split: boolean }): string {
  const columns = split ? [...focusColumns, ...splitCostColumns] : focusColumns;
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => columns.map((column) => cellOf(row, column)))];
  return `${lines.map((cells) => cells.map(quoted).join(",")).join("\n")}\n`;
}

function cellOf(row: FocusRow, { name }: FocusColumn): string {
  const value = row[name];
  if (value === undefined) return "";
  if (typeof value === "number") return String(Number(value.toFixed(decimals)));
  return typeof value === "string" ? value : JSON.stringify(value);
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
