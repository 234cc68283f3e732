import { access, chmod, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { ExternalError } from "../../operations/external-error.ts";

/**
 * Writes files whole or not at all: each text goes to a temporary neighbour first, and nothing is renamed into place
 * before all are written. Without `overwrite`, files that exist are left alone and returned.
 */
export async function writeFiles(
  files: ReadonlyMap<string, string>,
  { overwrite }: { readonly overwrite: boolean },
): Promise<readonly string[]> {
  const kept: string[] = [];
  const pending: { readonly temporary: string; readonly path: string }[] = [];
  try {
    for (const [path, text] of files) {
      if (!overwrite && (await exists(path))) {
        kept.push(path);
        continue;
      }
      const temporary = `${path}.${process.pid}.tmp`;
      await mkdir(dirname(path), { recursive: true });
      pending.push({ temporary, path });
      await writeFile(temporary, text);
      await keepMode(path, temporary);
    }
    for (const { temporary, path } of pending) await rename(temporary, path);
  } catch (error) {
    await Promise.all(pending.map(({ temporary }) => rm(temporary, { force: true })));
    throw new ExternalError(
      `Could not write ${[...files.keys()].join(", ")}: ${error instanceof Error ? error.message : String(error)}.`,
      {
        cause: error,
        hint: "Name a folder that exists and that you may write to.",
      },
    );
  }
  return kept;
}

/** A file that is replaced stays as executable and as secret as it was. */
async function keepMode(path: string, temporary: string): Promise<void> {
  if (await exists(path)) await chmod(temporary, (await stat(path)).mode);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
