import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Place } from "../sources/place.ts";
import { readYaml } from "../sources/read-yaml.ts";
import type { YamlDocument } from "../sources/yaml-document.ts";
import { type FieldOrigin, type OriginDocument, placeOf } from "./field-origin.ts";
import type { KustomizeFiles } from "./kustomize-files.ts";
import { isQuotedScalar, plainKeyText } from "./scalar-style.ts";

/** The documents of a text that is a file, or that stands inside a field of one. */
export interface PlacedReading {
  readonly text: string;
  readonly documents: readonly YamlDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** Turns a place in the text into one in the file. */
  readonly place: (inner: Place) => Place;
}

/** A document that says where its fields stand in the file, and how they are written. */
export function originDocument({ text, place }: PlacedReading, document: YamlDocument): OriginDocument {
  let split: readonly string[] | undefined;
  const lines = (): readonly string[] => {
    split ??= splitLines(text);
    return split;
  };
  return {
    locate: (path) => place(document.locate(path)),
    scalarText: (path) => document.scalarText(path),
    isQuoted: (path) => isQuotedScalar(lines(), document.locate(path), typeof path.at(-1) === "string"),
    keyText: (path) => plainKeyText(lines(), document.locate(path)),
  };
}

/** The documents of a file; undefined when there is no such file. */
export function readPlacedFile(path: string, files: KustomizeFiles): PlacedReading | undefined {
  const reading = files.documents(path);
  const text = files.text(path);
  if (reading === undefined || text === undefined) return undefined;
  return { ...reading, text, place: (place) => place };
}

/** Where the lines of a block scalar stand in its file. */
interface Block {
  /** Line, from 1, of the first line of the text. */
  readonly firstLine: number;
  /** Columns that the block is indented by. */
  readonly indent: number;
}

/**
 * The documents of a text that stands inside a field of a file. Places are exact for literal blocks (`|`), else the
 * place of the field.
 */
export function readInlineYaml(text: string, field: FieldOrigin, files: KustomizeFiles): PlacedReading {
  const outer = placeOf(field);
  const reading = readYaml(text, outer.source);
  let block: Block | "none" | undefined;
  const place = (inner: Place): Place => {
    block ??= findBlock(files.text(outer.source), outer, text) ?? "none";
    if (block === "none" || inner.line === undefined || inner.column === undefined) return outer;
    return { ...outer, line: block.firstLine + inner.line - 1, column: inner.column + block.indent };
  };
  const diagnostics = reading.diagnostics.map((diagnostic) =>
    diagnostic.place === undefined ? diagnostic : { ...diagnostic, place: place(diagnostic.place) },
  );
  return { text, documents: reading.documents, diagnostics, place };
}

function findBlock(file: string | undefined, field: Place, text: string): Block | undefined {
  if (file === undefined || field.line === undefined || field.column === undefined) return undefined;
  const lines = splitLines(file);
  const header = (lines[field.line - 1] ?? "").slice(field.column - 1);
  if (!/\|[0-9+-]*\s*(?:#.*)?$/.test(header)) return undefined;
  const inner = text.split("\n");
  const offset = inner.findIndex((line) => line.trim() !== "");
  const first = inner[offset];
  const outerFirst = lines[field.line + offset];
  if (first === undefined || outerFirst === undefined || !outerFirst.endsWith(first)) return undefined;
  return { firstLine: field.line + 1, indent: outerFirst.length - first.length };
}

function splitLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}
