import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { buildKustomization } from "../../src/estate/kustomize/build-kustomization.ts";
import { findKustomizations } from "../../src/estate/kustomize/find-kustomizations.ts";
import { readYaml } from "../../src/estate/sources/read-yaml.ts";

/** A folder of kustomizations, exactly one of which no other refers to, and what the real Kustomize makes of it. */
export interface KustomizeCase {
  readonly name: string;
  readonly folder: string;
  /** Folder that is built, relative to `folder`. */
  readonly leaf: string;
  readonly texts: ReadonlyMap<string, string>;
  /** File with the recorded output of `kubectl kustomize`. */
  readonly expectedFile: string;
}

const testdata = fileURLToPath(new URL("testdata", import.meta.url));

export function kustomizeCases(): readonly KustomizeCase[] {
  return readdirSync(testdata, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readCase(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function readCase(name: string): KustomizeCase {
  const folder = join(testdata, name);
  const texts = readTexts(folder);
  const [leaf, ...others] = findKustomizations(texts).leaves;
  if (leaf === undefined || others.length > 0) throw new Error(`${name} has not exactly one leaf`);
  return { name, folder, leaf, texts, expectedFile: `${folder}.expected.yaml` };
}

/** Every file of a folder by its path there. */
export function readTexts(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [relative(folder, path).replaceAll("\\", "/"), readFileSync(path, "utf8")]));
}

/** The objects of a YAML stream, by their identity. */
export function objectsOf(yaml: string): ReadonlyMap<string, unknown> {
  return byIdentity(readYaml(yaml, "expected").documents.map(({ value }) => value));
}

/** The objects that the evaluator gives, by their identity. */
export function evaluatedObjects(leaf: string, texts: ReadonlyMap<string, string>): ReadonlyMap<string, unknown> {
  return byIdentity(buildKustomization(leaf, texts).objects.map(({ value }) => value));
}

interface Identified {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: { readonly namespace?: string; readonly name?: string };
}

function byIdentity(objects: readonly unknown[]): ReadonlyMap<string, unknown> {
  const identified = objects.map((object) => {
    const { apiVersion, kind, metadata } = object as Identified;
    return [`${apiVersion} ${kind} ${metadata?.namespace ?? ""}/${metadata?.name}`, object] as const;
  });
  const map = new Map(identified);
  if (map.size !== objects.length) throw new Error("two objects have the same identity");
  return map;
}
