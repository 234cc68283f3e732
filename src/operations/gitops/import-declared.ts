import { editDocument } from "../../audit/source-edits/document-edit.ts";
import { asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { sourceDirectory } from "../../estate/sources/source-path.ts";
import { splitDocuments } from "../../estate/sources/split-documents.ts";
import { withoutStamp } from "../../gitops/repository/stamp.ts";
import { yamlText } from "../../gitops/repository/yaml-text.ts";

/** A Scantling or OpenSLO document that the repository holds. */
export interface DeclaredDocument {
  readonly kind: string;
  readonly name: string;
  readonly value: JsonObject;
  /** As it was written, comments and all. */
  readonly text: string;
  /** File of the repository. */
  readonly source: string;
  /** Where it goes, relative to the folder of the documents. */
  readonly path: string;
}

/** Folders by kind, for documents that do not lie below their estate. */
const folders: { readonly [kind: string]: string } = {
  Estate: "",
  Cluster: "clusters/",
  Tenant: "tenants/",
  Application: "applications/",
  DataStore: "stores/",
  CloudService: "services/",
  LoadProfile: "load/",
};

/** Documents of an estate that lie in the repository, each once, in the order of their files. */
export function declaredDocuments(texts: ReadonlyMap<string, string>): readonly DeclaredDocument[] {
  const found = [...texts]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .filter(([path, text]) => /\.(?:ya?ml|json)$/.test(path) && /scantling\/|openslo\//.test(text))
    .flatMap(([source, text]) => documentsIn(source, text));
  const estate = found.find(({ kind }) => kind === "Estate");
  const home = estate === undefined ? undefined : sourceDirectory(estate.source);
  const taken = new Set<string>();
  return found.flatMap((document) => {
    const path = pathOf(document, home, found);
    if (taken.has(path)) return [];
    taken.add(path);
    return [{ ...document, path }];
  });
}

type Found = Omit<DeclaredDocument, "path">;

function documentsIn(source: string, text: string): readonly Found[] {
  return splitDocuments(text).flatMap(({ start, end }) => {
    const slice = text.slice(start, end);
    const value = asObject(readYaml(slice, source).documents[0]?.value);
    const kind = asText(value.kind);
    const name = asText(asObject(value.metadata).name);
    if (kind === undefined || name === undefined) return [];
    if (!/^(?:scantling|openslo)\//.test(asText(value.apiVersion) ?? "")) return [];
    return [{ source, kind, name, value, text: source.endsWith(".json") ? yamlText(value) : ownText(slice) }];
  });
}

function ownText(slice: string): string {
  const text = withoutStamp(slice)
    .replace(/^---[ \t]*(?:\r\n|\n|$)/m, "")
    .replace(/^\.\.\.[^\n]*\n?/m, "");
  return `${withoutStamp(text).replaceAll("\r\n", "\n").trim()}\n`;
}

function pathOf({ kind, name, source }: Found, home: string | undefined, all: readonly Found[]): string {
  const isAlone = all.filter((other) => other.source === source).length === 1;
  const below =
    home === "."
      ? source
      : home !== undefined && source.startsWith(`${home}/`)
        ? source.slice(home.length + 1)
        : undefined;
  if (isAlone && below !== undefined) return below.replace(/\.(?:yml|json)$/, ".yaml");
  return kind === "Estate" ? "estate.yaml" : `${folders[kind] ?? "objectives/"}${name}.yaml`;
}

/** The text with one field set, comments and the rest kept; the value written anew where that cannot be. */
export function withField({ text, value }: DeclaredDocument, path: readonly string[], wanted: unknown): string {
  const result = editDocument(text, { path, value: wanted });
  return "text" in result ? result.text : yamlText(setIn(value, path, wanted));
}

function setIn(value: unknown, [key, ...rest]: readonly string[], wanted: unknown): unknown {
  return key === undefined ? wanted : { ...asObject(value), [key]: setIn(asObject(value)[key], rest, wanted) };
}
