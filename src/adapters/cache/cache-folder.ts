import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** Where a user's caches are kept: `XDG_CACHE_HOME` where it is an absolute path, as its specification asks. */
export function cacheFolder(environment: { readonly [name: string]: string | undefined }): string {
  const base = environment["XDG_CACHE_HOME"] ?? "";
  return join(isAbsolute(base) ? base : join(homedir(), ".cache"), "scantling");
}
