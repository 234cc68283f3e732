import type { Texts } from "../assessing/assess-texts.ts";

/** Files of a drop or a choice, with their paths; what was not read, and why. */
export interface ReadFiles {
  readonly texts: Texts;
  readonly notRead: readonly string[];
}

/** A file with its path inside the dropped folder. */
export interface PathedFile {
  readonly path: string;
  readonly file: File;
}

const skippedFolders = new Set([".git", "node_modules", ".terraform", ".cache"]);
const fileLimitBytes = 32 * 1024 * 1024;
const totalLimitBytes = 256 * 1024 * 1024;

/** Reads files as text. Binary and oversized files are named, never silently dropped. */
export async function readFiles(files: readonly PathedFile[]): Promise<ReadFiles> {
  const texts: { [path: string]: string } = {};
  const notRead: string[] = [];
  let total = 0;
  for (const { path, file } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    if (file.size > fileLimitBytes) {
      notRead.push(`${path}: larger than 32 MiB`);
      continue;
    }
    total += file.size;
    if (total > totalLimitBytes) {
      notRead.push(`${path}: all files together are larger than 256 MiB`);
      continue;
    }
    const text = await file.text();
    if (text.includes("\0")) notRead.push(`${path}: binary`);
    else texts[path] = text;
  }
  return { texts, notRead };
}

/** All files of a drop, folders opened. Must be called in the drop's event: the entries are gone afterwards. */
export async function filesOfDrop(items: DataTransferItemList): Promise<readonly PathedFile[]> {
  const found = [...items].map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const nested = await Promise.all(
    found.map(async ({ entry, file }) => {
      if (entry !== null) return filesOfEntry(entry, "");
      // Files that do not come from a disk have no entry.
      return file === null ? [] : [{ path: file.name, file }];
    }),
  );
  return nested.flat();
}

/** Files that a folder or file chooser gave. */
export function filesOfInput(files: FileList): readonly PathedFile[] {
  return [...files]
    .map((file) => ({ path: file.webkitRelativePath === "" ? file.name : file.webkitRelativePath, file }))
    .filter(({ path }) => !path.split("/").some((part) => skippedFolders.has(part)));
}

async function filesOfEntry(entry: FileSystemEntry, parent: string): Promise<readonly PathedFile[]> {
  const path = parent === "" ? entry.name : `${parent}/${entry.name}`;
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ path, file }];
  }
  if (!isFolder(entry) || skippedFolders.has(entry.name)) return [];
  const inner = await entriesOf(entry);
  return (await Promise.all(inner.map((child) => filesOfEntry(child, path)))).flat();
}

/** A reader gives a folder in portions, an empty one last. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
