import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, visit } from "yaml";
import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import {
  appendItem,
  insertPair,
  removeItem,
  removePair,
  replaceItem,
  replacePairValue,
  type Splice,
} from "./splices.ts";
import { yamlStyleOf } from "./yaml-style.ts";

/** A field of a document to set (mappings on the way are made), or to take away where `value` is undefined. */
export interface DocumentEdit {
  readonly path: FieldPath;
  readonly value: unknown;
}

/** The text after an edit, or why it could not be made. */
export type EditResult = { readonly text: string } | { readonly problem: string };

const parsing = { uniqueKeys: false, strict: false, logLevel: "silent", prettyErrors: false } as const;

/** The document of a text that holds one, with positions. */
export function parsePositions(text: string): Document.Parsed {
  return parseDocument(text, parsing);
}

/**
 * Edits one document of YAML or JSON by replacing as few characters as it takes; comments, order and style of the rest
 * stay. The result is read again: it must say exactly what was asked for.
 */
export function editDocument(text: string, edit: DocumentEdit, document = parsePositions(text)): EditResult {
  if (document.errors.length > 0) return { problem: "the text cannot be read" };
  const splice = spliceFor(text, document, edit);
  if ("problem" in splice) return splice;
  const result = text.slice(0, splice.start) + splice.text + text.slice(splice.end);
  const after = parsePositions(result);
  const wanted = withEdit(plainValue(document), edit.path, edit.value);
  if (after.errors.length > 0 || !equalValues(plainValue(after), wanted)) {
    return { problem: "it is written in a way that cannot be edited safely" };
  }
  return { text: result };
}

function plainValue(document: Document.Parsed): unknown {
  return document.toJS({ maxAliasCount: 10_000 });
}

function spliceFor(
  text: string,
  document: Document.Parsed,
  { path, value }: DocumentEdit,
): Splice | { readonly problem: string } {
  const target = { text, style: yamlStyleOf(text, document) };
  const anchors = usedAnchors(document);
  let node: Node | null = document.contents;
  let owner: Pair | undefined;
  for (const [depth, step] of path.entries()) {
    if (node !== null && "anchor" in node && node.anchor !== undefined && anchors.has(node.anchor)) {
      return { problem: `it stands in the anchor &${node.anchor}, which other places use too` };
    }
    if (isAlias(node)) return { problem: `it stands behind the alias *${node.source}` };
    const rest = path.slice(depth + 1);
    const isLast = rest.length === 0;
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find(({ key }) => keyText(key) === String(step));
      if (value === undefined && (pair === undefined || isLast)) {
        return pair === undefined ? { problem: "the field is not there" } : removePair(target, node, pair, owner);
      }
      if (pair === undefined) return insertPair(target, node, String(step), nest(rest, value));
      if (isLast || isEmptyScalar(pair.value)) return replacePairValue(target, node, pair, nest(rest, value));
      owner = pair;
      node = pair.value as Node | null;
    } else if (isSeq(node) && typeof step === "number") {
      const item = node.items[step] as Node | undefined;
      if (value === undefined && (item === undefined || isLast)) {
        return item === undefined ? { problem: "the item is not there" } : removeItem(target, node, step, owner);
      }
      if (item === undefined) {
        if (step > node.items.length) return { problem: "the list is shorter" };
        return appendItem(target, node, nest(rest, value), owner);
      }
      if (isLast) return replaceItem(target, node, step, nest(rest, value));
      owner = undefined;
      node = item;
    } else {
      return { problem: "something else stands where the field belongs" };
    }
  }
  return { problem: "the document as a whole cannot be set" };
}

function usedAnchors(document: Document.Parsed): ReadonlySet<string> {
  const used = new Set<string>();
  visit(document, {
    Alias: (_, { source }) => {
      used.add(source);
    },
  });
  return used;
}

/** A key as it is written, whatever it would resolve to. */
export function keyText(key: unknown): string {
  return isScalar(key) ? (key.source ?? String(key.value)) : String(key);
}

function isEmptyScalar(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

/** The value wrapped in the mappings and lists of a path that is not there yet. */
function nest(path: FieldPath, value: unknown): unknown {
  return path.reduceRight<unknown>((inner, step) => (typeof step === "number" ? [inner] : { [step]: inner }), value);
}

/** JSON data with a field set or, for undefined, taken away; the data given stays as it is. */
export function withEdit(data: unknown, path: FieldPath, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(data)) {
    const index = Number(step);
    if (value === undefined && rest.length === 0) return data.filter((_, position) => position !== index);
    return data.toSpliced(index, 1, withEdit(data[index], rest, value));
  }
  if (data === null || data === undefined) return value === undefined ? data : nest(path, value);
  if (!isJsonObject(data)) return data;
  if (value === undefined && rest.length === 0) {
    return Object.fromEntries(Object.entries(data).filter(([key]) => key !== step));
  }
  return { ...data, [step]: withEdit(data[step], rest, value) };
}
