import { readdirSync, type Stats, statSync } from "node:fs";
import type { Readable } from "node:stream";
import { emptyFolder, notAFile, pathNotFound, repeatedFolder } from "../../estate/diagnostics/adapter-diagnostics.ts";
import { nearestName } from "../../estate/diagnostics/nearest-name.ts";
import { KUSTOMIZATION_NAMES, type ReferencedPath, referencedPaths } from "../../estate/sources/referenced-paths.ts";
import {
  isUnder,
  joinSourcePath,
  normalizeSourcePath,
  sourceDirectory,
  sourceName,
} from "../../estate/sources/source-path.ts";
import type { SourceSet } from "../../estate/sources/source-set.ts";
import type { ReadSourcesOptions, SourceReader } from "../../operations/ports.ts";
import { readFileInto, readPipeInto, readStreamInto, reportUnreadable } from "./read-file.ts";
import { SourceCollection } from "./source-collection.ts";
import { walkFolder } from "./walk-folder.ts";

/** Where paths start and standard input comes from; the process's own unless a test says otherwise. */
export interface SourceEnvironment {
  readonly workingFolder?: string;
  readonly standardInput?: Readable;
}

const STANDARD_INPUT = "-";

/** Reads sources from the file system. */
export const sourceReader: SourceReader = { read: (paths, options) => readSources(paths, options) };

/**
 * Reads files, folders (recursively) and `-`, and what kustomizations and Scantling documents in them refer to, also
 * outside of the named folders. Paths of the result are those that were given, with forward slashes. What cannot be read
 * is a diagnostic, and the rest is still read; rejects only when the signal aborts.
 */
export async function readSources(
  paths: readonly string[],
  options: ReadSourcesOptions = {},
  environment: SourceEnvironment = {},
): Promise<SourceSet> {
  const { signal, onProgress } = options;
  const collection = new SourceCollection(environment.workingFolder ?? process.cwd(), onProgress);
  const roots = [...new Set(paths.map(toSourcePath))];
  for (const root of roots) {
    signal?.throwIfAborted();
    if (root === STANDARD_INPUT) {
      onProgress?.("reading standard input");
      await readStreamInto(collection, root, environment.standardInput ?? process.stdin, signal);
    } else {
      onProgress?.(`reading ${root}`);
      await readRoot(collection, root, signal);
    }
  }
  await readReferences(collection, signal);
  return { texts: collection.texts, roots, diagnostics: collection.diagnostics };
}

function toSourcePath(path: string): string {
  if (path === STANDARD_INPUT) return path;
  return normalizeSourcePath(process.platform === "win32" ? path.replaceAll("\\", "/") : path);
}

async function readRoot(collection: SourceCollection, path: string, signal: AbortSignal | undefined): Promise<void> {
  let stats: Stats;
  try {
    stats = statSync(collection.systemPath(path));
  } catch (error) {
    reportRoot(collection, path, error);
    return;
  }
  if (stats.isDirectory()) await readRootFolder(collection, path, signal);
  else if (stats.isFile()) readFileInto(collection, path);
  else if (stats.isFIFO() || stats.isCharacterDevice()) await readPipeInto(collection, path, signal);
  else collection.report(notAFile, { path }, path);
}

async function readRootFolder(
  collection: SourceCollection,
  path: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const before = collection.diagnostics.length;
  const first = collection.walkedFolder(path);
  if (first !== undefined) {
    if (first !== path) collection.report(repeatedFolder, { path, first }, path);
    return;
  }
  const manifests = await walkFolder(collection, path, signal);
  if (manifests > 0 || collection.diagnostics.length > before) return;
  // Everything in it may have been read already, by a narrower root before this one.
  if (![...collection.texts.keys()].some((text) => isUnder(text, path))) collection.report(emptyFolder, { path }, path);
}

function reportRoot(collection: SourceCollection, path: string, error: unknown): void {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") {
    collection.report(pathNotFound, { path, near: nearestSibling(collection, path) }, path);
  } else {
    reportUnreadable(collection, path, error);
  }
}

/** A path that exists and differs from a missing one by a slip of the pen, in its last part. */
function nearestSibling(collection: SourceCollection, path: string): string | undefined {
  const folder = sourceDirectory(path);
  try {
    const near = nearestName(sourceName(path), readdirSync(collection.systemPath(folder)));
    return near === undefined ? undefined : joinSourcePath(folder, near);
  } catch {
    return undefined;
  }
}

/** Reads what the texts refer to, and what those refer to: the loop also comes by the texts that it adds itself. */
async function readReferences(collection: SourceCollection, signal: AbortSignal | undefined): Promise<void> {
  const tried = new Set<string>();
  for (const [path, text] of collection.texts) {
    for (const reference of referencedPaths(path, text)) {
      const key = `${reference.use} ${reference.path}`;
      if (tried.has(key)) continue;
      tried.add(key);
      signal?.throwIfAborted();
      await readReference(collection, reference, signal);
    }
  }
}

/** What does not exist is left to the reader of the reference, who knows where it stands. */
async function readReference(
  collection: SourceCollection,
  { path, use }: ReferencedPath,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    const stats = statSync(collection.systemPath(path), { throwIfNoEntry: false });
    if (stats?.isFile() === true) readFileInto(collection, path);
    if (stats?.isDirectory() !== true || use === "file") return;
    if (use === "resource") readKustomization(collection, path);
    else await walkFolder(collection, path, signal, use === "chart");
  } catch (error) {
    signal?.throwIfAborted();
    reportUnreadable(collection, path, error);
  }
}

function readKustomization(collection: SourceCollection, folder: string): void {
  for (const name of KUSTOMIZATION_NAMES) {
    const path = joinSourcePath(folder, name);
    const stats = statSync(collection.systemPath(path), { throwIfNoEntry: false });
    if (stats?.isFile() === true) readFileInto(collection, path);
  }
}
