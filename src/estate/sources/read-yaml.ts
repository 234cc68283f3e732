import { EVENT_ID, type Event } from "js-yaml";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnostic-rule.ts";
import { notText } from "../diagnostics/reading-diagnostics.ts";
import { constructValue } from "./construct-value.ts";
import { skipNode } from "./event-nodes.ts";
import { jsonPositions } from "./json-positions.ts";
import { readLargeList } from "./large-list.ts";
import { type LineIndex, lineIndex } from "./line-index.ts";
import { parseSlice } from "./parse-slice.ts";
import type { Place } from "./place.ts";
import { plainFieldOffset } from "./plain-field-offset.ts";
import { fieldOffset, fieldScalarText, type PositionNode } from "./position-tree.ts";
import { readJson } from "./read-json.ts";
import { readPlainBlock } from "./read-plain-block.ts";
import { ReadingFault } from "./reading-fault.ts";
import { contentOffset, type DocumentSlice, splitDocuments } from "./split-documents.ts";
import { syntaxFault } from "./syntax-fault.ts";
import { startsWithAction, templateFault } from "./unrendered-template.ts";
import type { FieldPath, YamlDocument, YamlReading } from "./yaml-document.ts";
import { yamlPositions } from "./yaml-positions.ts";

/** One text with what all its documents need. */
interface Reading {
  readonly source: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly documents: YamlDocument[];
  readonly diagnostics: Diagnostic[];
  /** Documents with content so far, the broken ones included. */
  count: number;
}

/**
 * Reads the documents of a YAML or JSON text. Scalars resolve as `sigs.k8s.io/yaml` resolves them. A document that
 * cannot be read gives a diagnostic and the others are still read; empty documents are skipped; documents that are a
 * scalar or a list are kept for the caller to judge. Never throws.
 */
export function readYaml(text: string, source: string): YamlReading {
  const withoutMark = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const reading: Reading = {
    source,
    text: withoutMark,
    lines: lineIndex(withoutMark),
    documents: [],
    diagnostics: [],
    count: 0,
  };
  const zero = withoutMark.indexOf("\0");
  if (zero >= 0) {
    reading.diagnostics.push(diagnose(notText, { character: "NUL" }, { place: placeAt(reading, zero) }));
    return reading;
  }
  if (!readAsJson(reading)) readAsYaml(reading);
  return reading;
}

function readAsJson(reading: Reading): boolean {
  const first = /[^\s]/.exec(reading.text)?.[0];
  if ((first !== "{" && first !== "[") || startsWithAction(reading.text)) return false;
  const values = readJson(reading.text);
  if (values === undefined) return false;
  if (values instanceof ReadingFault) {
    report(reading, values, values.offset);
    return true;
  }
  for (const { value, start } of values) {
    addDocument(reading, value, start, () => jsonPositions(reading.text, start));
  }
  return true;
}

function readAsYaml(reading: Reading): void {
  for (const slice of splitDocuments(reading.text)) {
    const content = contentOffset(reading.text, slice);
    if (content !== undefined) readSlice(reading, slice, content);
  }
}

/** From this size on, lists are read item by item. */
const LARGE_DOCUMENT = 1_000_000;

function readSlice(reading: Reading, slice: DocumentSlice, content: number): void {
  if (slice.end - slice.start >= LARGE_DOCUMENT) {
    const list = readLargeList(reading.text.slice(slice.start, slice.end));
    if (list !== undefined) {
      addDocument(reading, list.value, content, list.positions, (offset) => slice.start + offset);
      return;
    }
  }
  const plain = readPlainBlock(reading.text, slice.start, slice.end);
  if (plain !== undefined) {
    addPlainDocument(reading, slice, content, plain.value);
    return;
  }
  const parsed = parseSlice(reading.text.slice(slice.start, slice.end));
  const offsetOf = offsetMapper(slice.start, parsed.original);
  try {
    if ("error" in parsed) throw syntaxFault(parsed.error, parsed.text);
    if (isEmpty(parsed.events)) return;
    const value = constructValue(parsed.events, parsed.text, (offset) => reading.lines.position(offsetOf(offset)).line);
    addDocument(reading, value, content, lazyPositions(parsed.text), offsetOf);
  } catch (error) {
    if (!(error instanceof ReadingFault)) throw error;
    const fault = templateFault(parsed.text, error);
    report(reading, fault, offsetOf(fault.offset));
    reading.count += 1;
  }
}

/** Up to this size, walking the lines to one field after another takes less than parsing all fields once. */
const SMALL_DOCUMENT = 16_384;

function addPlainDocument(reading: Reading, { start, end }: DocumentSlice, content: number, value: unknown): void {
  const { text, source } = reading;
  let root: PositionNode | undefined;
  const tree = (): PositionNode => {
    root ??= yamlPositions(text.slice(start, end));
    return root;
  };
  const offsetOf = (path: FieldPath): number => {
    if (path.length === 0) return content;
    return end - start <= SMALL_DOCUMENT ? plainFieldOffset(text, start, end, path) : start + fieldOffset(tree(), path);
  };
  reading.documents.push({
    source,
    index: reading.count,
    value,
    locate: (path) => lazyPlace(reading, () => offsetOf(path)),
    scalarText: (path) => fieldScalarText(tree(), path),
  });
  reading.count += 1;
}

/** Apart, so that the functions a document keeps hold neither its events nor its slice of the reading. */
function offsetMapper(base: number, original: (offset: number) => number): (offset: number) => number {
  return (offset) => base + original(offset);
}

function lazyPositions(text: string): () => PositionNode {
  return () => yamlPositions(text);
}

/** A document of nothing: no node, or one plain scalar without characters, tag or anchor. */
function isEmpty(events: readonly Event[]): boolean {
  const root = events[1];
  if (root === undefined || root.type === EVENT_ID.POP) return true;
  return root.type === EVENT_ID.SCALAR && root.valueStart < 0 && root.tagStart < 0 && skipNode(events, 1) === 2;
}

function addDocument(
  reading: Reading,
  value: unknown,
  content: number,
  positions: () => PositionNode,
  offsetOf: (offset: number) => number = (offset) => offset,
): void {
  let root: PositionNode | undefined;
  const tree = (): PositionNode => {
    root ??= positions();
    return root;
  };
  reading.documents.push({
    source: reading.source,
    index: reading.count,
    value,
    locate: (path) => lazyPlace(reading, () => (path.length === 0 ? content : offsetOf(fieldOffset(tree(), path)))),
    scalarText: (path) => fieldScalarText(tree(), path),
  });
  reading.count += 1;
}

function placeAt(reading: Reading, offset: number): Place {
  return { precision: "exact", source: reading.source, ...reading.lines.position(offset) };
}

/**
 * A place that is worked out when its line or column is asked for: loading keeps a place of much that is never reported, and
 * finding it walks the document again.
 */
function lazyPlace({ source, lines }: Reading, offset: () => number): Place {
  let position: ReturnType<LineIndex["position"]> | undefined;
  const known = (): ReturnType<LineIndex["position"]> => {
    position ??= lines.position(offset());
    return position;
  };
  return {
    precision: "exact",
    source,
    get line() {
      return known().line;
    },
    get column() {
      return known().column;
    },
  };
}

function report(reading: Reading, fault: ReadingFault, offset: number): void {
  reading.diagnostics.push(fault.diagnostic({ place: placeAt(reading, offset) }));
}
