import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

export const repositoryRoot = join(import.meta.dirname, "../..");

/** Runs answer from a cache of their own, which neither reads nor changes that of the user. */
const cacheHome = mkdtempSync(join(tmpdir(), "scantling-journey-cache-"));
afterAll(() => {
  rmSync(cacheHome, { recursive: true, force: true });
});

/** What one run of the command line printed and said. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  /** Working folder; the repository's root by default. */
  readonly in?: string;
  readonly environment?: { readonly [name: string]: string };
}

/** Runs `node bin/scantling.js` as a user would, with a fixed day so that output is the same every day. */
export function runScantling(commandLine: readonly string[], options: RunOptions = {}): Run {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(repositoryRoot, "bin/scantling.js"), ...commandLine],
    {
      cwd: options.in ?? repositoryRoot,
      input: options.input ?? "",
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
      env: { PATH: process.env["PATH"] ?? "", XDG_CACHE_HOME: cacheHome, ...options.environment },
    },
  );
  return { code: status, stdout, stderr };
}
