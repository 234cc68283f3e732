import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { printable } from "../terminal/printable.ts";

const excerptWidth = 100;

/**
 * The line a diagnostic points at, with a caret. None from a Secret and none about what a value says (`EST-33n`):
 * diagnostics end up in the logs of pipelines. Credentials in URLs and arguments are masked everywhere.
 */
export function sourceExcerpt({ code, place }: Diagnostic, texts: ReadonlyMap<string, string>): string[] {
  if (place?.line === undefined || place.precision !== "exact" || code.startsWith("EST-33")) return [];
  const text = texts.get(place.source);
  const start = text === undefined ? undefined : lineStart(text, place.line);
  if (text === undefined || start === undefined || isInSecret(text, start)) return [];
  const line = masked(text.slice(start, endOfLine(text, start)).replace(/\r$/, ""));
  if (line.trim() === "") return [];
  const number = String(place.line);
  const shown = printable(line.slice(0, excerptWidth).replaceAll("\t", " "));
  const caret =
    place.column === undefined || place.column > shown.length + 1
      ? []
      : [`  ${" ".repeat(number.length)} | ${" ".repeat(place.column - 1)}^`];
  return [`  ${number} | ${shown}`, ...caret];
}

/** A broken document has no object, so its text decides; a Secret in a List counts as well. */
function isInSecret(text: string, position: number): boolean {
  const before = text.lastIndexOf("\n---", position);
  const after = text.indexOf("\n---", position);
  const document = text.slice(before === -1 ? 0 : before, after === -1 ? undefined : after);
  return /\bkind["']?\s*:\s*["']?Secret\b/.test(document);
}

function masked(line: string): string {
  return line
    .replaceAll(/(:\/\/)[^/\s"'@]+@/g, "$1[redacted]@")
    .replaceAll(
      /((?:password|passwd|pwd|secret|token|api-?key|accountkey|sharedaccesskey)["']?\s*[=:]\s*["']?)[^\s"'&;,]+/gi,
      "$1[redacted]",
    );
}

/** Offset of a line without splitting the whole text: files may have millions of lines. */
function lineStart(text: string, line: number): number | undefined {
  let start = 0;
  for (let current = 1; current < line; current++) {
    const end = text.indexOf("\n", start);
    if (end === -1) return undefined;
    start = end + 1;
  }
  return start;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end === -1 ? text.length : end;
}
