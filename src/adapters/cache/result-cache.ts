import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { ResultCache } from "../../operations/ports.ts";
import { cacheFolder } from "./cache-folder.ts";
import { programFingerprint } from "./program-fingerprint.ts";

/** What one kind of results may take; the least recently used ones go first. */
export interface CacheLimits {
  readonly entries: number;
  readonly bytes: number;
}

const defaultLimits: CacheLimits = { entries: 64, bytes: 256 * 2 ** 20 };

/** The cache of the user that the process runs as. */
export function openResultCache(environment: { readonly [name: string]: string | undefined }): ResultCache {
  return createResultCache(join(cacheFolder(environment), "results"));
}

/**
 * Keeps results in files of a folder, each named by its key and checked by the hash of its content. A cache is never a
 * reason to fail: what is missing, cut off, changed or forbidden counts as not there.
 */
export function createResultCache(
  folder: string,
  program: () => string = programFingerprint,
  limits: CacheLimits = defaultLimits,
): ResultCache {
  return {
    keyOf: (parts) => {
      const hash = createHash("sha256");
      for (const part of [program(), ...parts]) {
        // Lengths between the parts: nothing that moves from one to the next gives the same key.
        hash.update(`${part.length}\n`);
        hash.update(part);
      }
      return hash.digest("hex");
    },
    read: async (key) => readEntry(join(folder, key)),
    write: async (key, result) => {
      try {
        await writeEntry(folder, key, result);
        await evict(folder, limits);
      } catch {
        // A full disk or a folder that may not be written: the next run computes again.
      }
    },
  };
}

async function readEntry(path: string): Promise<string | undefined> {
  try {
    const bytes = await readFile(path);
    const end = bytes.indexOf(0x0a);
    const content = bytes.subarray(end + 1);
    if (end < 0 || bytes.toString("latin1", 0, end) !== contentHash(content)) return undefined;
    const now = new Date();
    await utimes(path, now, now);
    return content.toString("utf8");
  } catch {
    return undefined;
  }
}

/** To a temporary neighbour first, then renamed: another process never sees half of it. Readable by the user alone. */
async function writeEntry(folder: string, key: string, result: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `${key}.${process.pid}.tmp`);
  const content = Buffer.from(result);
  try {
    const file = await open(temporary, "w", 0o600);
    try {
      await file.writeFile(`${contentHash(content)}\n`);
      await file.writeFile(content);
    } finally {
      await file.close();
    }
    await rename(temporary, join(folder, key));
  } finally {
    await rm(temporary, { force: true });
  }
}

function contentHash(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Removes what was used longest ago until the rest is within the limits. */
async function evict(folder: string, limits: CacheLimits): Promise<void> {
  const entries = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const path = join(folder, name);
      const { size, mtimeMs } = await stat(path);
      return { path, size, mtimeMs };
    }),
  );
  let bytes = 0;
  const newestFirst = entries.sort((left, right) => right.mtimeMs - left.mtimeMs);
  for (const [index, { path, size }] of newestFirst.entries()) {
    bytes += size;
    if (index >= limits.entries || (index > 0 && bytes > limits.bytes)) await rm(path, { force: true });
  }
}
