import type { Place } from "../sources/place.ts";

const KEY = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^:]*)\s*:(?:\s+|$)/;
const PROPERTIES = /^(?:[!&][^\s]*\s+)+/;

/**
 * True when the scalar at a place is written in quotes or as a block, so that it is a text whatever it looks like.
 * `place` is that of the key for a field of a mapping (`ofField`), else of the item itself.
 */
export function isQuotedScalar(lines: readonly string[], place: Place, ofField: boolean): boolean {
  if (place.line === undefined || place.column === undefined) return false;
  const start = (lines[place.line - 1] ?? "").slice(place.column - 1);
  let rest = ofField ? start.replace(KEY, "") : start;
  for (let line = place.line; /^\s*(?:#.*)?$/.test(rest) && line < lines.length; line += 1) {
    rest = (lines[line] ?? "").trimStart();
  }
  return /^["'|>]/.test(rest.replace(PROPERTIES, ""));
}

/** The key at a place as it is written; undefined when it is in quotes. */
export function plainKeyText(lines: readonly string[], place: Place): string | undefined {
  if (place.line === undefined || place.column === undefined) return undefined;
  return /^[^"':\s]+(?=\s*:)/.exec((lines[place.line - 1] ?? "").slice(place.column - 1))?.[0];
}
