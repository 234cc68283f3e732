import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { foldersNested } from "../../estate/diagnostics/render-diagnostics.ts";
import { isUnder } from "../../estate/sources/source-path.ts";
import type { FolderState } from "../../gitops/regeneration/plan-changes.ts";

/** Where the source of a render is, seen from the repository that is written. */
export interface SourceLocation {
  /** Folder of the repository that it is read from; undefined where it is elsewhere, or in several places. */
  readonly folder?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compares normalised absolute paths. A repository within its own source is refused: it would be read as source next time. */
export function locateSource(roots: readonly string[], repository: string): SourceLocation {
  const around = roots.find((root) => isUnder(repository, root));
  if (around !== undefined) return { diagnostics: [diagnose(foldersNested, { source: around, repository })] };
  const [inside, ...others] = roots.filter((root) => isUnder(root, repository));
  if (inside === undefined || others.length > 0 || roots.length > 1) return { diagnostics: [] };
  return { folder: inside.slice(repository.length + 1), diagnostics: [] };
}

/** A source within the repository needs a folder that no render writes to. */
export function overwrittenSource(folder: string | undefined, generated: readonly string[]): readonly Diagnostic[] {
  if (folder === undefined || !generated.some((path) => isUnder(path, folder))) return [];
  return [diagnose(foldersNested, { source: folder, repository: "." })];
}

/** The folder as a render has to leave it: the source in it is its owner's, committed or not. */
export function withoutSource({ files, uncommitted }: FolderState, folder: string | undefined): FolderState {
  if (folder === undefined) return { files, uncommitted };
  return {
    files: new Map([...files].filter(([path]) => !isUnder(path, folder))),
    uncommitted: uncommitted?.filter((path) => !isUnder(path, folder) && !isUnder(folder, path.replace(/\/$/, ""))),
  };
}
