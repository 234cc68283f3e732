import { EVENT_ID, type Event, SCALAR_STYLE } from "js-yaml";
import {
  aliasExpansion,
  badAlias,
  badMerge,
  duplicateKey,
  nestingTooDeep,
  notJsonData,
} from "../diagnostics/reading-diagnostics.ts";
import { eventOffset, isMergeKey, scalarContent, skipNode } from "./event-nodes.ts";
import { readingFault } from "./reading-fault.ts";
import { MAXIMUM_DEPTH, MAXIMUM_EXPANSION } from "./reading-limits.ts";
import { resolvePlainKey } from "./resolve-scalar.ts";
import { scalarValue } from "./scalar-value.ts";

type MutableObject = { [key: string]: unknown };

/** A finished anchor, or one whose node is still being read. */
type Anchor = { readonly value: unknown; readonly nodes: number; readonly height: number } | "open";

interface Construction {
  readonly events: readonly Event[];
  readonly text: string;
  /** Line from 1 of an offset, for messages. */
  readonly lineOf: (offset: number) => number;
  next: number;
  depth: number;
  /** Deepest level reached so far, with aliases counted as if written out. */
  deepest: number;
  nodes: number;
  expanded: number;
  anchors: Map<string, Anchor> | undefined;
}

/**
 * Builds plain JSON data from the events of one document. Aliased values are shared, not copied; their expansion is
 * counted and bounded as if they were written out. Explicit keys win over merged ones.
 * @throws ReadingFault
 */
export function constructValue(events: readonly Event[], text: string, lineOf: (offset: number) => number): unknown {
  const construction: Construction = {
    events,
    text,
    lineOf,
    next: 1,
    depth: 0,
    deepest: 0,
    nodes: 0,
    expanded: 0,
    anchors: undefined,
  };
  return constructNode(construction);
}

function constructNode(state: Construction): unknown {
  const event = state.events[state.next];
  if (event === undefined) return null;
  state.next += 1;
  state.nodes += 1;
  switch (event.type) {
    case EVENT_ID.SCALAR: {
      const value = scalarValue(state.text, event);
      if (event.anchorStart >= 0) storeAnchor(state, event, { value, nodes: 1, height: 0 });
      return value;
    }
    case EVENT_ID.ALIAS:
      return aliasValue(state, event.anchorStart, event.anchorEnd);
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return event.anchorStart >= 0 ? anchoredCollection(state, event) : collection(state, event);
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
      return null;
  }
}

type CollectionEvent = Extract<Event, { type: typeof EVENT_ID.MAPPING | typeof EVENT_ID.SEQUENCE }>;

function collection(state: Construction, event: CollectionEvent): unknown {
  state.depth += 1;
  if (state.depth > state.deepest) state.deepest = state.depth;
  if (state.depth > MAXIMUM_DEPTH) throw readingFault(nestingTooDeep, { limit: MAXIMUM_DEPTH }, event.start);
  const value = event.type === EVENT_ID.MAPPING ? mapping(state) : sequence(state);
  state.depth -= 1;
  return value;
}

function anchoredCollection(state: Construction, event: CollectionEvent): unknown {
  storeAnchor(state, event, "open");
  const { nodes, expanded, deepest } = state;
  state.deepest = state.depth;
  const value = collection(state, event);
  storeAnchor(state, event, {
    value,
    nodes: state.nodes - nodes + (state.expanded - expanded) + 1,
    height: state.deepest - state.depth,
  });
  state.deepest = Math.max(state.deepest, deepest);
  return value;
}

function storeAnchor(
  state: Construction,
  event: { readonly anchorStart: number; readonly anchorEnd: number },
  anchor: Anchor,
): void {
  state.anchors ??= new Map();
  state.anchors.set(state.text.slice(event.anchorStart, event.anchorEnd), anchor);
}

function aliasValue(state: Construction, start: number, end: number): unknown {
  const name = state.text.slice(start, end);
  const anchor = state.anchors?.get(name);
  if (anchor === undefined || anchor === "open") {
    throw readingFault(badAlias, { name, cyclic: anchor === "open" }, start - 1);
  }
  expand(state, anchor.nodes, start - 1);
  const depth = state.depth + anchor.height;
  if (depth > MAXIMUM_DEPTH) throw readingFault(nestingTooDeep, { limit: MAXIMUM_DEPTH }, start - 1);
  if (depth > state.deepest) state.deepest = depth;
  return anchor.value;
}

