import type { Diagnostic } from "../diagnostics/diagnostic.ts";

/**
 * The texts that an estate is read from, by path (forward slashes, relative to where the reader started; `-` for
 * standard input). Adapters fill it; the loader never touches a disk.
 */
export interface SourceSet {
  readonly texts: ReadonlyMap<string, string>;
  /** The paths the user named: files, or folders that hold the texts. The estate is what lies under them. */
  readonly roots: readonly string[];
  /** What the adapter could not read: missing, binary, too large, a cycle of links. */
  readonly diagnostics: readonly Diagnostic[];
}
