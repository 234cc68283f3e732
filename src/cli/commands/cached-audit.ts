import type { SourceSet } from "../../estate/sources/source-set.ts";
import type { ResultCache } from "../../operations/ports.ts";
import type { CommandHost, CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { type RunRecording, recordRun, replayRun } from "../run-recording.ts";
import type { AuditCommandOptions } from "./audit.ts";

export interface CachedAuditOptions extends AuditCommandOptions {
  /** False: neither looks up nor keeps. */
  readonly cache: boolean;
}

/**
 * `scantling audit` where the same may have been asked before: texts that have not changed, asked about in the same way
 * on the same day, give what they gave, without being loaded; not even the rules are imported then.
 */
export async function cachedAuditCommand(
  run: CommandRun,
  paths: readonly string[],
  options: CachedAuditOptions,
): Promise<ExitCode> {
  const { openCache } = run.host;
  // Usage is read once, as it comes: what it says cannot be looked up.
  const isMeasured = options.usage !== undefined;
  if (openCache === undefined || !options.cache || options.list || isMeasured) return runAudit(run, paths, options);
  const cache = await openCache();
  const host = readingOnce(run.host);
  const key = await keyOf({ ...run, host }, cache, paths, options);
  if (key === undefined) return runAudit({ ...run, host }, paths, options);
  const known = await readRecording(cache, key);
  if (known !== undefined) return replayRun(known, host);
  const recording = recordRun(host, options.outputFile);
  const code = await runAudit({ ...run, host: recording.host }, paths, options);
  if (code !== exitCode.cannot && recording.isRepeatable()) {
    const recorded: RunRecording = { outputs: recording.outputs, exitCode: code };
    await cache.write(key, JSON.stringify(recorded));
  }
  return code;
}

async function runAudit(run: CommandRun, paths: readonly string[], options: AuditCommandOptions): Promise<ExitCode> {
  const { auditCommand } = await import("./audit.ts");
  return auditCommand(run, paths, options);
}

/** Reads the same paths once, however often they are asked for: what was looked up is what is judged. */
function readingOnce(host: CommandHost): CommandHost {
  const readings = new Map<string, Promise<SourceSet>>();
  return {
    ...host,
    sources: {
      read: (paths, options) => {
        const asked = JSON.stringify(paths);
        const reading = readings.get(asked) ?? host.sources.read(paths, options);
        readings.set(asked, reading);
        return reading;
      },
    },
  };
}

/** Key of all that decides what is given out; undefined when there is nothing to read. */
async function keyOf(
  run: CommandRun,
  cache: ResultCache,
  paths: readonly string[],
  options: CachedAuditOptions,
): Promise<string | undefined> {
  const { host } = run;
  const folder = paths.length > 0 ? undefined : await host.findEstateFolder();
  const roots = folder === undefined ? paths : [folder];
  if (roots.length === 0) return undefined;
  const progress = createProgress(run);
  const reading = { onProgress: progress.report, signal: host.signal };
  const parts = [...questionParts(run, paths, options), ...sourceParts(await host.sources.read(roots, reading))];
  if (options.baseline !== undefined) parts.push(...sourceParts(await host.sources.read([options.baseline], reading)));
  progress.clear();
  return cache.keyOf(parts);
}

/** What was asked, on which day, and how the answer is laid out. */
function questionParts(
  { host, quiet, outputStyle, errorStyle }: CommandRun,
  paths: readonly string[],
  options: CachedAuditOptions,
): readonly string[] {
  const streams = [host.stdout, host.stderr].map(({ isTerminal, columns }) => ({ isTerminal, columns }));
  const isColoured = [outputStyle, errorStyle].map(({ bold }) => bold("x"));
  const { today = host.today(), ...asked } = options;
  return ["audit", today, JSON.stringify({ paths, asked, quiet, streams, isColoured, folder: host.workingFolder })];
}

/** Texts with their paths, and what could not be read. */
function sourceParts({ texts, roots, diagnostics }: SourceSet): readonly string[] {
  return [String(texts.size), ...[...texts].flat(), JSON.stringify({ roots, diagnostics })];
}

/** What is kept is what this program wrote: its content is checked, and another state of the program has other keys. */
async function readRecording(cache: ResultCache, key: string): Promise<RunRecording | undefined> {
  const text = await cache.read(key);
  return text === undefined ? undefined : (JSON.parse(text) as RunRecording);
}
