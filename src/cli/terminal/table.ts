import { displayWidth, type Style } from "./style.ts";

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
}

const gap = "  ";
/** A column of words is not made narrower than this. */
const narrowest = 14;

/** Rows in aligned columns, no rules drawn. Where a line would not fit, the widest columns of words are cut. */
export function alignTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  style: Style,
): string[] {
  const widths = fitWidths(columns, rows, width);
  const render = (cells: readonly string[], paint: (text: string) => string) =>
    columns
      .map((column, index) => {
        const cellWidth = widths[index] ?? 0;
        const text = truncate(cells[index] ?? "", cellWidth);
        const padding = " ".repeat(Math.max(0, cellWidth - displayWidth(text)));
        return paint(column.align === "right" ? padding + text : text + padding);
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

/** Natural widths, then the widest column of words gives way first. Numbers, at the right, keep theirs. */
function fitWidths(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): number[] {
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(row[index] ?? ""))),
  );
  let excess = widths.reduce((sum, columnWidth) => sum + columnWidth, 0) + gap.length * (columns.length - 1) - width;
  while (excess > 0) {
    const flexible = columns.flatMap((column, index) =>
      column.align !== "right" && (widths[index] ?? 0) > narrowest ? [index] : [],
    );
    const widest = flexible.toSorted((left, right) => (widths[right] ?? 0) - (widths[left] ?? 0))[0];
    if (widest === undefined) return widths;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

/** The path of a file keeps its end, which tells file and line; words keep their beginning. */
function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const characters = Array.from(new Intl.Segmenter("en").segment(text), ({ segment }) => segment);
  const isPath = /^[^ ]*\/[^ ]*\.\w+(?::\d+)*$/.test(text);
  while (displayWidth(characters.join("")) > width - 1) {
    if (isPath) characters.shift();
    else characters.pop();
  }
  return isPath ? `…${characters.join("")}` : `${characters.join("")}…`;
}
