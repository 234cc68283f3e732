import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import {
  editConflicts,
  editKept,
  foreignFiles,
  uncommittedChanges,
} from "../../estate/diagnostics/gitops-diagnostics.ts";
import { replacedByForce } from "../../estate/diagnostics/render-diagnostics.ts";
import { withoutStamp } from "../repository/stamp.ts";
import { type GeneratedFile, indexFiles, readIndex } from "./generated-index.ts";
import { type LineConflict, mergeLines } from "./merge-lines.ts";

/** A folder as it is. */
export interface FolderState {
  /** Texts by path from the folder; nothing of `.git`. */
  readonly files: ReadonlyMap<string, string>;
  /** Paths with changes that are not committed; undefined where the folder is under no version control. */
  readonly uncommitted: readonly string[] | undefined;
}

export type ChangeKind = "added" | "changed" | "merged" | "removed";

/** One file that a render would change. */
export interface FileChange {
  readonly path: string;
  readonly kind: ChangeKind;
  readonly before: string | undefined;
  /** Undefined for one that is removed. */
  readonly after: string | undefined;
}

export interface ChangePlan {
  readonly changes: readonly FileChange[];
  readonly unchanged: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ChangeOptions {
  /** Overwrites foreign files, edits and what is not committed, and tells which. */
  readonly force: boolean;
  /** False for paths that this render leaves alone, such as those of clusters that were not asked for. */
  readonly covers: (path: string) => boolean;
}

/** A file as a render wants it, with its stamp. */
export interface WantedFile extends GeneratedFile {
  readonly written: string;
  /** True for one that is written where it is missing, and belongs to others from then on. */
  readonly writtenOnce?: true;
}

/**
 * What has to change in a folder so that it holds a render: files that no render wrote are never touched, edits of
 * generated ones are merged with what is generated now, or refused where both change the same lines.
 */
export function planChanges(wanted: readonly WantedFile[], folder: FolderState, options: ChangeOptions): ChangePlan {
  const previous = readIndex(folder.files);
  const covered = wanted.filter(({ path }) => options.covers(path));
  const diagnostics: Diagnostic[] = [];
  const foreign = foreignPaths(covered, folder, previous);
  if (foreign.length > 0 && !options.force) diagnostics.push(diagnose(foreignFiles, { files: foreign }));
  const changes = covered.flatMap((file) => changeOf(file, folder, previous, options.force, diagnostics) ?? []);
  const wantedPaths = new Set(wanted.map(({ path }) => path));
  for (const [path, content] of previous ?? []) {
    const before = folder.files.get(path);
    if (wantedPaths.has(path) || before === undefined || !options.covers(path)) continue;
    if (withoutStamp(before) === content || options.force)
      changes.push({ path, kind: "removed", before, after: undefined });
    else diagnostics.push(diagnose(editConflicts, { file: path, conflict: "it is no longer generated" }));
  }
  const index = indexChanges(wanted, folder, previous, options);
  const all = [...changes, ...index].sort((left, right) => (left.path < right.path ? -1 : 1));
  const uncommitted = folder.uncommitted ?? [];
  if (all.length > 0 && uncommitted.length > 0 && !options.force) {
    diagnostics.push(diagnose(uncommittedChanges, { files: uncommitted }));
  }
  if (options.force) diagnostics.push(...replaced(changes, folder, previous));
  return {
    changes: all,
    unchanged: covered.length - changes.filter(({ kind }) => kind !== "removed").length,
    diagnostics,
  };
}

/** What somebody else wrote and `--force` takes away: foreign files, edits by hand, what no commit holds. */
function replaced(
  changes: readonly FileChange[],
  { uncommitted = [] }: FolderState,
  previous: ReadonlyMap<string, string> | undefined,
): readonly Diagnostic[] {
  const lost = changes.filter(({ path, before }) => {
    if (before === undefined) return false;
    return previous?.get(path) !== withoutStamp(before) || uncommitted.includes(path);
  });
  return lost.length === 0 ? [] : [diagnose(replacedByForce, { files: lost.map(({ path }) => path).sort() })];
}

/** Paths that the last render wrote; none where the folder has no index. */
export function generatedPaths({ files }: FolderState): readonly string[] {
  return [...(readIndex(files)?.keys() ?? [])];
}

/** Without an index every file is somebody else's; with one, those at the paths of generated files. */
function foreignPaths(
  wanted: readonly WantedFile[],
  { files }: FolderState,
  previous: ReadonlyMap<string, string> | undefined,
): readonly string[] {
  if (previous === undefined) return [...files.keys()].sort();
  return wanted
    .filter(
      ({ path, written, writtenOnce }) =>
        writtenOnce !== true && files.has(path) && !previous.has(path) && files.get(path) !== written,
    )
    .map(({ path }) => path);
}

function changeOf(
  { path, content, written, writtenOnce }: WantedFile,
  { files }: FolderState,
  previous: ReadonlyMap<string, string> | undefined,
  force: boolean,
  diagnostics: Diagnostic[],
): FileChange | undefined {
  const before = files.get(path);
  if (before === written) return undefined;
  if (before === undefined) return { path, kind: "added", before, after: written };
  if (writtenOnce === true) return undefined;
  const theirs = withoutStamp(before);
  const base = previous?.get(path);
  if (force || base === undefined || theirs === base) return { path, kind: "changed", before, after: written };
  const merge = mergeLines(base, content, theirs);
  if (merge.kind === "conflict") {
    diagnostics.push(diagnose(editConflicts, { file: path, conflict: conflictText(merge.conflict) }));
    return undefined;
  }
  diagnostics.push(diagnose(editKept, { file: path }));
  const after = written.slice(0, written.length - content.length) + merge.text;
  return after === before ? undefined : { path, kind: "merged", before, after };
}

function conflictText({ line, base, ours, theirs }: LineConflict): string {
  const shown = (text: string) => (text === "" ? "nothing" : `"${text.trim().split("\n").join(" ⏎ ").slice(0, 60)}"`);
  return `line ${line} was ${shown(base)}, the estate makes it ${shown(ours)}, by hand it is ${shown(theirs)}`;
}

/** The index tells what this render generates; of paths that it leaves alone, what the last one did. */
function indexChanges(
  wanted: readonly WantedFile[],
  { files }: FolderState,
  previous: ReadonlyMap<string, string> | undefined,
  { covers }: ChangeOptions,
): readonly FileChange[] {
  const kept = wanted.flatMap((file): GeneratedFile[] => {
    if (file.writtenOnce === true) return [];
    if (covers(file.path)) return [file];
    const content = previous?.get(file.path);
    return content === undefined ? [] : [{ ...file, content }];
  });
  return [...indexFiles(kept)].flatMap(([path, after]): FileChange[] => {
    const before = files.get(path);
    if (before === after) return [];
    return [{ path, kind: before === undefined ? "added" : "changed", before, after }];
  });
}
