import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { promisify } from "node:util";

import { ExternalError } from "../../operations/external-error.ts";
import type { FileChange, FolderState, RepositoryFolder } from "../../operations/gitops/repository-folder.ts";

const run = promisify(execFile);
/** A repository of more is no estate's, and nobody waits for it. */
const mostFiles = 100_000;
const gitTimeoutMilliseconds = 30_000;

/** Folders on this machine, with `git status` where git is at hand. */
export const repositoryFolder: RepositoryFolder = { read: readFolder, apply: applyChanges, inScratchFolder };

async function inScratchFolder<Result>(
  texts: ReadonlyMap<string, string>,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "scantling-"));
  try {
    await applyChanges(
      folder,
      [...texts].map(([path, after]) => ({ path, kind: "added", before: undefined, after })),
    );
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readFolder(folder: string, signal?: AbortSignal): Promise<FolderState> {
  const files = new Map<string, string>();
  try {
    await collect(folder, "", files, signal);
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    throw new ExternalError(`Could not read ${folder}: ${reasonOf(error)}.`, {
      cause: error,
      hint: "Name a folder that you may read, or one that does not exist yet.",
    });
  }
  return { files, uncommitted: files.size === 0 ? undefined : await uncommittedPaths(folder) };
}

async function collect(
  folder: string,
  below: string,
  files: Map<string, string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  const entries = await readdir(join(folder, below), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" && below === "") return [];
    throw error;
  });
  for (const entry of entries.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name !== ".git") await collect(folder, path, files, signal);
      continue;
    }
    if (files.size >= mostFiles) throw new Error(`it holds more than ${mostFiles} files`);
    // Links and sockets are kept as names: what they hold is not the folder's.
    files.set(path, entry.isFile() ? await readFile(join(folder, path), "utf8") : "");
  }
}

/** Undefined where the folder is in no work tree of git, or git is not there to ask. */
async function uncommittedPaths(folder: string): Promise<readonly string[] | undefined> {
  try {
    const arguments_ = ["-C", folder, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--", "."];
    const { stdout } = await run("git", arguments_, { timeout: gitTimeoutMilliseconds, maxBuffer: 64 * 2 ** 20 });
    return stdout
      .split("\0")
      .filter((entry) => entry.length > 3 && entry[2] === " ")
      .map((entry) => entry.slice(3))
      .sort();
  } catch {
    return undefined;
  }
}

/** Writes beside first, then renames: a failure while writing leaves the folder as it was. */
async function applyChanges(folder: string, changes: readonly FileChange[]): Promise<void> {
  const pending: { readonly temporary: string; readonly path: string }[] = [];
  try {
    for (const { path } of changes) refuseOutside(path);
    for (const { path, after } of changes) {
      if (after === undefined) continue;
      const target = join(folder, path);
      const temporary = `${target}.${process.pid}.tmp`;
      await mkdir(dirname(target), { recursive: true });
      pending.push({ temporary, path: target });
      await writeFile(temporary, after);
    }
    await refuseChanged(folder, changes);
    for (const { temporary, path } of pending) await rename(temporary, path);
    for (const { path, after } of changes) if (after === undefined) await removeFile(folder, path);
  } catch (error) {
    await Promise.all(pending.map(({ temporary }) => rm(temporary, { force: true })));
    throw new ExternalError(`Could not write the repository to ${folder}: ${reasonOf(error)}.`, {
      cause: error,
      hint: "Name a folder that you may write to, and leave its files alone while they are written.",
    });
  }
}

/** Names of the estate become paths: none may lead out of the folder. */
function refuseOutside(path: string): void {
  const leads = isAbsolute(path) || path.split(/[\\/]/).some((step) => step === ".." || step === ".git");
  if (leads) throw new Error(`${path} is not a path below it`);
}

/** What was changed by somebody else since it was read is not written over. */
async function refuseChanged(folder: string, changes: readonly FileChange[]): Promise<void> {
  for (const { path, before } of changes) {
    const now = await readFile(join(folder, path), "utf8").catch(() => undefined);
    if (now !== before) throw new Error(`${path} changed in the meantime`);
  }
}

/** Folders that become empty go too. */
async function removeFile(folder: string, path: string): Promise<void> {
  await rm(join(folder, path), { force: true });
  for (let parent = dirname(path); parent !== "."; parent = dirname(parent)) {
    try {
      await rmdir(join(folder, parent));
    } catch {
      return;
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
