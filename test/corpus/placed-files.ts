import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { readKindScopes } from "../../src/estate/kubernetes/kind-scope.ts";
import { readObjects } from "../../src/estate/kubernetes/read-objects.ts";
import type { PlacedObject } from "../../src/estate/model/estate.ts";
import { readYaml } from "../../src/estate/sources/read-yaml.ts";
import type { YamlDocument } from "../../src/estate/sources/yaml-document.ts";

/** Where the public inputs lie: `SCANTLING_SHARED`, or the folder `shared` beside the checkout. */
export const sharedFolder = process.env.SCANTLING_SHARED ?? join(import.meta.dirname, "../../../shared");

/** All YAML and JSON files at or under a path, sorted. */
export function filesUnder(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return /\.(?:ya?ml|json)$/.test(path) ? [path] : [];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

/** Documents of files as they are; a text that is no valid YAML fails the test. */
export function readDocuments(files: readonly string[]): readonly YamlDocument[] {
  return files.flatMap((file) => {
    const { documents, diagnostics } = readYaml(readFileSync(file, "utf8"), file);
    if (diagnostics.length > 0) throw new Error(`${file}: ${diagnostics.map(({ message }) => message).join(" ")}`);
    return documents;
  });
}

/** Every object of the files, on one cluster of one environment. */
export function placeFiles(files: readonly string[]): readonly PlacedObject[] {
  const { objects } = readObjects(readDocuments(files));
  const scopes = readKindScopes(objects);
  return objects.map((object) => ({
    environment: "default",
    cluster: "default",
    namespace: scopes.scopeOf(object) === "Cluster" ? undefined : (object.namespace ?? "default"),
    application: undefined,
    tenant: "unassigned",
    object,
  }));
}
