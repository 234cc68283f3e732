import { createReadStream } from "node:fs";
import { ExternalError } from "../../operations/external-error.ts";

/** The text of a file, or of standard input for `-`, in chunks; rejects with what to do when it cannot be read. */
export async function* readChunks(path: string, signal?: AbortSignal): AsyncGenerator<string> {
  const stream = path === "-" ? process.stdin : createReadStream(path);
  stream.setEncoding("utf8");
  try {
    for await (const chunk of stream) {
      signal?.throwIfAborted();
      yield String(chunk);
    }
  } catch (error) {
    if (signal?.aborted === true) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExternalError(`${path} cannot be read: ${reason}`, {
      cause: error,
      hint: "name a file that exists, or - for standard input",
    });
  }
}
