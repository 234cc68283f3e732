import type { PositionField, PositionNode } from "./position-tree.ts";
import { endOfString } from "./scan-json.ts";

/** Positions inside a JSON text that is known to be valid; every object and array is scanned once, when first entered. */
export function jsonPositions(text: string, start: number): PositionNode {
  const offset = skipWhite(text, start);
  const opening = text[offset];
  let fields: ReadonlyMap<string | number, PositionField> | undefined;
  return {
    offset,
    child(key) {
      if (opening !== "{" && opening !== "[") return undefined;
      fields ??= opening === "{" ? objectFields(text, offset) : arrayFields(text, offset);
      return fields.get(opening === "{" ? String(key) : Number(key));
    },
    scalarText() {
      if (opening === "{" || opening === "[") return undefined;
      const written = text.slice(offset, endOfValue(text, offset));
      return opening === '"' ? String(JSON.parse(written)) : written;
    },
  };
}

function objectFields(text: string, open: number): ReadonlyMap<string, PositionField> {
  const fields = new Map<string, PositionField>();
  let position = skipWhite(text, open + 1);
  while (position < text.length && text[position] !== "}") {
    const keyEnd = endOfString(text, position) + 1;
    const key = String(JSON.parse(text.slice(position, keyEnd)));
    const value = skipWhite(text, skipWhite(text, keyEnd) + 1);
    fields.set(key, { offset: position, node: jsonPositions(text, value) });
    position = afterEntry(text, value);
  }
  return fields;
}

function arrayFields(text: string, open: number): ReadonlyMap<number, PositionField> {
  const fields = new Map<number, PositionField>();
  let position = skipWhite(text, open + 1);
  while (position < text.length && text[position] !== "]") {
    fields.set(fields.size, { offset: position, node: jsonPositions(text, position) });
    position = afterEntry(text, position);
  }
  return fields;
}

/** Offset of the next entry, or of the closing bracket. */
function afterEntry(text: string, value: number): number {
  const end = skipWhite(text, endOfValue(text, value));
  return text[end] === "," ? skipWhite(text, end + 1) : end;
}

function endOfValue(text: string, start: number): number {
  let depth = 0;
  let position = start;
  while (position < text.length) {
    const code = text.charCodeAt(position);
    if (code === 0x22) {
      position = endOfString(text, position);
      if (depth === 0) return position + 1;
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
    } else if (code === 0x7d || code === 0x5d) {
      if (depth === 0) return position;
      depth -= 1;
      if (depth === 0) return position + 1;
    } else if (depth === 0 && (code === 0x2c || code <= 0x20)) {
      return position;
    }
    position += 1;
  }
  return position;
}

function skipWhite(text: string, from: number): number {
  let position = from;
  while (position < text.length && text.charCodeAt(position) <= 0x20) position += 1;
  return position;
}
