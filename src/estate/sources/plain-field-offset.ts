import { type BlockReading, nextLine } from "./block-lines.ts";
import { isDocumentStart, isEntry, isRestEmpty, keyEnd, skipSpaces } from "./block-tokens.ts";
import { resolvePlainKey } from "./resolve-scalar.ts";
import type { FieldPath } from "./yaml-document.ts";

/**
 * Offset of the field at `path`, or of its nearest existing ancestor, in a document that `readPlainBlock` has read: found by
 * the lines above it, without parsing what they hold. A field stands at its key, an item where its content begins.
 */
export function plainFieldOffset(text: string, start: number, end: number, path: FieldPath): number {
  const reading: BlockReading = { text, end, indent: -1, start: 0, stop: start - 1 };
  nextLine(reading);
  if (isDocumentStart(reading)) nextLine(reading);
  let offset = reading.start;
  let isCollection = true;
  for (const step of path) {
    if (!isCollection) return offset;
    const found = isEntry(text, reading.start, reading.stop)
      ? findItem(reading, Number(step))
      : findEntry(reading, String(step));
    if (found === undefined) return offset;
    ({ offset, isCollection } = found);
  }
  return offset;
}

/** A field; where its value is a block collection, the reading stands at its first entry. */
interface FoundField {
  readonly offset: number;
  readonly isCollection: boolean;
}

function findEntry(reading: BlockReading, wanted: string): FoundField | undefined {
  const { text, indent } = reading;
  while (reading.indent === indent) {
    const { start: offset, stop } = reading;
    const end = keyEnd(text, offset, stop);
    if (resolvePlainKey(text.slice(offset, end)) === wanted) {
      return { offset, isCollection: isRestEmpty(text, end + 1, stop) && entersValue(reading, indent) };
    }
    // The lines of a value are deeper, but for a list in the column of its key.
    do nextLine(reading);
    while (reading.indent > indent || (reading.indent === indent && isEntry(text, reading.start, reading.stop)));
  }
  return undefined;
}

function entersValue(reading: BlockReading, indent: number): boolean {
  nextLine(reading);
  return reading.indent > indent || (reading.indent === indent && isEntry(reading.text, reading.start, reading.stop));
}

function findItem(reading: BlockReading, wanted: number): FoundField | undefined {
  const { text, indent, start: listStart } = reading;
  for (let item = 0; reading.indent === indent && isEntry(text, reading.start, reading.stop); item += 1) {
    if (item === wanted) return itemField(reading, listStart);
    do nextLine(reading);
    while (reading.indent > indent);
  }
  return undefined;
}

/** An item of nothing stands where its list does. */
function itemField(reading: BlockReading, listStart: number): FoundField {
  const { text, indent, start, stop } = reading;
  if (isRestEmpty(text, start + 1, stop)) {
    nextLine(reading);
    return reading.indent > indent
      ? { offset: reading.start, isCollection: true }
      : { offset: listStart, isCollection: false };
  }
  const content = skipSpaces(text, start + 1, stop);
  const isMapping = keyEnd(text, content, stop) >= 0;
  reading.indent = indent + (content - start);
  reading.start = content;
  return { offset: content, isCollection: isMapping };
}
