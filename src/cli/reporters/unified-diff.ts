const context = 3;
/** Beyond it the middle of two texts is shown as replaced whole: the table of common lines would not fit in memory. */
const longestTable = 4_000_000;

interface DiffLine {
  readonly sign: " " | "-" | "+";
  readonly text: string;
  readonly before: number;
  readonly after: number;
}

/** The difference of two texts as `git apply` reads it; empty when they are the same. `before` is undefined for a new file. */
export function unifiedDiff(path: string, before: string | undefined, after: string): string {
  if (before === after) return "";
  const lines = diffLines(splitLines(before ?? ""), splitLines(after));
  const hunks = hunksOf(lines).map((hunk) => hunkText(hunk));
  const name = path.replace(/^\.?\//, "");
  const from = before === undefined ? "/dev/null" : `a/${name}`;
  return `--- ${from}\n+++ b/${name}\n${hunks.join("")}`;
}

/** How many lines a diff adds and takes away. */
export function changedLines(
  before: string | undefined,
  after: string,
): { readonly added: number; readonly removed: number } {
  const lines = diffLines(splitLines(before ?? ""), splitLines(after));
  return {
    added: lines.filter(({ sign }) => sign === "+").length,
    removed: lines.filter(({ sign }) => sign === "-").length,
  };
}

/** Lines with their line ends. */
function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const lines: DiffLine[] = [];
  const position = { before: 0, after: 0 };
  const push = (sign: DiffLine["sign"], text: string): void => {
    lines.push({ sign, text, ...position });
    if (sign !== "+") position.before += 1;
    if (sign !== "-") position.after += 1;
  };
  for (const text of before.slice(0, start)) push(" ", text);
  for (const { sign, text } of middleLines(
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  ))
    push(sign, text);
  for (const text of before.slice(before.length - end)) push(" ", text);
  return lines;
}

/** The longest common subsequence, by the table of Wagner and Fischer. */
function middleLines(before: readonly string[], after: readonly string[]): readonly Pick<DiffLine, "sign" | "text">[] {
  const width = after.length + 1;
  if ((before.length + 1) * width > longestTable) {
    return [
      ...before.map((text) => ({ sign: "-" as const, text })),
      ...after.map((text) => ({ sign: "+" as const, text })),
    ];
  }
  const common = new Uint32Array((before.length + 1) * width);
  const at = (row: number, column: number): number => common[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      common[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: Pick<DiffLine, "sign" | "text">[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [left, right] = [before[row], after[column]];
    if (left !== undefined && left === right) {
      lines.push({ sign: " ", text: left });
      row += 1;
      column += 1;
    } else if (left !== undefined && (right === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ sign: "-", text: left });
      row += 1;
    } else {
      lines.push({ sign: "+", text: right ?? "" });
      column += 1;
    }
  }
  return lines;
}

function hunksOf(lines: readonly DiffLine[]): readonly (readonly DiffLine[])[] {
  const hunks: DiffLine[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const [index, { sign }] of lines.entries()) {
    if (sign === " ") continue;
    const from = Math.max(0, index - context);
    const to = Math.min(lines.length, index + context + 1);
    const hunk = from <= last ? hunks.at(-1) : undefined;
    if (hunk === undefined) hunks.push(lines.slice(from, to));
    else hunk.push(...lines.slice(last, to));
    last = to;
  }
  return hunks;
}

function hunkText(hunk: readonly DiffLine[]): string {
  const count = (sign: "-" | "+"): number => hunk.filter((line) => line.sign === " " || line.sign === sign).length;
  const [first] = hunk;
  const range = (start: number, length: number): string => `${length === 0 ? start : start + 1},${length}`;
  const head = `@@ -${range(first?.before ?? 0, count("-"))} +${range(first?.after ?? 0, count("+"))} @@\n`;
  return (
    head +
    hunk
      .map(({ sign, text }) => (text.endsWith("\n") ? sign + text : `${sign}${text}\n\\ No newline at end of file\n`))
      .join("")
  );
}
