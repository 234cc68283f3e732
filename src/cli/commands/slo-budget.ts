import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { hasErrors } from "../../operations/read-estate.ts";
import { sloBudgets } from "../../operations/slo/slo-budget.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { sloBudgetDocument } from "../reporters/slo-budget-document.ts";
import { listed } from "../reporters/words.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { printDiagnostics } from "./print-diagnostics.ts";
import { readInput } from "./read-input.ts";
import { readSeriesText } from "./read-series-text.ts";

export interface SloBudgetCommandOptions {
  readonly series?: string;
  readonly slo?: string;
  readonly today?: string;
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling slo budget [PATH...]`. */
export async function sloBudgetCommand(
  run: CommandRun,
  paths: readonly string[],
  { series, slo, today, output, outputFile }: SloBudgetCommandOptions,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const names = input.estate.serviceLevelObjectives.map(({ name }) => name);
  const problem = problemOf(names, slo, series);
  if (problem !== undefined) {
    run.host.stderr.write(`${problem}\n`);
    return exitCode.cannot;
  }
  const text = series === undefined ? undefined : await readSeriesText(run, series);
  if (series !== undefined && text === undefined) return exitCode.cannot;
  const progress = createProgress(run);
  const report = sloBudgets(input.estate, defaultCatalog, {
    today: today ?? run.host.today(),
    ...(slo === undefined ? {} : { slo }),
    ...(series === undefined || text === undefined ? {} : { series: { file: series, text } }),
    onProgress: progress.report,
    signal: run.host.signal,
  });
  progress.clear();
  printDiagnostics(run, report.diagnostics, input.sources.texts);
  await printReport(run, { data: report, document: () => sloBudgetDocument(report) }, output, outputFile);
  return hasErrors(report.diagnostics) ? exitCode.findings : input.exitCode;
}

function problemOf(names: readonly string[], slo: string | undefined, series: string | undefined): string | undefined {
  if (names.length === 0) return "There is no SLO.\n  hint: scantling slo propose writes some that fit the workloads";
  if (slo !== undefined && !names.includes(slo))
    return `There is no SLO "${slo}".\n  hint: there is ${listed(names, 10)}`;
  if (series !== undefined && slo === undefined && names.length > 1)
    return `The series could be of ${listed(names, 10)}.\n  hint: say which with --slo`;
  return undefined;
}
