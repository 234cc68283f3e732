import { asList, asObject } from "../../estate/kubernetes/json-value.ts";
import { joinSourcePath } from "../../estate/sources/source-path.ts";
import type { KustomizeFolder } from "../repository/kustomize-folders.ts";
import { parsePositions } from "./document-edit.ts";
import { SourceText } from "./source-text.ts";
import { blockLines, type YamlStyle, yamlStyleOf } from "./yaml-style.ts";

/** Texts under edit: those that are there, and new ones beside them. All of it can be taken back. */
export class TextWorkspace {
  private readonly texts: ReadonlyMap<string, string>;
  private readonly opened = new Map<string, SourceText>();
  private created = new Map<string, string>();

  constructor(texts: ReadonlyMap<string, string>) {
    this.texts = texts;
  }

  open(path: string): SourceText | undefined {
    const known = this.opened.get(path);
    if (known !== undefined) return known;
    const text = this.texts.get(path);
    if (text === undefined) return undefined;
    const source = new SourceText(text);
    this.opened.set(path, source);
    return source;
  }

  /** Gives back a function that undoes what happens from now on. */
  mark(): () => void {
    const undo = [...this.opened].map(([path, source]) => ({ path, restore: source.mark() }));
    const before = new Set(this.opened.keys());
    const created = new Map(this.created);
    return () => {
      for (const { restore } of undo) restore();
      for (const path of this.opened.keys()) if (!before.has(path)) this.opened.delete(path);
      this.created = created;
    };
  }

  create(path: string, text: string): void {
    this.created.set(path, text);
  }

  /** A path in a folder that no text has, numbered where the plain name is taken. */
  freePath(directory: string, name: string, taken: readonly string[]): string {
    for (let number = 1; ; number += 1) {
      const path = joinSourcePath(directory, `${number === 1 ? name : `${name}-${number}`}.yaml`);
      if (!this.texts.has(path) && !this.created.has(path) && !taken.includes(path)) return path;
    }
  }

  /** Lists an entry in a field of a kustomization; returns why that is not possible. */
  list(folder: KustomizeFolder, field: "resources" | "patches", entry: unknown): string | undefined {
    const source = this.open(folder.file);
    if (source === undefined) return `${folder.file} was not read`;
    const document = this.kustomizationIn(source);
    const count = asList(asObject(source.valueNow(document))[field]).length;
    const problem = source.edit(document, { path: [field, count], value: entry });
    return problem === undefined ? undefined : `${folder.file}: ${problem}`;
  }

  private kustomizationIn(source: SourceText): number {
    for (let document = 0; document < source.documents; document += 1) {
      if (Object.keys(asObject(source.valueNow(document))).length > 0) return document;
    }
    return 0;
  }

  /** Texts that differ from what was given, by path. */
  changed(): ReadonlyMap<string, string> {
    const changed = new Map(this.created);
    for (const [path, source] of this.opened) if (source.text !== this.texts.get(path)) changed.set(path, source.text);
    return new Map([...changed].toSorted(([left], [right]) => (left < right ? -1 : 1)));
  }
}

const plainStyle: YamlStyle = yamlStyleOf("", parsePositions(""));

/** A whole document as YAML text, in the style of another text. */
export function documentText(value: unknown, like: string | undefined): string {
  const style = like === undefined ? plainStyle : yamlStyleOf(like, parsePositions(like));
  return `${blockLines(value, { ...style, json: false, lineEnd: "\n" }).join("\n")}\n`;
}
