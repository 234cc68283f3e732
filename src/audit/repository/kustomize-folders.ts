import { asObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { KUSTOMIZATION_NAMES, referencedPaths } from "../../estate/sources/referenced-paths.ts";
import { sourceDirectory, sourceName } from "../../estate/sources/source-path.ts";
import type { YamlDocument } from "../../estate/sources/yaml-document.ts";

/** A folder with a kustomization, as it is written. */
export interface KustomizeFolder {
  readonly directory: string;
  readonly file: string;
  readonly kind: "Kustomization" | "Component";
  readonly document: YamlDocument;
  readonly value: JsonObject;
  /** Files that it reads, in its own folder or below. */
  readonly files: readonly string[];
  /** Folders with a kustomization that it builds on: bases and components. */
  readonly uses: readonly string[];
}

/** Every folder with a kustomization that can be read; what cannot be read has a diagnostic of the estate. */
export function readFolders(texts: ReadonlyMap<string, string>): readonly KustomizeFolder[] {
  const files = [...texts.keys()].filter((path) => KUSTOMIZATION_NAMES.includes(sourceName(path)));
  const directories = new Set(files.map(sourceDirectory));
  return files.toSorted().flatMap((file): KustomizeFolder[] => {
    const text = texts.get(file) ?? "";
    const [document] = readYaml(text, file).documents;
    if (document === undefined) return [];
    const value = asObject(document.value);
    const paths = referencedPaths(file, text).map(({ path }) => path);
    return [
      {
        directory: sourceDirectory(file),
        file,
        kind: value["kind"] === "Component" ? "Component" : "Kustomization",
        document,
        value,
        files: paths.filter((path) => texts.has(path)),
        uses: paths.filter((path) => directories.has(path)),
      },
    ];
  });
}
