import { isNode } from "yaml";
import { parsePositions } from "../../audit/source-edits/document-edit.ts";
import { documentText, TextWorkspace } from "../../audit/source-edits/text-workspace.ts";
import { asObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { joinSourcePath, sourceDirectory, sourceName } from "../../estate/sources/source-path.ts";
import type { SourceSet } from "../../estate/sources/source-set.ts";
import { splitDocuments } from "../../estate/sources/split-documents.ts";
import type { DocumentChange, DocumentName, FieldChange } from "../../planning/documents/document-change.ts";

/** A document that could not be written as asked, and why, as a clause without a full stop. */
interface UnwrittenDocument {
  readonly document: DocumentName;
  readonly reason: string;
}

export interface WrittenTexts {
  /** Texts that change or are new, by path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly unwritten: readonly UnwrittenDocument[];
}

/** Where the documents of an estate stand in its texts, and what they say. */
export class EstateDocuments {
  private readonly workspace: TextWorkspace;
  private readonly sources: SourceSet;
  private readonly places = new Map<string, { readonly path: string; readonly index: number; readonly of: number }>();
  private readonly created = new Map<string, string>();
  /** Comments on list items that go, by path of the text. */
  private readonly orphans = new Map<string, string[]>();

  constructor(sources: SourceSet) {
    this.sources = sources;
    this.workspace = new TextWorkspace(sources.texts);
    for (const [path, text] of sources.texts) {
      if (!text.includes("scantling/")) continue;
      const source = this.workspace.open(path);
      if (source === undefined) continue;
      const values = Array.from({ length: source.documents }, (_, index) => asObject(source.valueNow(index)));
      const of = values.filter((value) => Object.keys(value).length > 0).length;
      for (const [index, { apiVersion, kind, metadata }] of values.entries()) {
        if (!String(apiVersion).startsWith("scantling/")) continue;
        const key = `${String(kind)}/${String(asObject(metadata)["name"])}`;
        if (!this.places.has(key)) this.places.set(key, { path, index, of });
      }
    }
  }

  /** The value of a document as it is written; undefined where it is not declared. */
  value(document: DocumentName): JsonObject | undefined {
    const place = this.places.get(keyOf(document));
    return place === undefined ? undefined : asObject(this.workspace.open(place.path)?.valueNow(place.index));
  }

  /** The file of a document; undefined where it is not declared. */
  pathOf(document: DocumentName): string | undefined {
    return this.places.get(keyOf(document))?.path;
  }

  /** Documents of a kind in the order of their paths. */
  ofKind(kind: DocumentName["kind"]): readonly DocumentName[] {
    return [...this.places]
      .filter(([key]) => key.startsWith(`${kind}/`))
      .toSorted(([, left], [, right]) =>
        left.path < right.path ? -1 : left.path > right.path ? 1 : left.index - right.index,
      )
      .map(([key]) => ({ kind, name: key.slice(kind.length + 1) }));
  }

  /** Makes the changes in memory. Edits first, so that positions hold; then what is new; last what goes. */
  write(changes: readonly DocumentChange[]): WrittenTexts {
    const unwritten: UnwrittenDocument[] = [];
    const removed: DocumentName[] = [];
    for (const change of changes) {
      const reason = this.apply(change, removed);
      if (reason !== undefined) unwritten.push({ document: change.document, reason });
    }
    const changed = [...this.workspace.changed()].map(
      ([path, text]) => [path, this.withoutOrphans(path, text)] as const,
    );
    const texts = new Map([...changed, ...this.created]);
    this.remove(removed, texts);
    return { texts: new Map([...texts].toSorted(([left], [right]) => (left < right ? -1 : 1))), unwritten };
  }

  private apply(change: DocumentChange, removed: DocumentName[]): string | undefined {
    switch (change.kind) {
      case "edit":
        return this.edit(change);
      case "create":
        this.create(change);
        return undefined;
      case "remove":
        removed.push(change.document);
        return undefined;
    }
  }

  /** All fields of a document or none. */
  private edit({ document, changes }: Extract<DocumentChange, { kind: "edit" }>): string | undefined {
    const place = this.places.get(keyOf(document));
    const source = place === undefined ? undefined : this.workspace.open(place.path);
    if (place === undefined || source === undefined) return "it is not declared in a file";
    const undo = this.workspace.mark();
    const orphans = orphanedComments(this.sources.texts.get(place.path) ?? "", place.index, changes);
    for (const change of changes) {
      const problem = source.edit(place.index, change);
      if (problem === undefined) continue;
      undo();
      return problem;
    }
    this.orphans.set(place.path, [...(this.orphans.get(place.path) ?? []), ...orphans]);
    return undefined;
  }

  /** A comment that stands twice is left: one of the two is on something else. */
  private withoutOrphans(path: string, text: string): string {
    return (this.orphans.get(path) ?? []).reduce((rest, comment) => {
      const at = rest.indexOf(comment);
      return at === -1 || rest.includes(comment, at + 1) ? rest : rest.slice(0, at) + rest.slice(at + comment.length);
    }, text);
  }

  private create({ document, spec, beside }: Extract<DocumentChange, { kind: "create" }>): void {
    const like = beside === undefined ? undefined : this.places.get(keyOf(beside));
    const value = {
      apiVersion: "scantling/v1alpha1",
      kind: document.kind,
      metadata: { name: document.name },
      ...(Object.keys(spec).length === 0 ? {} : { spec }),
    };
    const source = like === undefined ? undefined : this.workspace.open(like.path);
    this.add(this.placeFor(document, beside), documentText(value, source?.text ?? houseStyle));
  }

  /** The file that a new document goes to: one of its own where its siblings have theirs, else the one that they share. */
  placeFor(document: DocumentName, beside: DocumentName | undefined): string {
    const like = beside === undefined ? undefined : this.places.get(keyOf(beside));
    if (like === undefined) return joinSourcePath(folderOf(this.sources), "estate.yaml");
    if (like.of > 1) return like.path;
    return joinSourcePath(sourceDirectory(like.path), `${document.name}${extensionOf(like.path)}`);
  }

  private add(path: string, text: string): void {
    const known = this.created.get(path);
    if (known !== undefined) {
      this.created.set(path, `${known}---\n${text}`);
      return;
    }
    const standing = this.workspace.open(path);
    if (standing === undefined) this.created.set(path, text);
    else standing.append(text);
  }

  /** A file that holds nothing else is left with a note, since it may be named elsewhere. */
  private remove(documents: readonly DocumentName[], texts: Map<string, string>): void {
    const places = documents
      .flatMap((document) => this.places.get(keyOf(document)) ?? [])
      .toSorted((left, right) => right.index - left.index);
    for (const { path, index } of places) {
      const text = texts.get(path) ?? this.sources.texts.get(path) ?? "";
      const slice = splitDocuments(text)[index];
      if (slice === undefined) continue;
      const rest = `${text.slice(0, slice.start)}${text.slice(slice.end)}`;
      texts.set(path, rest.trim() === "" ? "# The plan has no cluster of this file any more: delete it.\n" : rest);
    }
  }
}

/** Short mappings and lists on one line, as the documents of the examples have it. */
const houseStyle = "spec:\n  zones: [a]\n  taint: {key: a}\n";

/** Whole lines of comments right above the list items that the changes take away: on what follows they would be wrong. */
function orphanedComments(text: string, index: number, changes: readonly FieldChange[]): readonly string[] {
  const slice = splitDocuments(text)[index];
  if (slice === undefined) return [];
  const part = text.slice(slice.start, slice.end);
  const document = parsePositions(part);
  return changes
    .filter(({ path, value }) => value === undefined && typeof path.at(-1) === "number")
    .flatMap(({ path }) => {
      const node = document.getIn(path, true);
      const start = isNode(node) ? node.range?.[0] : undefined;
      if (start === undefined) return [];
      const before = part.slice(0, part.lastIndexOf("\n", start - 1) + 1);
      return /(?:^[ \t]*#[^\n]*\n)+$(?!\n)/m.exec(before)?.[0] ?? [];
    });
}

/** The first folder that was read; that of the first file where none was. */
function folderOf({ roots, texts }: SourceSet): string {
  const folder = roots.find((root) => root !== "-" && !texts.has(root));
  return folder ?? sourceDirectory(roots[0] ?? ".");
}

function extensionOf(path: string): string {
  const name = sourceName(path);
  const dot = name.lastIndexOf(".");
  return dot <= 0 || name.endsWith(".json") ? ".yaml" : name.slice(dot);
}

function keyOf({ kind, name }: DocumentName): string {
  return `${kind}/${name}`;
}