function expand(state: Construction, nodes: number, offset: number): void {
  state.expanded += nodes;
  if (state.expanded > MAXIMUM_EXPANSION) throw readingFault(aliasExpansion, { limit: MAXIMUM_EXPANSION }, offset);
}

function sequence(state: Construction): unknown[] {
  const items: unknown[] = [];
  while (!atEnd(state)) items.push(constructNode(state));
  state.next += 1;
  return items;
}

function mapping(state: Construction): MutableObject {
  const target: MutableObject = {};
  let merged: Set<string> | undefined;
  let offsets: Map<string, number> | undefined;
  const first = state.next;
  while (!atEnd(state)) {
    const keyEvent = state.events[state.next];
    const offset = keyEvent === undefined ? 0 : eventOffset(keyEvent);
    if (isMergeKey(state.text, keyEvent)) {
      state.next += 1;
      merged ??= new Set();
      mergeInto(state, target, constructNode(state), merged, offset);
      continue;
    }
    const key = mappingKey(state, offset);
    if (Object.hasOwn(target, key) && merged?.delete(key) !== true) {
      offsets ??= keyOffsets(state, first);
      const firstOffset = offsets.get(key);
      throw readingFault(
        duplicateKey,
        { key, firstLine: firstOffset === undefined ? undefined : state.lineOf(firstOffset) },
        offset,
      );
    }
    setOwn(target, key, constructNode(state));
  }
  state.next += 1;
  return target;
}

function atEnd(state: Construction): boolean {
  const event = state.events[state.next];
  return event === undefined || event.type === EVENT_ID.POP;
}

function setOwn(target: MutableObject, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

function mappingKey(state: Construction, offset: number): string {
  const event = state.events[state.next];
  if (event?.type === EVENT_ID.SCALAR && event.tagStart < 0 && event.anchorStart < 0) {
    state.next += 1;
    const text = scalarContent(state.text, event);
    const key = event.style === SCALAR_STYLE.PLAIN ? resolvePlainKey(text) : text;
    if (key === undefined)
      throw readingFault(
        notJsonData,
        { text: text === "" ? "null" : text, reason: "null is no key of a mapping" },
        offset,
      );
    return key;
  }
  const value = constructNode(state);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  const reason = "the key of a mapping must be a text, a number or a boolean";
  throw readingFault(
    notJsonData,
    { text: value === null ? "null" : Array.isArray(value) ? "[...]" : "{...}", reason },
    offset,
  );
}

/** Offsets of the first appearance of each key among the direct entries from `first` on; only for messages. */
function keyOffsets(state: Construction, first: number): Map<string, number> {
  const offsets = new Map<string, number>();
  let index = first;
  const end = state.next - 1;
  while (index < end) {
    const event = state.events[index];
    if (event === undefined) break;
    if (event.type === EVENT_ID.SCALAR) {
      const text = scalarContent(state.text, event);
      const key = (event.style === SCALAR_STYLE.PLAIN ? resolvePlainKey(text) : text) ?? "";
      if (!offsets.has(key)) offsets.set(key, eventOffset(event));
    }
    index = skipNode(state.events, skipNode(state.events, index));
  }
  return offsets;
}

function mergeInto(
  state: Construction,
  target: MutableObject,
  source: unknown,
  merged: Set<string>,
  offset: number,
): void {
  if (Array.isArray(source)) {
    for (const item of source) mergeInto(state, target, asMergeSource(item, offset), merged, offset);
    return;
  }
  const mappingSource = asMergeSource(source, offset);
  const keys = Object.keys(mappingSource);
  expand(state, keys.length, offset);
  for (const key of keys) {
    if (Object.hasOwn(target, key)) continue;
    setOwn(target, key, mappingSource[key]);
    merged.add(key);
  }
}

function asMergeSource(value: unknown, offset: number): MutableObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as MutableObject;
  throw readingFault(badMerge, {}, offset);
}
