/**
 * How exactly a place is known.
 * `exact`: file, line and column; `file`: the file (base, overlay, template or values file) without the line;
 * `rendered`: only the rendered text, produced from `source`.
 */
export type PlacePrecision = "exact" | "file" | "rendered";

/** Where something was read. Lines and columns start at 1 and are present when `precision` is `exact`. */
export interface Place {
  readonly precision: PlacePrecision;
  /** Path as the reader was given it, `-` for standard input. */
  readonly source: string;
  readonly line?: number;
  readonly column?: number;
}

/** `file:line:column`, as editors and terminals understand it. */
export function formatPlace(place: Place): string {
  const suffix = place.precision === "rendered" ? " (rendered)" : "";
  if (place.line === undefined) return `${place.source}${suffix}`;
  if (place.column === undefined) return `${place.source}:${place.line}${suffix}`;
  return `${place.source}:${place.line}:${place.column}${suffix}`;
}
