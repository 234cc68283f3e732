import { isUnder, normalizeSourcePath, sourceDirectory } from "../sources/source-path.ts";
import type { SourceSet } from "../sources/source-set.ts";

/** Path of standard input in a source set. */
export const STANDARD_INPUT = "-";

/** The texts of a source set with what lies where. All paths normalised. */
export interface SourceIndex {
  readonly texts: ReadonlyMap<string, string>;
  readonly roots: readonly string[];
  /** All files in code-point order. */
  readonly files: readonly string[];
  /** Folders that hold a file, directly or deeper. */
  readonly folders: ReadonlySet<string>;
  /** Folders of Helm charts that lie in no other chart, in code-point order. */
  readonly charts: readonly string[];
  /** Files that the folder holds, directly or deeper. */
  filesBelow(folder: string): readonly string[];
  /** The chart that a file belongs to, if any. */
  chartOf(file: string): string | undefined;
  /** True when the user named the file or a folder above it. */
  isUnderRoot(path: string): boolean;
}

export function indexSources(sources: SourceSet): SourceIndex {
  const texts = new Map<string, string>();
  for (const [path, text] of sources.texts) texts.set(normalizeSourcePath(path), text);
  const files = [...texts.keys()].sort();
  const roots = [...new Set(sources.roots.map(normalizeSourcePath))];
  const folders = allFolders(files);
  const chartFolders = outermost(files.filter((file) => /(^|\/)Chart\.ya?ml$/.test(file)).map(sourceDirectory));
  const chartSet = new Set(chartFolders);
  return {
    texts,
    roots,
    files,
    folders,
    charts: chartFolders,
    filesBelow: (folder) => filesBelow(files, folder),
    chartOf: (file) => (file === STANDARD_INPUT ? undefined : ancestorIn(file, chartSet)),
    isUnderRoot: (path) => roots.some((root) => isUnder(path, root)),
  };
}

function allFolders(files: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = sourceDirectory(file); !folders.has(folder); folder = sourceDirectory(folder)) {
      folders.add(folder);
      if (folder === "." || folder === "/" || folder.endsWith("..")) break;
    }
  }
  return folders;
}

/** Folders that lie in no other of them. */
function outermost(folders: readonly string[]): readonly string[] {
  const all = new Set(folders);
  return [...all].filter((folder) => folder === "." || ancestorIn(folder, all) === undefined).sort();
}

/** The outermost folder of the set that holds the path. */
function ancestorIn(path: string, folders: ReadonlySet<string>): string | undefined {
  if (folders.size === 0) return undefined;
  let found: string | undefined;
  for (let folder = sourceDirectory(path); ; folder = sourceDirectory(folder)) {
    if (folders.has(folder)) found = folder;
    if (folder === "." || folder === "/" || folder.endsWith("..")) return found;
  }
}

/** Files are sorted, so those of one folder stand together, but for the folder where the reader started. */
function filesBelow(files: readonly string[], folder: string): readonly string[] {
  if (folder === "." || folder === "/") return files.filter((file) => file !== STANDARD_INPUT && isUnder(file, folder));
  const prefix = `${folder}/`;
  let low = 0;
  let high = files.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((files[middle] ?? "") < prefix) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < files.length && files[end]?.startsWith(prefix)) end += 1;
  return files.slice(low, end);
}
