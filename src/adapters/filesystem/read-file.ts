import { closeSync, constants, createReadStream, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import type { Readable } from "node:stream";
import { fileTooLarge, unreadable } from "../../estate/diagnostics/adapter-diagnostics.ts";
import { MAXIMUM_FILE_BYTES, MEBIBYTE, type SourceCollection } from "./source-collection.ts";

/**
 * Reads one regular file into the collection. Synchronous on purpose: thousands of small files take a fifth of the time
 * that the thread pool needs for them; the callers yield between them. `quietLimit` leaves out, without a word, what is
 * larger or no text.
 */
export function readFileInto(collection: SourceCollection, path: string, quietLimit?: number): void {
  if (collection.texts.has(path)) return;
  let descriptor: number | undefined;
  try {
    // Without O_NONBLOCK, a pipe that took the file's place since it was listed would block for ever.
    descriptor = openSync(collection.systemPath(path), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const { size } = fstatSync(descriptor);
    if (quietLimit !== undefined && size > quietLimit) return;
    if (collection.hasRoomFor(path, size)) {
      collection.add(path, readOpenFile(descriptor, size), quietLimit !== undefined);
    }
  } catch (error) {
    reportUnreadable(collection, path, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** In one call where the file holds what it says; some of the system's own files say that they are empty. */
function readOpenFile(descriptor: number, size: number): Uint8Array {
  if (size === 0) return readFileSync(descriptor);
  const bytes = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const read = readSync(descriptor, bytes, filled, size - filled, null);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}

/** Reads a pipe or device to its end, or to the size limit. */
export function readPipeInto(
  collection: SourceCollection,
  path: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  return readStreamInto(collection, path, createReadStream(collection.systemPath(path)), signal);
}

/** Reads a stream to its end, or to the size limit. Rejects only when the signal aborts. */
export async function readStreamInto(
  collection: SourceCollection,
  path: string,
  stream: Readable,
  signal: AbortSignal | undefined,
): Promise<void> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const stop = (): unknown => stream.destroy();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    for await (const chunk of stream) {
      const buffer = Buffer.from(chunk as Uint8Array | string);
      chunks.push(buffer);
      bytes += buffer.length;
      if (bytes > MAXIMUM_FILE_BYTES) {
        collection.report(fileTooLarge, { path, limitMiB: MAXIMUM_FILE_BYTES / MEBIBYTE }, path);
        return;
      }
    }
    collection.add(path, Buffer.concat(chunks));
  } catch (error) {
    signal?.throwIfAborted();
    reportUnreadable(collection, path, error);
  } finally {
    signal?.removeEventListener("abort", stop);
    stream.destroy();
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EISDIR", "it is a folder"],
  ["ELOOP", "its links lead in a circle"],
  ["ENOENT", "it is a link to a file that does not exist"],
  ["ENAMETOOLONG", "its name is too long"],
  ["EMFILE", "too many files are open"],
  ["EIO", "the disk reports an error"],
]);

export function reportUnreadable(collection: SourceCollection, path: string, error: unknown): void {
  const { code, message } = error as NodeJS.ErrnoException;
  collection.report(unreadable, { path, reason: REASONS.get(code ?? "") ?? code ?? message }, path);
}
