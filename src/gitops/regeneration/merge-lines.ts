/** Longer texts are not merged: the table of common lines would not fit in memory. */
const longestTable = 4_000_000;

/** Two edits of one text joined, or the lines on which they contradict each other. */
export type Merge =
  | { readonly kind: "merged"; readonly text: string }
  | { readonly kind: "conflict"; readonly conflict: LineConflict };

export interface LineConflict {
  /** First line of the base that both change, from 1. */
  readonly line: number;
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Merges line by line what two sides made of one base (diff3): a stretch that one side changes is taken from it, one that
 * both change must be the same on both.
 */
export function mergeLines(base: string, ours: string, theirs: string): Merge {
  if (ours === theirs || theirs === base) return { kind: "merged", text: ours };
  if (ours === base) return { kind: "merged", text: theirs };
  const lines = { base: linesOf(base), ours: linesOf(ours), theirs: linesOf(theirs) };
  const toOurs = matches(lines.base, lines.ours);
  const toTheirs = matches(lines.base, lines.theirs);
  const result: string[] = [];
  let at = { base: 0, ours: 0, theirs: 0 };
  for (;;) {
    const next = nextCommon(at, lines, toOurs, toTheirs);
    const part = {
      base: lines.base.slice(at.base, next.base).join(""),
      ours: lines.ours.slice(at.ours, next.ours).join(""),
      theirs: lines.theirs.slice(at.theirs, next.theirs).join(""),
    };
    const chosen = chooseSide(part);
    if (chosen === undefined) return { kind: "conflict", conflict: { line: at.base + 1, ...part } };
    result.push(chosen);
    const common = lines.base[next.base];
    if (common === undefined) return { kind: "merged", text: result.join("") };
    result.push(common);
    at = { base: next.base + 1, ours: next.ours + 1, theirs: next.theirs + 1 };
  }
}

interface Position {
  readonly base: number;
  readonly ours: number;
  readonly theirs: number;
}

type Lines = { readonly [Side in keyof Position]: readonly string[] };

/** The next line of the base that both sides still have, or the end of all three. */
function nextCommon(
  at: Position,
  lines: Lines,
  toOurs: ReadonlyMap<number, number>,
  toTheirs: ReadonlyMap<number, number>,
): Position {
  for (let base = at.base; base < lines.base.length; base += 1) {
    const ours = toOurs.get(base);
    const theirs = toTheirs.get(base);
    if (ours !== undefined && theirs !== undefined) return { base, ours, theirs };
  }
  return { base: lines.base.length, ours: lines.ours.length, theirs: lines.theirs.length };
}

function chooseSide({ base, ours, theirs }: { readonly [Side in keyof Position]: string }): string | undefined {
  if (ours === theirs || theirs === base) return ours;
  return ours === base ? theirs : undefined;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Lines of the longest common subsequence, from the left text to the right one. */
function matches(left: readonly string[], right: readonly string[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) {
    found.set(start, start);
    start += 1;
  }
  let end = 0;
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) {
    end += 1;
    found.set(left.length - end, right.length - end);
  }
  const rows = left.length - end - start;
  const columns = right.length - end - start;
  if (rows * columns > longestTable) return found;
  const table = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  const lengthAt = (row: number, column: number) => table[row]?.[column] ?? 0;
  const isSame = (row: number, column: number) => left[start + row] === right[start + column];
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const length = isSame(row, column)
        ? lengthAt(row + 1, column + 1) + 1
        : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
      table[row]?.fill(length, column, column + 1);
    }
  }
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (isSame(row, column)) {
      found.set(start + row, start + column);
      row += 1;
      column += 1;
    } else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row += 1;
    else column += 1;
  }
  return found;
}
