import { importRepository } from "../../operations/gitops/import-repository.ts";
import { hasErrors } from "../../operations/read-estate.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress, note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { importDocument } from "../reporters/import-document.ts";
import { printReport, type ReportFormat } from "./output.ts";

export interface ImportCommandOptions {
  readonly to: string;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/**
 * `scantling import [PATH...] --to FOLDER`. Exits 1 when something that is delivered could not be read, and 2 when
 * nothing was written.
 */
export async function importCommand(
  run: CommandRun,
  paths: readonly string[],
  options: ImportCommandOptions,
): Promise<ExitCode> {
  const { openRepository, sources: reader, charts, signal, workingFolder } = run.host;
  if (openRepository === undefined) return exitCode.cannot;
  const progress = createProgress(run);
  const sources = await reader.read(paths.length === 0 ? ["."] : paths, { onProgress: progress.report, signal });
  const repository = await openRepository();
  const folder = await repository.read(options.to, signal);
  const imported = await importRepository(sources, folder, {
    to: options.to,
    ...(workingFolder === undefined ? {} : { startedIn: workingFolder }),
    force: options.force,
    charts,
    signal,
  });
  progress.clear();
  const writes = !(imported.refused || options.dryRun);
  if (writes) await repository.apply(options.to, imported.changes);
  const shown = imported.diagnostics.filter(
    ({ severity }) => severity === "error" || (severity === "warning" && !run.quiet),
  );
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, sources.texts, run.errorStyle)}\n\n`);
  if (imported.refused) {
    note(run, "Nothing was written.");
    return exitCode.cannot;
  }
  const report = { ...imported.report, written: writes };
  const document = () => importDocument(report, options.to);
  await printReport(run, { data: report, document, everyRow: true }, options.output, options.outputFile);
  return hasErrors(imported.diagnostics) ? exitCode.findings : exitCode.clean;
}
