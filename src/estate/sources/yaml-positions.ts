import { EVENT_ID, type Event, parseEvents, SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import { scalarContent } from "./event-nodes.ts";
import type { PositionField, PositionNode } from "./position-tree.ts";
import { MAXIMUM_DEPTH } from "./reading-limits.ts";
import { resolvePlainKey } from "./resolve-scalar.ts";

/** Words a node takes in the tape: kind and style, start, end, index after it (or target, for an alias). */
const WORDS = 4;

/** The events of one document, packed: 16 bytes a node instead of an object each. */
interface Tape {
  readonly text: string;
  readonly words: Int32Array;
  /** Entries of the collections that were visited, by their index. */
  readonly visited: Map<number, ReadonlyMap<string | number, Entry>>;
}

interface Entry {
  readonly offset: number;
  readonly index: number;
}

/** Positions of one document that is known to be valid YAML, as offsets in its text. */
export function yamlPositions(text: string): PositionNode {
  const events = parseEvents(text, { maxDepth: MAXIMUM_DEPTH + 2 });
  return nodeAt({ text, words: pack(events, text), visited: new Map() }, 1);
}

function pack(events: readonly Event[], text: string): Int32Array {
  const words = new Int32Array(events.length * WORDS);
  const open: number[] = [];
  const anchors = new Map<string, number>();
  for (const [index, event] of events.entries()) {
    const at = index * WORDS;
    words[at] = event.type;
    words[at + 3] = index + 1;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        words[at] = packScalar(event);
        words[at + 1] = event.valueStart;
        words[at + 2] = event.valueEnd;
        break;
      case EVENT_ID.ALIAS:
        words[at + 1] = event.anchorStart;
        words[at + 2] = event.anchorEnd;
        words[at + 3] = anchors.get(text.slice(event.anchorStart, event.anchorEnd)) ?? index;
        break;
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE:
        words[at + 1] = event.start;
        open.push(at);
        break;
      case EVENT_ID.DOCUMENT:
        open.push(at);
        break;
      case EVENT_ID.POP:
        words[(open.pop() ?? 0) + 3] = index + 1;
        break;
    }
    if ("anchorStart" in event && event.type !== EVENT_ID.ALIAS && event.anchorStart >= 0) {
      anchors.set(text.slice(event.anchorStart, event.anchorEnd), index);
    }
  }
  return words;
}

function packScalar(event: ScalarEvent): number {
  return event.type | (event.style << 3) | (event.chomping << 6) | (event.fast ? 256 : 0) | ((event.indent + 1) << 9);
}

function word(tape: Tape, index: number, offset: 0 | 1 | 2 | 3): number {
  return tape.words[index * WORDS + offset] ?? 0;
}

function kindOf(tape: Tape, index: number): number {
  return word(tape, index, 0) & 7;
}

function after(tape: Tape, index: number): number {
  return kindOf(tape, index) === EVENT_ID.ALIAS ? index + 1 : word(tape, index, 3);
}

function nodeAt(tape: Tape, index: number): PositionNode {
  const target = kindOf(tape, index) === EVENT_ID.ALIAS ? word(tape, index, 3) : index;
  return {
    offset: Math.max(0, startOf(tape, target) ?? 0),
    child: (key): PositionField | undefined => {
      const entry = entriesOf(tape, target).get(kindOf(tape, target) === EVENT_ID.MAPPING ? String(key) : Number(key));
      return entry === undefined ? undefined : { offset: entry.offset, node: nodeAt(tape, entry.index) };
    },
    scalarText: () => (kindOf(tape, target) === EVENT_ID.SCALAR ? scalarAt(tape, target) : undefined),
  };
}

function entriesOf(tape: Tape, index: number): ReadonlyMap<string | number, Entry> {
  const known = tape.visited.get(index);
  if (known !== undefined) return known;
  const kind = kindOf(tape, index);
  const entries =
    kind === EVENT_ID.MAPPING
      ? mappingEntries(tape, index)
      : kind === EVENT_ID.SEQUENCE
        ? sequenceEntries(tape, index)
        : new Map<string | number, Entry>();
  tape.visited.set(index, entries);
  return entries;
}

