import { type BlockReading, beyondSubset, nextLine } from "./block-lines.ts";
import { isDocumentStart, isEntry, isRestEmpty, keyEnd, skipSpaces } from "./block-tokens.ts";
import { readLiteral } from "./plain-literal.ts";
import { resolvePlainKey, resolvePlainScalar } from "./resolve-scalar.ts";

type BlockObject = { [key: string]: unknown };

/** Line breaks and printable ASCII: no tab, no carriage return, nothing that could be a break or no character at all. */
const OTHER_CHARACTERS = /[^\n\x20-\x7e]/;
const DEEPEST = 100;
const LONGEST_KEY = 1_000;

/**
 * Reads what nearly every manifest is written in, several times as fast as by the whole grammar: block mappings and
 * sequences, plain and quoted scalars of one line without escapes, literals, empty flow collections, comments. Undefined
 * when the text holds anything else, right or wrong: it is then to be read by the parser of the whole grammar. What is
 * read is what that parser reads.
 */
export function readPlainBlock(text: string, start: number, end: number): { readonly value: unknown } | undefined {
  const reading: BlockReading = { text, end, indent: -1, start: 0, stop: start - 1 };
  if (OTHER_CHARACTERS.test(start === 0 && end === text.length ? text : text.slice(start, end))) return undefined;
  try {
    nextLine(reading);
    if (isDocumentStart(reading)) nextLine(reading);
    const value = readNode(reading, 0);
    return reading.indent < 0 ? { value } : undefined;
  } catch (error) {
    if (error === beyondSubset) return undefined;
    throw error;
  }
}

/** The block collection that starts at this line. */
function readNode(reading: BlockReading, depth: number): unknown {
  if (reading.indent < 0 || depth > DEEPEST) throw beyondSubset;
  return isEntry(reading.text, reading.start, reading.stop)
    ? readSequence(reading, reading.indent, depth)
    : readMapping(reading, reading.indent, depth);
}

function readSequence(reading: BlockReading, indent: number, depth: number): unknown[] {
  const items: unknown[] = [];
  while (reading.indent === indent && isEntry(reading.text, reading.start, reading.stop)) {
    const content = skipSpaces(reading.text, reading.start + 1, reading.stop);
    if (isRestEmpty(reading.text, reading.start + 1, reading.stop)) {
      nextLine(reading);
      items.push(reading.indent > indent ? readNode(reading, depth + 1) : null);
    } else if (isEntry(reading.text, content, reading.stop)) {
      throw beyondSubset;
    } else if (keyEnd(reading.text, content, reading.stop) >= 0) {
      // A mapping whose first entry stands on the line of the `-`: the column of its keys is that of the first.
      const column = indent + (content - reading.start);
      reading.indent = column;
      reading.start = content;
      items.push(readMapping(reading, column, depth + 1));
    } else {
      items.push(readScalar(reading, content, indent));
    }
    if (reading.indent > indent) throw beyondSubset;
  }
  return items;
}

function readMapping(reading: BlockReading, indent: number, depth: number): BlockObject {
  if (depth > DEEPEST) throw beyondSubset;
  const target: BlockObject = {};
  const { text } = reading;
  while (reading.indent === indent) {
    const end = keyEnd(text, reading.start, reading.stop);
    if (end < 0 || end - reading.start > LONGEST_KEY) throw beyondSubset;
    const key = resolvePlainKey(text.slice(reading.start, end));
    if (key === undefined || key === "__proto__" || Object.hasOwn(target, key)) throw beyondSubset;
    target[key] = isRestEmpty(text, end + 1, reading.stop)
      ? readBelow(reading, indent, depth)
      : readScalar(reading, skipSpaces(text, end + 1, reading.stop), indent);
    if (reading.indent > indent) throw beyondSubset;
  }
  return target;
}

/** The value of a key that stands alone on its line: what is deeper, a sequence in the same column, or nothing. */
function readBelow(reading: BlockReading, indent: number, depth: number): unknown {
  nextLine(reading);
  if (reading.indent > indent) return readNode(reading, depth + 1);
  const isSequence = reading.indent === indent && isEntry(reading.text, reading.start, reading.stop);
  return isSequence ? readSequence(reading, indent, depth + 1) : null;
}

/** The scalar, or empty flow collection, at `start`; `indent` is that of the collection it is in. Goes to the next line. */
function readScalar(reading: BlockReading, start: number, indent: number): unknown {
  const { text, stop } = reading;
  const code = text.charCodeAt(start);
  // A literal ends where its lines do.
  if (code === 0x7c) return readLiteral(reading, start, indent);
  const value = code === 0x22 || code === 0x27 ? readQuoted(text, start, stop) : readPlain(text, start, stop);
  nextLine(reading);
  return value;
}

function readQuoted(text: string, start: number, stop: number): string {
  const quote = text[start] ?? "";
  const close = text.indexOf(quote, start + 1);
  if (close < 0 || close >= stop || !isRestEmpty(text, close + 1, stop)) throw beyondSubset;
  const content = text.slice(start + 1, close);
  if (quote === '"' && content.includes("\\")) throw beyondSubset;
  return content;
}

/** Characters that begin something else than a plain scalar; `-` and `?` do so before a blank. */
const INDICATORS = new Set(Array.from("&*!>%@`,[]{}#|\"'", (character) => character.charCodeAt(0)));

function readPlain(text: string, start: number, stop: number): unknown {
  const code = text.charCodeAt(start);
  if (INDICATORS.has(code)) return readEmptyCollection(text, start, stop);
  const following = start + 1 < stop ? text.charCodeAt(start + 1) : 0x20;
  if ((code === 0x2d || code === 0x3f || code === 0x3a) && following === 0x20) throw beyondSubset;
  let end = start + 1;
  for (let position = end; position < stop; position += 1) {
    const next = text.charCodeAt(position);
    if (next === 0x20) continue;
    if (next === 0x23 && text.charCodeAt(position - 1) === 0x20) break;
    if (next === 0x3a && (position + 1 >= stop || text.charCodeAt(position + 1) === 0x20)) throw beyondSubset;
    end = position + 1;
  }
  const value = resolvePlainScalar(text.slice(start, end));
  if (typeof value === "number" && !Number.isFinite(value)) throw beyondSubset;
  return value;
}

function readEmptyCollection(text: string, start: number, stop: number): unknown {
  const isMapping = text.startsWith("{}", start);
  if ((!isMapping && !text.startsWith("[]", start)) || !isRestEmpty(text, start + 2, stop)) throw beyondSubset;
  return isMapping ? {} : [];
}
