import { indentOf, withoutIndent } from "../places/excerpt.ts";

/** A line of a comparison. */
export interface DiffLine {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** Above so many pairs of lines the comparison is not worth its time: all is removed, all is added. */
const workLimit = 4_000_000;

/** Lines of two texts side by side in one list: those of the longest common subsequence are the same. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const start = commonStart(before, after);
  const end = commonEnd(before.slice(start), after.slice(start));
  const left = before.slice(start, before.length - end);
  const right = after.slice(start, after.length - end);
  return [
    ...before.slice(0, start).map(same),
    ...diffMiddle(left, right),
    ...before.slice(before.length - end).map(same),
  ];
}

function diffMiddle(left: readonly string[], right: readonly string[]): readonly DiffLine[] {
  if (left.length * right.length > workLimit) return [...left.map(removed), ...right.map(added)];
  const lengths = commonLengths(left, right);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    const [one = "", other = ""] = [left[i], right[j]];
    if (one === other) {
      lines.push(same(one));
      i += 1;
      j += 1;
    } else if ((lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0)) {
      lines.push(removed(one));
      i += 1;
    } else {
      lines.push(added(other));
      j += 1;
    }
  }
  return [...lines, ...left.slice(i).map(removed), ...right.slice(j).map(added)];
}

/** Length of the longest common subsequence of what follows each two positions. */
function commonLengths(left: readonly string[], right: readonly string[]): readonly Uint32Array[] {
  const rows = Array.from({ length: left.length + 1 }, () => new Uint32Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    const [row, below] = [rows[i], rows[i + 1]];
    if (row === undefined || below === undefined) continue;
    for (let j = right.length - 1; j >= 0; j -= 1) {
      row[j] = left[i] === right[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}

function commonStart(before: readonly string[], after: readonly string[]): number {
  const limit = Math.min(before.length, after.length);
  let count = 0;
  while (count < limit && before[count] === after[count]) count += 1;
  return count;
}

function commonEnd(before: readonly string[], after: readonly string[]): number {
  return commonStart(before.toReversed(), after.toReversed());
}

function same(text: string): DiffLine {
  return { kind: "same", text };
}

function removed(text: string): DiffLine {
  return { kind: "removed", text };
}

function added(text: string): DiffLine {
  return { kind: "added", text };
}

/** Lines that change, with the keys that lead to them. */
export interface ChangedRun {
  /** Outermost first: `spec:`, `containers:`, `- name: web`. */
  readonly above: readonly string[];
  readonly lines: readonly DiffLine[];
}

/**
 * Changed lines of an indented text with up to `around` unchanged ones on each side, run by run. Lines around that stand
 * further out are left to `above`.
 */
export function changedRuns(lines: readonly DiffLine[], around = 3): readonly ChangedRun[] {
  return changedRanges(lines, around).map(([start, end]) => {
    const changed = lines.flatMap((line, index) =>
      isWithin(index, start, end) && line.kind !== "same" ? [index] : [],
    );
    const [first = start, last = end - 1] = [changed[0], changed.at(-1)];
    const indent = Math.min(...changed.map((index) => indentOf(lines[index]?.text ?? "")));
    let [from, to] = [first, last + 1];
    while (from > start && indentOf(lines[from - 1]?.text ?? "") >= indent) from -= 1;
    while (to < end && indentOf(lines[to]?.text ?? "") >= indent) to += 1;
    return { above: keysAbove(lines.slice(0, from), indent), lines: withoutIndent(lines.slice(from, to)) };
  });
}

/** Start and end of the stretches that lie near a change. */
function changedRanges(lines: readonly DiffLine[], around: number): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const [index, { kind }] of lines.entries()) {
    if (kind === "same") continue;
    const [start, end] = [Math.max(0, index - around), Math.min(lines.length, index + around + 1)];
    const last = ranges.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = end;
    else ranges.push([start, end]);
  }
  return ranges;
}

function isWithin(index: number, start: number, end: number): boolean {
  return index >= start && index < end;
}

/** The lines that hold what follows, each further out than the next. */
function keysAbove(lines: readonly DiffLine[], indent: number): readonly string[] {
  const above: string[] = [];
  let limit = indent;
  for (const { text } of lines.toReversed()) {
    if (indentOf(text) >= limit) continue;
    limit = indentOf(text);
    above.unshift(text.trim());
  }
  return above;
}