function sequenceEntries(tape: Tape, index: number): ReadonlyMap<number, Entry> {
  const entries = new Map<number, Entry>();
  for (let item = index + 1; kindOf(tape, item) !== EVENT_ID.POP; item = after(tape, item)) {
    entries.set(entries.size, { offset: startOf(tape, item) ?? word(tape, index, 1), index: item });
  }
  return entries;
}

function mappingEntries(tape: Tape, index: number): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  const merges: number[] = [];
  let key = index + 1;
  while (kindOf(tape, key) !== EVENT_ID.POP) {
    const value = after(tape, key);
    if (isMergeKey(tape, key)) merges.push(value);
    else entries.set(keyAt(tape, key), { offset: startOf(tape, key) ?? word(tape, index, 1), index: value });
    key = after(tape, value);
  }
  for (const source of merges) mergeEntries(tape, source, entries);
  return entries;
}

function mergeEntries(tape: Tape, index: number, entries: Map<string, Entry>): void {
  const target = kindOf(tape, index) === EVENT_ID.ALIAS ? word(tape, index, 3) : index;
  for (const [key, entry] of entriesOf(tape, target)) {
    if (typeof key === "number") mergeEntries(tape, entry.index, entries);
    else if (!entries.has(key)) entries.set(key, entry);
  }
}

function isMergeKey(tape: Tape, index: number): boolean {
  if (kindOf(tape, index) !== EVENT_ID.SCALAR || styleOf(tape, index) !== SCALAR_STYLE.PLAIN) return false;
  const start = word(tape, index, 1);
  return word(tape, index, 2) - start === 2 && tape.text.startsWith("<<", start);
}

function keyAt(tape: Tape, index: number): string {
  const target = kindOf(tape, index) === EVENT_ID.ALIAS ? word(tape, index, 3) : index;
  const text = scalarAt(tape, target);
  return styleOf(tape, target) === SCALAR_STYLE.PLAIN ? (resolvePlainKey(text) ?? text) : text;
}

function styleOf(tape: Tape, index: number): number {
  return (word(tape, index, 0) >> 3) & 7;
}

function scalarAt(tape: Tape, index: number): string {
  const bits = word(tape, index, 0);
  const valueStart = word(tape, index, 1);
  return scalarContent(tape.text, {
    type: EVENT_ID.SCALAR,
    valueStart,
    valueEnd: word(tape, index, 2),
    anchorStart: -1,
    anchorEnd: -1,
    tagStart: -1,
    tagEnd: -1,
    style: ((bits >> 3) & 7) as ScalarEvent["style"],
    chomping: ((bits >> 6) & 3) as ScalarEvent["chomping"],
    indent: (bits >> 9) - 1,
    fast: (bits & 256) !== 0,
  });
}

/** Offset of a node's own first character, after tag and anchor; undefined for one that is empty. */
function startOf(tape: Tape, index: number): number | undefined {
  const start = word(tape, index, 1);
  if (start < 0) return undefined;
  if (kindOf(tape, index) === EVENT_ID.ALIAS) return start - 1;
  if (kindOf(tape, index) !== EVENT_ID.SCALAR) return start;
  const style = styleOf(tape, index);
  if (style === SCALAR_STYLE.PLAIN) return start;
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) return start - 1;
  return blockHeader(tape.text, start);
}

/** Offset of the `|` or `>` on the line before a block scalar's content. */
function blockHeader(text: string, contentStart: number): number {
  const lineEnd = text.startsWith("\r\n", contentStart - 2) ? contentStart - 2 : contentStart - 1;
  const lineStart = Math.max(text.lastIndexOf("\n", lineEnd - 1), text.lastIndexOf("\r", lineEnd - 1)) + 1;
  const header = /(?:^|[ \t:-])([|>][-+0-9]{0,2})[ \t]*(?:[ \t]#.*)?$/.exec(text.slice(lineStart, lineEnd));
  return header === null ? contentStart : lineStart + header.index + header[0].indexOf(header[1] ?? "");
}
