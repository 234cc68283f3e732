import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { binaryFile, fileTooLarge, notUtf8, totalTooLarge } from "../../estate/diagnostics/adapter-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { type DiagnosticRule, diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { lineIndex } from "../../estate/sources/line-index.ts";
import type { Progress } from "../../operations/ports.ts";
import { decodeText } from "./decode-text.ts";

export const MEBIBYTE = 2 ** 20;
/** One file; a longer one would come near the longest string the runtime allows. */
export const MAXIMUM_FILE_BYTES = 256 * MEBIBYTE;
/** All files together. */
const MAXIMUM_TOTAL_BYTES = 1024 * MEBIBYTE;

const FILES_PER_REPORT = 500;

/** What one run of the reader has gathered so far. */
export class SourceCollection {
  readonly texts = new Map<string, string>();
  readonly diagnostics: Diagnostic[] = [];
  /** Real paths of the folders walked, and the source path each was first reached by. */
  readonly walkedFolders = new Map<string, string>();
  readonly #workingFolder: string;
  readonly #onProgress: Progress | undefined;
  #totalBytes = 0;
  #full = false;

  constructor(workingFolder: string, onProgress: Progress | undefined) {
    this.#workingFolder = workingFolder;
    this.#onProgress = onProgress;
  }

  /** The path that the operating system knows a source path by. */
  systemPath(path: string): string {
    return resolve(this.#workingFolder, path);
  }

  /** The source path by which a folder was walked already, whatever links lead to it now. */
  walkedFolder(path: string): string | undefined {
    return this.walkedFolders.get(realpathSync(this.systemPath(path)));
  }

  report<Parameters>(rule: DiagnosticRule<Parameters>, parameters: Parameters, path: string): void {
    this.diagnostics.push(diagnose(rule, parameters, { place: { precision: "file", source: path } }));
  }

  /** Decodes and keeps the bytes of `path`; `quiet` leaves out what is no text without a word. */
  add(path: string, bytes: Uint8Array, quiet = false): void {
    const decoded = decodeText(bytes);
    switch (decoded.kind) {
      case "text":
        this.texts.set(path, decoded.text);
        this.#totalBytes += bytes.length;
        if (this.texts.size % FILES_PER_REPORT === 0) this.#onProgress?.(`read ${this.texts.size} files`);
        break;
      case "binary":
        if (!quiet) this.report(binaryFile, { path }, path);
        break;
      case "notUtf8":
        if (!quiet) this.#reportNotUtf8(path, decoded.before);
        break;
    }
  }

  /** False, with a diagnostic, when a file of this size may not be read. */
  hasRoomFor(path: string, bytes: number): boolean {
    if (bytes > MAXIMUM_FILE_BYTES) {
      this.report(fileTooLarge, { path, limitMiB: MAXIMUM_FILE_BYTES / MEBIBYTE }, path);
      return false;
    }
    if (this.#totalBytes + bytes <= MAXIMUM_TOTAL_BYTES) return true;
    if (!this.#full) this.report(totalTooLarge, { limitMiB: MAXIMUM_TOTAL_BYTES / MEBIBYTE, path }, path);
    this.#full = true;
    return false;
  }

  #reportNotUtf8(path: string, before: string): void {
    const position = lineIndex(before).position(before.length);
    const place = { precision: "exact", source: path, ...position } as const;
    this.diagnostics.push(diagnose(notUtf8, { path }, { place }));
  }
}
