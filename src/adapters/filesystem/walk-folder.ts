import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { join, sep } from "node:path";
import { setImmediate } from "node:timers/promises";
import { cyclicLink, notAFile, repeatedFolder } from "../../estate/diagnostics/adapter-diagnostics.ts";
import { joinSourcePath } from "../../estate/sources/source-path.ts";
import { readFileInto, reportUnreadable } from "./read-file.ts";
import { MEBIBYTE, type SourceCollection } from "./source-collection.ts";

const MANIFEST = /\.(?:ya?ml|json)$|(?:^|\/)Kustomization$/i;
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(["node_modules"]);
/** Files of a chart that are no manifests: templates, notes, values of other sorts. Larger ones are no sources. */
const MAXIMUM_CHART_FILE_BYTES = MEBIBYTE;
/** Files read between two looks at the abort signal. */
const BATCH = 128;

interface Folder {
  readonly path: string;
  /** Without links; the way by which cycles are found. */
  readonly realPath: string;
  readonly insideChart: boolean;
}

interface Walk {
  readonly collection: SourceCollection;
  readonly signal: AbortSignal | undefined;
  /** Links to folders wait until all real folders are read, so that a folder is known by its own path. */
  readonly links: Folder[];
  /** Manifests met, whether they could be read or not. */
  manifests: number;
  visited: number;
}

/**
 * Reads the manifests below a folder (and all texts of charts in it) in the order of their names. Hidden files and
 * folders and `node_modules` are left out. Links are followed, but no folder is read twice. Returns how many
 * manifests it met.
 */
export async function walkFolder(
  collection: SourceCollection,
  path: string,
  signal: AbortSignal | undefined,
  insideChart = false,
): Promise<number> {
  const walk: Walk = { collection, signal, links: [], manifests: 0, visited: 0 };
  try {
    await walkOne(walk, { path, realPath: realpathSync(collection.systemPath(path)), insideChart });
  } catch (error) {
    signal?.throwIfAborted();
    reportUnreadable(collection, path, error);
  }
  for (let link = walk.links.shift(); link !== undefined; link = walk.links.shift()) await followLink(walk, link);
  return walk.manifests;
}

async function walkOne(walk: Walk, folder: Folder): Promise<void> {
  const { collection } = walk;
  if (collection.walkedFolders.has(folder.realPath)) return;
  collection.walkedFolders.set(folder.realPath, folder.path);
  const entries = readEntries(walk, folder);
  const insideChart = folder.insideChart || entries.some(({ name }) => name === "Chart.yaml");
  for (const entry of entries) {
    if (entry.name.startsWith(".") || SKIPPED_FOLDERS.has(entry.name)) continue;
    const path = joinSourcePath(folder.path, entry.name);
    if (entry.isDirectory()) await walkOne(walk, { path, realPath: join(folder.realPath, entry.name), insideChart });
    else if (entry.isFile()) await readWanted(walk, path, insideChart);
    else if (entry.isSymbolicLink()) await visitLink(walk, path, insideChart);
    else if (MANIFEST.test(entry.name)) collection.report(notAFile, { path }, path);
  }
}

function readEntries(walk: Walk, folder: Folder): readonly Dirent[] {
  try {
    const entries = readdirSync(walk.collection.systemPath(folder.path), { withFileTypes: true });
    return entries.sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
  } catch (error) {
    reportUnreadable(walk.collection, folder.path, error);
    return [];
  }
}

async function readWanted(walk: Walk, path: string, insideChart: boolean): Promise<void> {
  const isManifest = MANIFEST.test(path);
  if (!isManifest && !insideChart) return;
  if (isManifest) walk.manifests += 1;
  walk.visited += 1;
  if (walk.visited % BATCH === 0) {
    await setImmediate();
    walk.signal?.throwIfAborted();
  }
  readFileInto(walk.collection, path, isManifest ? undefined : MAXIMUM_CHART_FILE_BYTES);
}

async function visitLink(walk: Walk, path: string, insideChart: boolean): Promise<void> {
  let target: Stats;
  try {
    target = statSync(walk.collection.systemPath(path));
  } catch (error) {
    if (MANIFEST.test(path) || (error as NodeJS.ErrnoException).code === "ELOOP") {
      walk.manifests += 1;
      reportUnreadable(walk.collection, path, error);
    }
    return;
  }
  if (target.isFile()) await readWanted(walk, path, insideChart);
  else if (target.isDirectory()) walk.links.push({ path, realPath: "", insideChart });
}

async function followLink(walk: Walk, link: Folder): Promise<void> {
  try {
    await followFolderLink(walk, link);
  } catch (error) {
    walk.signal?.throwIfAborted();
    reportUnreadable(walk.collection, link.path, error);
  }
}

async function followFolderLink(walk: Walk, link: Folder): Promise<void> {
  const { collection } = walk;
  const realPath = realpathSync(collection.systemPath(link.path));
  const first = collection.walkedFolders.get(realPath);
  const holder = realpathSync(collection.systemPath(joinSourcePath(link.path, "..")));
  if (holder === realPath || holder.startsWith(`${realPath}${sep}`)) {
    collection.report(cyclicLink, { path: link.path, target: first ?? realPath }, link.path);
  } else if (first !== undefined) {
    collection.report(repeatedFolder, { path: link.path, first }, link.path);
  } else {
    await walkOne(walk, { ...link, realPath });
  }
}
