import { lstat, readFile, realpath, stat } from "node:fs/promises";
import { decodeText } from "./decode-text.ts";
import { writeFiles } from "./write-files.ts";

/** A text to write over the one that was read. */
export interface FileReplacement {
  readonly path: string;
  /** Undefined for a file that must not be there yet. */
  readonly before: string | undefined;
  readonly after: string;
}

/** A file that was left alone, and why. */
export interface KeptFile {
  readonly path: string;
  /** A clause without a full stop. */
  readonly reason: string;
}

const byteOrderMark = [0xef, 0xbb, 0xbf];

/**
 * Replaces files whole or not at all, and only what is still as it was read: nothing is written when one of them changed
 * meanwhile, is read-only or is not UTF-8. Links stay links: what they lead to is replaced.
 */
export async function replaceFiles(replacements: readonly FileReplacement[]): Promise<readonly KeptFile[]> {
  const files = new Map<string, string>();
  const kept: KeptFile[] = [];
  for (const replacement of replacements) {
    const file = await prepare(replacement);
    if ("reason" in file) kept.push({ path: replacement.path, reason: file.reason });
    else files.set(file.path, file.text);
  }
  if (kept.length === 0) await writeFiles(files, { overwrite: true });
  return kept;
}

async function prepare({
  path,
  before,
  after,
}: FileReplacement): Promise<{ readonly path: string; readonly text: string } | { readonly reason: string }> {
  if (before === undefined) {
    return (await exists(path)) ? { reason: "a file of that name has come up" } : { path, text: after };
  }
  try {
    const target = await realpath(path);
    const bytes = await readFile(target);
    const decoded = decodeText(bytes);
    if (decoded.kind !== "text" || decoded.text !== before) return { reason: "it changed since it was read" };
    if (bytes[0] === 0xff || bytes[0] === 0xfe) return { reason: "it is UTF-16: write it as UTF-8" };
    // The owner may be able to write all the same; who takes the bit away does not want it.
    if (((await stat(target)).mode & 0o222) === 0) return { reason: "it is read-only" };
    const hasMark = byteOrderMark.every((byte, index) => bytes[index] === byte);
    return { path: target, text: hasMark && !after.startsWith("\uFEFF") ? `\uFEFF${after}` : after };
  } catch {
    return { reason: "it cannot be read any more" };
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
