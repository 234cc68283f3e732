import {
  isAbsoluteSourcePath,
  isUnder,
  joinSourcePath,
  normalizeSourcePath,
  sourceDirectory,
} from "../../estate/sources/source-path.ts";
import type { SourceSet } from "../../estate/sources/source-set.ts";
import { nameOfPath } from "../../gitops/import/place-names.ts";
import { relativePath } from "../../gitops/repository/relative-path.ts";

/** Where things lie: the repository, and the folder that the documents are written to. */
export interface ImportPlaces {
  /** Folder that holds everything that was read, as the reader names it. */
  readonly root: string;
  /** Folder of the documents, by the same measure. */
  readonly to: string;
  /** Absolute path of the folder that relative paths start in; needed where only one of the two is absolute. */
  readonly startedIn?: string;
}

/** The folder above all that the user named. */
export function rootOf({ roots, texts }: SourceSet): string {
  const folders = roots.map((root) => (texts.has(root) ? sourceDirectory(root) : root));
  const [first = ".", ...others] = folders;
  let root = first;
  while (root !== "." && root !== "/" && !others.every((folder) => isUnder(folder, root))) root = sourceDirectory(root);
  return root;
}

/** A path of the repository as the reader names it. */
export function fromRoot({ root }: ImportPlaces, path: string): string {
  return joinSourcePath(root, path);
}

/** The texts below the root by their path from there; of what lies below the folder of documents only documents. */
export function repositoryTexts({ texts }: SourceSet, places: ImportPlaces): ReadonlyMap<string, string> {
  const { root } = places;
  const own = normalizeSourcePath(places.to);
  const result = new Map<string, string>();
  for (const [path, text] of texts) {
    const below =
      root === "." ? path : isUnder(path, root) ? path.slice(root.length + (root === "/" ? 0 : 1)) : undefined;
    if (below === undefined) continue;
    const isOwn = own !== normalizeSourcePath(root) && isUnder(path, own);
    if (!isOwn || /^apiVersion:\s*["']?(?:scantling|openslo)\//m.test(text)) result.set(below, text);
  }
  return result;
}

/** How a document in a folder below that of the documents names a path of the repository. */
export function toRepository(places: ImportPlaces, from: string, path: string): string {
  const folder = absolute(places, joinSourcePath(places.to, from));
  const target = absolute(places, joinSourcePath(places.root, path));
  if (isAbsoluteSourcePath(folder) !== isAbsoluteSourcePath(target)) return target;
  const relative = relativePath(folder === "." ? "" : folder, target === "." ? "" : target).replace(
    /^(?:\.\.\/)*\.\.$/,
    "$&/.",
  );
  return normalizeSourcePath(relative === "" ? "." : relative);
}

function absolute({ root, to, startedIn }: ImportPlaces, path: string): string {
  const isMixed =
    isAbsoluteSourcePath(root) !== isAbsoluteSourcePath(to) || root.startsWith("..") || to.startsWith("..");
  return isMixed && startedIn !== undefined ? joinSourcePath(startedIn, path) : path;
}

/** The folder that was read, by the last part of its path that says something. */
export function repositoryName({ root, startedIn }: ImportPlaces): string {
  const path = isAbsoluteSourcePath(root) || startedIn === undefined ? root : joinSourcePath(startedIn, root);
  return nameOfPath(path, "") ?? "estate";
}
