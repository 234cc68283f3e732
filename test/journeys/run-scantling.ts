import { spawnSync } from "node:child_process";
import { join } from "node:path";

export const repositoryRoot = join(import.meta.dirname, "../..");

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
      env: { PATH: process.env["PATH"] ?? "", ...options.environment },
    },
  );
  return { code: status, stdout, stderr };
}
