/** A line of a text with its number. */
export interface ExcerptLine {
  readonly number: number;
  readonly text: string;
  readonly marked: boolean;
}

/** The lines around a place, `around` on each side; all lines up to `limit` when no line is known. */
export function excerpt(text: string, line: number | undefined, around = 8, limit = 40): readonly ExcerptLine[] {
  const lines = text.split(/\r?\n/);
  const first = line === undefined ? 1 : Math.max(1, line - around);
  const last = line === undefined ? Math.min(lines.length, limit) : Math.min(lines.length, line + around);
  return lines
    .slice(first - 1, last)
    .map((content, index) => ({ number: first + index, text: content, marked: first + index === line }));
}

/** The lines without the indentation that all of them have. */
export function withoutIndent<Line extends { readonly text: string }>(lines: readonly Line[]): readonly Line[] {
  const written = lines.filter(({ text }) => text.trim() !== "");
  const indent = Math.min(...written.map(({ text }) => indentOf(text)));
  return written.length === 0 ? lines : lines.map((line) => ({ ...line, text: line.text.slice(indent) }));
}

export function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
