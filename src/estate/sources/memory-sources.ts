import { normalizeSourcePath } from "./source-path.ts";
import type { SourceSet } from "./source-set.ts";

/**
 * A source set of texts that are already at hand: for tests, pasted manifests and folders dropped on a page. The roots
 * default to all of it (`.`).
 */
export function memorySources(
  texts: { readonly [path: string]: string },
  roots: readonly string[] = Object.keys(texts).every((path) => path === "-") ? ["-"] : ["."],
): SourceSet {
  return {
    texts: new Map(
      Object.entries(texts).map(([path, text]) => [path === "-" ? path : normalizeSourcePath(path), text]),
    ),
    roots: roots.map((root) => (root === "-" ? root : normalizeSourcePath(root))),
    diagnostics: [],
  };
}
