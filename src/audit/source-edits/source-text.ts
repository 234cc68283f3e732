import { type Document, isCollection, isMap, isPair, type Node } from "yaml";
import { valueAt } from "../../estate/kubernetes/json-value.ts";
import { splitDocuments } from "../../estate/sources/split-documents.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import { type DocumentEdit, editDocument, keyText, parsePositions } from "./document-edit.ts";

/** A field as a text holds it: which of its documents, and where in there. */
export interface SourceField {
  readonly document: number;
  readonly path: FieldPath;
}

/** A text that is edited document by document: a change of one leaves every byte of the others. */
export class SourceText {
  private readonly given: readonly string[];
  private parts: readonly string[];
  /** By text: documents are asked for again and again, and change rarely. */
  private readonly parsings = new Map<string, Document.Parsed>();
  private readonly starts: readonly number[];
  private readonly lineStarts: readonly number[];

  constructor(text: string) {
    const slices = splitDocuments(text);
    this.given = slices.map(({ start, end }) => text.slice(start, end));
    this.parts = this.given;
    this.starts = slices.map(({ start }) => start);
    this.lineStarts = [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), ({ index, 0: end }) => index + end.length)];
  }

  get text(): string {
    return this.parts.join("");
  }

  /**
   * The field whose key or item starts at a line and column of the text as it was given. Where an item starts with its
   * first key, `step` says which is meant: the item for a number, the field for a name.
   */
  fieldAt(line: number, column: number, step: string | number | undefined): SourceField | undefined {
    const offset = (this.lineStarts[line - 1] ?? Number.POSITIVE_INFINITY) + column - 1;
    const document = this.starts.findLastIndex((start) => start <= offset);
    const part = this.given[document];
    if (part === undefined) return undefined;
    const root = this.parsed(part)?.contents;
    if (step === undefined) return { document, path: [] };
    const found = fieldsAt(root, offset - (this.starts[document] ?? 0), []);
    const path = found.find((candidate) => typeof candidate.at(-1) === typeof step) ?? found[0];
    return path === undefined ? undefined : { document, path };
  }

  /** The value of a field as it was given; undefined where it is not there. */
  valueAt({ document, path }: SourceField): unknown {
    return valueAt(parsedValue(this.parsed(this.given[document])), path);
  }

  /** The value of a document with what was edited. */
  valueNow(document: number): unknown {
    return parsedValue(this.parsed(this.parts[document]));
  }

  private parsed(part: string | undefined): Document.Parsed | undefined {
    if (part === undefined) return undefined;
    const known = this.parsings.get(part);
    if (known !== undefined) return known;
    const document = parsePositions(part);
    this.parsings.set(part, document);
    return document;
  }

  /** Gives back a function that undoes what is edited from now on. */
  mark(): () => void {
    const { parts } = this;
    return () => {
      this.parts = parts;
    };
  }

  /** Number of documents, empty ones too. */
  get documents(): number {
    return this.parts.length;
  }

  /** Edits a document; returns why that is not possible. */
  edit(document: number, edit: DocumentEdit): string | undefined {
    const part = this.parts[document];
    if (part === undefined) return "the document is not there";
    const result = editDocument(part, edit, this.parsed(part));
    if ("problem" in result) return result.problem;
    this.parts = this.parts.with(document, result.text);
    return undefined;
  }

  /** Adds a document at the end. */
  append(text: string): void {
    const whole = this.text;
    const lineEnd = whole.includes("\r\n") ? "\r\n" : "\n";
    const gap = whole === "" || whole.endsWith("\n") ? "" : lineEnd;
    this.parts = [...this.parts, `${gap}---${lineEnd}${text.replaceAll("\n", lineEnd)}`];
  }
}

function parsedValue(document: Document.Parsed | undefined): unknown {
  return document?.toJS({ maxAliasCount: 10_000 });
}

function fieldsAt(node: unknown, offset: number, path: FieldPath): FieldPath[] {
  if (!isCollection(node) || (node.range?.[0] ?? 0) > offset || (node.range?.[2] ?? 0) < offset) return [];
  const start = (each: unknown): number => (each as Node | null)?.range?.[0] ?? -1;
  return node.items.flatMap((item, index): FieldPath[] => {
    if (isMap(node) && isPair(item)) {
      const own = [...path, keyText(item.key)];
      return [...(start(item.key) === offset ? [own] : []), ...fieldsAt(item.value, offset, own)];
    }
    const own = [...path, index];
    return [...(start(item) === offset ? [own] : []), ...fieldsAt(item, offset, own)];
  });
}
