import type { Place } from "../sources/place.ts";
import { readYaml } from "../sources/read-yaml.ts";
import type { YamlReading } from "../sources/yaml-document.ts";
import { type FieldOrigin, placeOf } from "./field-origin.ts";
import type { KustomizeFiles } from "./kustomize-files.ts";

/** Where the lines of a block scalar stand in its file. */
interface Block {
  /** Line, from 1, of the first line of the text. */
  readonly firstLine: number;
  /** Columns that the block is indented by. */
  readonly indent: number;
}

/**
 * The documents of a text that stands inside a field of another file. Places are those in that file: exact for literal
 * blocks (`|`), else the place of the field.
 */
export function readInlineYaml(text: string, field: FieldOrigin, files: KustomizeFiles): YamlReading {
  const outer = placeOf(field);
  const reading = readYaml(text, outer.source);
  let block: Block | "none" | undefined;
  const place = (inner: Place): Place => {
    block ??= findBlock(files.text(outer.source), outer, text) ?? "none";
    if (block === "none" || inner.line === undefined || inner.column === undefined) return outer;
    return { ...outer, line: block.firstLine + inner.line - 1, column: inner.column + block.indent };
  };
  return {
    documents: reading.documents.map((document) => ({
      source: document.source,
      index: document.index,
      value: document.value,
      locate: (path) => place(document.locate(path)),
      scalarText: (path) => document.scalarText(path),
    })),
    diagnostics: reading.diagnostics.map((diagnostic) =>
      diagnostic.place === undefined ? diagnostic : { ...diagnostic, place: place(diagnostic.place) },
    ),
  };
}

function findBlock(file: string | undefined, field: Place, text: string): Block | undefined {
  if (file === undefined || field.line === undefined || field.column === undefined) return undefined;
  const lines = file.split(/\r\n|\r|\n/);
  const header = (lines[field.line - 1] ?? "").slice(field.column - 1);
  if (!/\|[0-9+-]*\s*(?:#.*)?$/.test(header)) return undefined;
  const inner = text.split("\n");
  const offset = inner.findIndex((line) => line.trim() !== "");
  const first = inner[offset];
  const outerFirst = lines[field.line + offset];
  if (first === undefined || outerFirst === undefined || !outerFirst.endsWith(first)) return undefined;
  return { firstLine: field.line + 1, indent: outerFirst.length - first.length };
}
