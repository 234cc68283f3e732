import wrapAnsi from "wrap-ansi";
import { displayWidth, type Style } from "./style.ts";

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Never wrapped, even where the line grows too wide for it: paths, which are opened by a click. */
  readonly whole?: boolean;
}

const gap = "  ";
/** A column of words is not made narrower than this. */
const narrowest = 14;

/** A cell takes at most this many lines; what is left over is cut. */
const longest = 3;

/** Rows in aligned columns, no rules drawn. Where a line would not fit, the cells of the widest columns of words are wrapped. */
export function alignTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  style: Style,
): string[] {
  const widths = fitWidths(columns, rows, width);
  const render = (cells: readonly string[]) => {
    const wrapped = columns.map((_, index) => wrapCell(cells[index] ?? "", widths[index] ?? 0));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      columns
        .map((column, index) => alignCell(wrapped[index]?.[line] ?? "", widths[index] ?? 0, column))
        .join(gap)
        .trimEnd(),
    );
  };
  return [...render(columns.map((column) => column.title)).map(style.dim), ...rows.flatMap(render)];
}

function alignCell(text: string, width: number, column: Column): string {
  const padding = " ".repeat(Math.max(0, width - displayWidth(text)));
  return column.align === "right" ? padding + text : text + padding;
}

/** Natural widths, then the widest column of words gives way first. Numbers, at the right, keep theirs. */
function fitWidths(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): number[] {
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(row[index] ?? ""))),
  );
  let excess = widths.reduce((sum, columnWidth) => sum + columnWidth, 0) + gap.length * (columns.length - 1) - width;
  while (excess > 0) {
    const flexible = columns.flatMap((column, index) =>
      column.align !== "right" && column.whole !== true && (widths[index] ?? 0) > narrowest ? [index] : [],
    );
    const widest = flexible.toSorted((left, right) => (widths[right] ?? 0) - (widths[left] ?? 0))[0];
    if (widest === undefined) return widths;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

/** The lines of a cell: broken at spaces; a word wider than the column after a `/` or `-` where it has one. */
function wrapCell(text: string, width: number): readonly string[] {
  const lines = linesOf(text, width);
  if (lines.length <= longest) return lines;
  const kept = linesOf(text, width - 1).slice(0, longest);
  return kept.map((line, index) => (index === longest - 1 ? `${line}…` : line));
}

function linesOf(text: string, width: number): readonly string[] {
  // Escape codes of colours end a word here, so that none is broken.
  const broken = text.replaceAll(/[^\s\p{Cc}]+/gu, (word) => breakWord(word, width));
  return wrapAnsi(broken, width, { hard: true }).split("\n");
}

function breakWord(word: string, width: number): string {
  if (displayWidth(word) <= width) return word;
  const lines: string[] = [];
  for (const part of word.match(/[^/-]*[/-]+|[^/-]+/g) ?? []) {
    const line = lines.at(-1);
    if (line !== undefined && displayWidth(line + part) <= width) lines[lines.length - 1] = line + part;
    else lines.push(part);
  }
  return lines.join("\n");
}
