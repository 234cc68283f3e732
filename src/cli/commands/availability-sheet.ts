import { compositeSheet } from "../../operations/availability/composite-sheet.ts";
import { hasErrors } from "../../operations/read-estate.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { sheetDocument } from "../reporters/availability-sheet-document.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { printReport, type ReportFormat } from "./output.ts";

export interface AvailabilitySheetOptions {
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling availability sheet FILE`: findings where a published figure is refuted. */
export async function availabilitySheetCommand(
  run: CommandRun,
  file: string,
  { output, outputFile }: AvailabilitySheetOptions,
): Promise<ExitCode> {
  const sources = await run.host.sources.read([file], { signal: run.host.signal });
  const [entry] = sources.texts;
  const problems = sources.diagnostics.filter(({ severity }) => severity === "error");
  if (entry === undefined) {
    if (problems.length > 0) run.host.stderr.write(`${diagnosticsText(problems, sources.texts, run.errorStyle)}\n`);
    else run.host.stderr.write(`There is no worksheet in ${file}.\n  hint: name a CSV file\n`);
    return exitCode.cannot;
  }
  const report = compositeSheet(...entry);
  const shown = report.diagnostics.filter(({ severity }) => severity === "error" || !run.quiet);
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, sources.texts, run.errorStyle)}\n`);
  if (!report.evaluable && output === "table") return exitCode.cannot;
  await printReport(run, { data: report, document: () => sheetDocument(report), everyRow: true }, output, outputFile);
  if (hasErrors(report.diagnostics)) return exitCode.cannot;
  return report.results.some(({ verdict }) => verdict === "notReproduced") ? exitCode.findings : exitCode.clean;
}
