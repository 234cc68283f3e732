/** One document of a YAML stream: text offsets from its directives or `---` to the next document's. */
export interface DocumentSlice {
  readonly start: number;
  readonly end: number;
}

/** `---` and `...` in column one, followed by white space or the end: no scalar of any style can hold them. */
const MARKER = /(?:^|[\r\n])(---|\.\.\.)(?![^ \t\r\n])/g;

/**
 * Splits a YAML stream into its documents without parsing them, so that one broken document does not take the others
 * with it. Exact, because the grammar forbids document markers in column one inside every kind of scalar. Slices may
 * be empty of content; together they cover the text.
 */
export function splitDocuments(text: string): readonly DocumentSlice[] {
  const slices: DocumentSlice[] = [];
  let start = 0;
  let explicit = false;
  for (const match of text.matchAll(MARKER)) {
    const [whole, marker = ""] = match;
    const position = match.index + whole.length - marker.length;
    if (marker === "---") {
      // Comments and directives before `---` belong to the document that it opens.
      if (explicit || !isPrefix(text, start, position)) {
        slices.push({ start, end: position });
        start = position;
      }
      explicit = true;
    } else {
      const end = endOfLine(text, position);
      slices.push({ start, end });
      start = end;
      explicit = false;
    }
  }
  if (start < text.length || slices.length === 0) slices.push({ start, end: text.length });
  return slices;
}

/** Offset of the first line break at or after `from`, or the end. */
export function endOfLine(text: string, from: number): number {
  let position = from;
  while (position < text.length) {
    const code = text.charCodeAt(position);
    if (code === 0x0a || code === 0x0d) return position;
    position += 1;
  }
  return position;
}

/** True when only blank lines, comments and directives lie between the offsets. */
function isPrefix(text: string, from: number, to: number): boolean {
  let position = from;
  while (position < to) {
    let code = text.charCodeAt(position);
    const atDirective = code === 0x25;
    while (code === 0x20 || code === 0x09 || code === 0xfeff) {
      position += 1;
      code = text.charCodeAt(position);
    }
    if (position >= to) return true;
    if (code === 0x23 || atDirective) position = endOfLine(text, position);
    else if (code !== 0x0a && code !== 0x0d) return false;
    position += 1;
  }
  return true;
}

/** Offset of the first content of a document (after directives, `---`, comments and blanks), or undefined when it has none. */
export function contentOffset(text: string, slice: DocumentSlice): number | undefined {
  let position = slice.start;
  let lineStart = true;
  while (position < slice.end) {
    const code = text.charCodeAt(position);
    if (code === 0x0a || code === 0x0d) {
      lineStart = true;
      position += 1;
    } else if (code === 0x20 || code === 0x09 || code === 0xfeff) {
      lineStart = lineStart && code === 0xfeff;
      position += 1;
    } else if (code === 0x23 || (lineStart && code === 0x25)) {
      position = endOfLine(text, position);
    } else if (lineStart && isMarkerAt(text, position, slice.end)) {
      position += 3;
      lineStart = false;
    } else {
      return position;
    }
  }
  return undefined;
}

function isMarkerAt(text: string, position: number, end: number): boolean {
  const marker = text.slice(position, position + 3);
  if (marker !== "---" && marker !== "...") return false;
  if (position + 3 >= end) return true;
  const following = text.charCodeAt(position + 3);
  return following === 0x20 || following === 0x09 || following === 0x0a || following === 0x0d;
}
