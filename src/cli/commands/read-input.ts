import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { documentsAlone } from "../../estate/diagnostics/binding-diagnostics.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { SourceReader } from "../../operations/ports.ts";
import { hasErrors, isUnusable, type ReadEstate, readEstate } from "../../operations/read-estate.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress, note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsSummary, diagnosticsText } from "../reporters/diagnostics-text.ts";

/** What was read, and the exit code that the input alone asks for: `cannot` when nothing of it is usable. */
export interface Input extends ReadEstate {
  readonly exitCode: ExitCode;
}

/** How a command reads, where it is not as most do. */
export interface InputOptions {
  /** False for a command that looks at documents alone: then it is no warning that there are no manifests. */
  readonly needsManifests?: boolean;
  /** Instead of the files of the machine. */
  readonly sources?: SourceReader;
}

/**
 * Reads the estate below the paths, or below the nearest `estate.yaml` when none is given, and prints its errors and
 * warnings to stderr. Undefined when nothing usable was found: the reason has been printed.
 */
export async function readInput(
  run: CommandRun,
  paths: readonly string[],
  options: InputOptions = {},
): Promise<Input | undefined> {
  const input = await readAnyInput(run, paths, options);
  return input === undefined || input.exitCode === exitCode.cannot ? undefined : input;
}

/** The same, with what is not usable: undefined only when there was nothing to read. */
export async function readAnyInput(
  run: CommandRun,
  paths: readonly string[],
  { needsManifests = true, sources = run.host.sources }: InputOptions = {},
): Promise<Input | undefined> {
  const roots = paths.length > 0 ? paths : await defaultRoots(run);
  if (roots === undefined) return undefined;
  const progress = createProgress(run);
  const found = await readEstate(roots, {
    sources,
    charts: run.host.charts,
    catalog: defaultCatalog,
    onProgress: progress.report,
    signal: run.host.signal,
  });
  progress.clear();
  const read = needsManifests ? found : { ...found, estate: withoutDocumentsAlone(found.estate) };
  printProblems(run, read);
  return { ...read, exitCode: exitCodeOf(read) };
}

function withoutDocumentsAlone(estate: Estate): Estate {
  return { ...estate, diagnostics: estate.diagnostics.filter(({ code }) => code !== documentsAlone.code) };
}

function exitCodeOf({ estate }: ReadEstate): ExitCode {
  if (isUnusable(estate)) return exitCode.cannot;
  return hasErrors(estate.diagnostics) ? exitCode.findings : exitCode.clean;
}

async function defaultRoots(run: CommandRun): Promise<readonly string[] | undefined> {
  const folder = await run.host.findEstateFolder();
  if (folder === undefined) {
    run.host.stderr.write(
      "No path given and no estate.yaml here or above.\n  hint: name a folder, a file or - for standard input, such as: scantling assess ./manifests\n",
    );
    return undefined;
  }
  note(run, `Using the estate in ${folder}`);
  return [folder];
}

/** Errors and warnings in full, notes as a count: a folder of other people's files has many of them. */
function printProblems(run: CommandRun, { estate, sources }: ReadEstate): void {
  const shown = estate.diagnostics.filter(
    (diagnostic) => diagnostic.severity === "error" || (diagnostic.severity === "warning" && !run.quiet),
  );
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, sources.texts, run.errorStyle)}\n`);
  const summary = diagnosticsSummary(estate.diagnostics);
  if (shown.length > 0) note(run, `${summary}\n`);
}
