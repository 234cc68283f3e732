import { asList, asObject, asText, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { joinSourcePath } from "../../estate/sources/source-path.ts";
import type { FieldPath, YamlDocument } from "../../estate/sources/yaml-document.ts";
import { flattenObject } from "../environments/flatten-object.ts";
import type { KustomizeFolder } from "./kustomize-folders.ts";

/** One thing that an overlay says: what it is about and the value, as one text that is equal where two say the same. */
export interface Statement {
  readonly text: string;
  readonly document: YamlDocument;
  readonly path: FieldPath;
}

/** Fields of a kustomization that say something themselves. */
const settings = [
  "images",
  "replicas",
  "labels",
  "commonLabels",
  "commonAnnotations",
  "configMapGenerator",
  "secretGenerator",
];

/** Everything that a folder says of its own: patches, settings, and manifests that it lists. */
export function statementsOf(folder: KustomizeFolder, texts: ReadonlyMap<string, string>): readonly Statement[] {
  const { document, value, directory } = folder;
  const own = settings.flatMap((name) => settingStatements(document, name, value[name]));
  const resources = asList(value["resources"]).flatMap((entry) => fileStatements(entry, directory, texts, undefined));
  const merges = asList(value["patchesStrategicMerge"]).flatMap((entry) =>
    patchStatements(entry, entry, folder, texts),
  );
  const patches = [...asList(value["patches"]), ...asList(value["patchesJson6902"])].flatMap((entry) => {
    const { path, patch, target } = asObject(entry);
    return patchStatements(path, patch, folder, texts, target);
  });
  return [...own, ...resources, ...merges, ...patches];
}

function settingStatements(document: YamlDocument, name: string, value: unknown): readonly Statement[] {
  return [...flattenObject(value)].flatMap(([text, { path, value: scalar }]) =>
    // A name alone says nothing without what goes with it.
    value === undefined || text.endsWith("].name")
      ? []
      : [{ text: `${name}${text} = ${JSON.stringify(scalar)}`, document, path: [name, ...path] }],
  );
}

function patchStatements(
  file: unknown,
  inline: unknown,
  { directory, document }: KustomizeFolder,
  texts: ReadonlyMap<string, string>,
  target?: unknown,
): readonly Statement[] {
  if (typeof inline === "string" && inline.includes("\n")) {
    const documents = readYaml(inline, document.source).documents;
    // Lines inside a text cannot be told apart from outside: the patches field stands for them.
    return documents.flatMap((each) =>
      documentStatements({ ...each, locate: () => document.locate(["patches"]) }, target),
    );
  }
  return fileStatements(file, directory, texts, target);
}

function fileStatements(
  entry: unknown,
  directory: string,
  texts: ReadonlyMap<string, string>,
  target: unknown,
): readonly Statement[] {
  const path = typeof entry === "string" ? joinSourcePath(directory, entry) : "";
  const text = texts.get(path);
  return text === undefined
    ? []
    : readYaml(text, path).documents.flatMap((document) => documentStatements(document, target));
}

function documentStatements(document: YamlDocument, target: unknown): readonly Statement[] {
  const { value } = document;
  if (Array.isArray(value)) {
    const about = JSON.stringify(target ?? {});
    return value.map((operation, index) => ({
      text: `${about} ${JSON.stringify(operation)}`,
      document,
      path: [index],
    }));
  }
  if (!isJsonObject(value)) return [];
  const about = `${asText(value["kind"]) ?? ""}/${asText(asObject(value["metadata"])["name"]) ?? ""}`;
  return [...flattenObject(value)].flatMap(([text, { path, value: scalar }]) =>
    /^(?:apiVersion|kind|metadata\.(?:name|namespace))$/.test(text) || isItemName(text)
      ? []
      : [{ text: `${about} ${text} = ${JSON.stringify(scalar)}`, document, path }],
  );
}

/** The name of a list item is how it is found, not what is said of it. */
function isItemName(text: string): boolean {
  return /\[([^\]]+)\]\.(?:name|key)$/.test(text);
}
