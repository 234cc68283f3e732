import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import { printable } from "../terminal/printable.ts";
import type { Style } from "../terminal/style.ts";
import { sourceExcerpt } from "./source-excerpt.ts";
import { counted } from "./words.ts";

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
  const place = diagnostic.place === undefined ? "" : `${printable(formatPlace(diagnostic.place))}: `;
  return [
    `${style.bold(place)}${paint(diagnostic.severity)} ${diagnostic.code} ${diagnostic.name}: ${printable(diagnostic.message)}`,
    ...sourceExcerpt(diagnostic, texts).map((line) => style.dim(line)),
    ...(diagnostic.hint === undefined ? [] : [`  hint: ${printable(diagnostic.hint)}`]),
  ];
}
