import { constructValue } from "./construct-value.ts";
import { parseSlice } from "./parse-slice.ts";
import type { PositionNode } from "./position-tree.ts";
import { readPlainBlock } from "./read-plain-block.ts";
import { endOfLine } from "./split-documents.ts";
import { yamlPositions } from "./yaml-positions.ts";

/** The value of a list that was read item by item, and its positions as offsets in the whole text. */
export interface LargeList {
  readonly value: { readonly [key: string]: unknown };
  readonly positions: () => PositionNode;
}

/** Where the items of a block list stand: the start of each, and the end of the last. */
interface ItemRange {
  readonly starts: readonly number[];
  readonly end: number;
}

/**
 * Reads a document of the shape that `kubectl get -o yaml` prints, whose top-level `items` is a block list, one item at a
 * time: the parser's events take twenty times the room of the text, and so are never held for more than one item.
 * Undefined when the document has another shape, or items that cannot be read by themselves (aliases from one to another,
 * errors): then it is to be read as a whole.
 */
export function readLargeList(text: string): LargeList | undefined {
  const range = findItems(text);
  const first = range?.starts[0];
  if (range === undefined || first === undefined) return undefined;
  const envelopeText = text.slice(0, first) + text.slice(range.end);
  const envelope = readPiece(envelopeText);
  if (!isObject(envelope) || envelope.items !== null) return undefined;
  const items: unknown[] = [];
  for (const [index, start] of range.starts.entries()) {
    const item = readPiece(text.slice(start, range.starts[index + 1] ?? range.end));
    if (!Array.isArray(item) || item.length !== 1) return undefined;
    items.push(item[0]);
  }
  return { value: { ...envelope, items }, positions: () => listPositions(text, envelopeText, range) };
}

/** The lines between `items:` in column one and the next top-level key, cut at each `- ` in the column of the first. */
function findItems(text: string): ItemRange | undefined {
  const header = /(?:^|[\r\n])items:[ \t]*(?=[\r\n])/.exec(text);
  if (header === null) return undefined;
  const starts: number[] = [];
  let indent = -1;
  let position = nextLine(text, header.index + header[0].length);
  while (position < text.length) {
    const content = skipSpaces(text, position);
    const column = content - position;
    const code = text.charCodeAt(content);
    const next = nextLine(text, endOfLine(text, content));
    if (!isBlankOrComment(code)) {
      const isItem = code === 0x2d && isSpaceOrBreak(text.charCodeAt(content + 1));
      if (indent < 0) indent = isItem ? column : -1;
      if (indent < 0 || column < indent || (column === indent && !isItem)) break;
      if (column === indent) starts.push(position);
    }
    position = next;
  }
  return starts.length === 0 ? undefined : { starts, end: position };
}

function readPiece(text: string): unknown {
  const plain = readPlainBlock(text, 0, text.length);
  if (plain !== undefined) return plain.value;
  const parsed = parseSlice(text);
  if ("error" in parsed) return undefined;
  try {
    return constructValue(parsed.events, parsed.text, () => 0);
  } catch {
    return undefined;
  }
}

function listPositions(text: string, envelopeText: string, range: ItemRange): PositionNode {
  const first = range.starts[0] ?? 0;
  const removed = range.end - first;
  const envelope = shifted(yamlPositions(envelopeText), (offset) => (offset < first ? offset : offset + removed));
  const known = new Map<number, PositionNode>();
  const itemNode = (index: number): PositionNode | undefined => {
    const start = range.starts[index];
    const before = known.get(index);
    if (start === undefined || before !== undefined) return before;
    const { text: piece, original } = parseSlice(text.slice(start, range.starts[index + 1] ?? range.end));
    const node = shifted(yamlPositions(piece), (offset) => start + original(offset));
    known.set(index, node);
    return node;
  };
  const items: PositionNode = {
    offset: first,
    child: (key) => itemNode(Number(key))?.child(0),
    scalarText: () => undefined,
  };
  return {
    offset: envelope.offset,
    child: (key) => {
      const field = envelope.child(key);
      return field === undefined || key !== "items" ? field : { offset: field.offset, node: items };
    },
    scalarText: () => undefined,
  };
}

function shifted(node: PositionNode, map: (offset: number) => number): PositionNode {
  return {
    offset: map(node.offset),
    child: (key) => {
      const field = node.child(key);
      return field === undefined ? undefined : { offset: map(field.offset), node: shifted(field.node, map) };
    },
    scalarText: () => node.scalarText(),
  };
}

function nextLine(text: string, lineEnd: number): number {
  return text.charCodeAt(lineEnd) === 0x0d && text.charCodeAt(lineEnd + 1) === 0x0a ? lineEnd + 2 : lineEnd + 1;
}

function skipSpaces(text: string, from: number): number {
  let position = from;
  while (text.charCodeAt(position) === 0x20) position += 1;
  return position;
}

function isBlankOrComment(code: number): boolean {
  return Number.isNaN(code) || code === 0x0a || code === 0x0d || code === 0x23;
}

function isSpaceOrBreak(code: number): boolean {
  return Number.isNaN(code) || code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
