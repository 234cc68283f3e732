import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import type { Style } from "../terminal/style.ts";
import { counted } from "./words.ts";

const excerptWidth = 100;

/** Diagnostics as an editor's problem list: place, code, sentence, the line with a caret, hint. */
export function diagnosticsText(
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
  style: Style,
): string {
  return diagnostics.map((diagnostic) => diagnosticText(diagnostic, texts, style).join("\n")).join("\n");
}

/** `3 errors, 1 warning`, worst first; empty when there is nothing to say. */
export function diagnosticsSummary(diagnostics: readonly Diagnostic[]): string {
  return (["error", "warning", "note"] as const)
    .map((severity) => ({
      severity,
      count: diagnostics.filter((diagnostic) => diagnostic.severity === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => counted(count, severity))
    .join(", ");
}

function diagnosticText(diagnostic: Diagnostic, texts: ReadonlyMap<string, string>, style: Style): string[] {
  const paint = { error: style.red, warning: style.yellow, note: style.cyan }[diagnostic.severity];
  const place = diagnostic.place === undefined ? "" : `${formatPlace(diagnostic.place)}: `;
  return [
    `${style.bold(place)}${paint(diagnostic.severity)} ${diagnostic.code} ${diagnostic.name}: ${diagnostic.message}`,
    ...excerpt(diagnostic, texts).map((line) => style.dim(line)),
    ...(diagnostic.hint === undefined ? [] : [`  hint: ${diagnostic.hint}`]),
  ];
}

function excerpt({ place }: Diagnostic, texts: ReadonlyMap<string, string>): string[] {
  if (place?.line === undefined || place.precision !== "exact") return [];
  const line = nthLine(texts.get(place.source), place.line);
  if (line === undefined || line.trim() === "") return [];
  const number = String(place.line);
  const shown = line.slice(0, excerptWidth).replaceAll("\t", " ");
  const caret =
    place.column === undefined || place.column > shown.length + 1
      ? []
      : [`  ${" ".repeat(number.length)} | ${" ".repeat(place.column - 1)}^`];
  return [`  ${number} | ${shown}`, ...caret];
}

/** The line without splitting the whole text: files may have millions of lines. */
function nthLine(text: string | undefined, line: number): string | undefined {
  if (text === undefined) return undefined;
  let start = 0;
  for (let current = 1; current < line; current++) {
    const end = text.indexOf("\n", start);
    if (end === -1) return undefined;
    start = end + 1;
  }
  const end = text.indexOf("\n", start);
  return text.slice(start, end === -1 ? undefined : end).replace(/\r$/, "");
}
