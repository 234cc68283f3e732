import { nestingTooDeep } from "../diagnostics/reading-diagnostics.ts";
import { type ReadingFault, readingFault } from "./reading-fault.ts";
import { MAXIMUM_DEPTH } from "./reading-limits.ts";
import { scanJson } from "./scan-json.ts";

/** One value of a JSON text, with its offset. */
export interface JsonValue {
  readonly value: unknown;
  readonly start: number;
}

/**
 * The values of a text that is JSON from end to end, one or several in a row. Undefined when it is not, or when an
 * object sets a key twice: the YAML reader, whose grammar holds JSON, then says where. A fault when it nests too deep.
 */
export function readJson(text: string): readonly JsonValue[] | ReadingFault | undefined {
  const scan = scanJson(text);
  if (scan === undefined || scan.slices.length === 0) return undefined;
  if (scan.depth > MAXIMUM_DEPTH) return readingFault(nestingTooDeep, { limit: MAXIMUM_DEPTH }, depthOffset(text));
  const values: JsonValue[] = [];
  for (const { start, end, keys } of scan.slices) {
    const value = parse(text.slice(start, end));
    if (value === undefined || countKeys(value) !== keys) return undefined;
    values.push({ value, start });
  }
  return values;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keys of all objects; fewer than were written when one was written twice. */
function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  if (Array.isArray(value)) {
    let count = 0;
    for (const item of value) count += countKeys(item);
    return count;
  }
  const keys = Object.keys(value);
  let count = keys.length;
  for (const key of keys) {
    const child: unknown = (value as { readonly [key: string]: unknown })[key];
    if (typeof child === "object" && child !== null) count += countKeys(child);
  }
  return count;
}

/** Offset of the first bracket beyond the limit. */
function depthOffset(text: string): number {
  let depth = 0;
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    const [token] = match;
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    if (depth > MAXIMUM_DEPTH) return match.index;
  }
  return 0;
}
