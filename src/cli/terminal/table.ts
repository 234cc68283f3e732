import { displayWidth, type Style } from "./style.ts";

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
}

/** Rows in aligned columns, no rules drawn; the last column is cut with an ellipsis where the line would not fit. */
export function alignTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  style: Style,
): string[] {
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(row[index] ?? ""))),
  );
  const gap = "  ";
  const fixed = widths.slice(0, -1).reduce((sum, columnWidth) => sum + columnWidth + gap.length, 0);
  const lastIndex = columns.length - 1;
  const lastWidth = Math.max(12, Math.min(widths[lastIndex] ?? 0, width - fixed));
  const render = (cells: readonly string[], paint: (text: string) => string) =>
    cells
      .map((cell, index) => {
        const cellWidth = index === lastIndex ? lastWidth : (widths[index] ?? 0);
        const text = index === lastIndex ? truncate(cell, cellWidth) : cell;
        const padding = " ".repeat(Math.max(0, cellWidth - displayWidth(text)));
        return paint(columns[index]?.align === "right" ? padding + text : text + padding);
      })
      .join(gap)
      .trimEnd();
  return [
    render(
      columns.map((column) => column.title),
      style.dim,
    ),
    ...rows.map((row) => render(row, (text) => text)),
  ];
}

function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let cut = "";
  for (const character of text) {
    if (displayWidth(cut + character) > width - 1) break;
    cut += character;
  }
  return `${cut}…`;
}
