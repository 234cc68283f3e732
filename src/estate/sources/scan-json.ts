/** What one pass over a JSON text finds before it is parsed. */
export interface JsonScan {
  /** One slice for each top-level value: JSON texts may follow one another without separator. */
  readonly slices: readonly { readonly start: number; readonly end: number; readonly keys: number }[];
  readonly depth: number;
}

/**
 * Finds where the top-level values of a JSON text start and end, how deep it nests and how many keys it writes. Linear,
 * without recursion; what is no JSON is left for the parser to report. Undefined when the brackets do not match.
 */
export function scanJson(text: string): JsonScan | undefined {
  const slices: { start: number; end: number; keys: number }[] = [];
  let depth = 0;
  let deepest = 0;
  let keys = 0;
  let start = -1;
  let position = 0;
  while (position < text.length) {
    const code = text.charCodeAt(position);
    if (code === 0x22) {
      position = endOfString(text, position);
    } else if (code === 0x3a) {
      keys += 1;
    } else if (code === 0x7b || code === 0x5b) {
      if (depth === 0) start = position;
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
      if (depth < 0) return undefined;
      if (depth === 0) {
        slices.push({ start, end: position + 1, keys });
        keys = 0;
      }
    } else if (depth === 0 && code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) {
      return undefined;
    }
    position += 1;
  }
  return depth === 0 ? { slices, depth: deepest } : undefined;
}

/** Offset of the quote that closes the string opened at `open`, or the end of the text. */
export function endOfString(text: string, open: number): number {
  let position = text.indexOf('"', open + 1);
  while (position >= 0) {
    let backslashes = 0;
    while (text.charCodeAt(position - 1 - backslashes) === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return position;
    position = text.indexOf('"', position + 1);
  }
  return text.length;
}
