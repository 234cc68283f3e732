import { KUSTOMIZATION_NAMES, referencedPaths } from "../sources/referenced-paths.ts";
import { isUnder, sourceDirectory, sourceName } from "../sources/source-path.ts";
import { BuildLog } from "./build-log.ts";
import { readKustomization } from "./kustomization.ts";
import { KustomizeFiles } from "./kustomize-files.ts";

/** The kustomizations among texts. */
export interface KustomizationSet {
  /** Folders with a kustomization that no other refers to, in code-point order; Components are never among them. */
  readonly leaves: readonly string[];
  /**
   * Texts that belong to a kustomization: what it refers to, and everything in and below its folder. Their Kubernetes
   * objects are not to be read by themselves.
   */
  readonly files: ReadonlySet<string>;
}

/** Finds the folders with a kustomization, and what belongs to them. */
export function findKustomizations(texts: ReadonlyMap<string, string>): KustomizationSet {
  const files = new KustomizeFiles(texts);
  const directories = kustomizationDirectories(files);
  if (directories.size === 0) return { leaves: [], files: new Set() };
  const owned = new Set<string>();
  const uses = new Map<string, readonly string[]>();
  for (const directory of directories) {
    const paths = files.kustomizationsIn(directory);
    const references = paths.flatMap((path) =>
      referencedPaths(path, files.text(path) ?? "").map((entry) => entry.path),
    );
    for (const path of references) if (files.text(path) !== undefined) owned.add(path);
    uses.set(
      directory,
      references.filter((path) => directories.has(path)),
    );
  }
  for (const path of files.paths) if (liesInOneOf(path, directories)) owned.add(path);
  const buildable = [...directories].filter((directory) => !isComponent(directory, files)).sort();
  return { leaves: rootsOf(buildable, uses), files: owned };
}

function kustomizationDirectories(files: KustomizeFiles): ReadonlySet<string> {
  const directories = new Set<string>();
  for (const path of files.paths) {
    if (KUSTOMIZATION_NAMES.includes(sourceName(path))) directories.add(sourceDirectory(path));
  }
  return directories;
}

function liesInOneOf(path: string, directories: ReadonlySet<string>): boolean {
  for (let directory = sourceDirectory(path); ; directory = sourceDirectory(directory)) {
    if (directories.has(directory) && isUnder(path, directory)) return true;
    if (directory === "." || directory === "/") return false;
  }
}

function isComponent(directory: string, files: KustomizeFiles): boolean {
  return readKustomization(directory, files, new BuildLog())?.kind === "Component";
}

/** Those that no other uses, and one of each circle, so that the circle is reported and not lost. */
function rootsOf(directories: readonly string[], uses: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const used = new Set([...uses].flatMap(([user, targets]) => targets.filter((target) => target !== user)));
  const roots = directories.filter((directory) => !used.has(directory));
  const reached = new Set<string>();
  const reach = (start: string): void => {
    const pending = [start];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      pending.push(...(uses.get(next) ?? []));
    }
  };
  roots.forEach(reach);
  for (const directory of directories) {
    if (reached.has(directory)) continue;
    roots.push(directory);
    reach(directory);
  }
  return roots.sort();
}
