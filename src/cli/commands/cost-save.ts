import { loadMixedIntegerSolver } from "../../finops/commitments/mix/mixed-integer-solver.ts";
import { payLess } from "../../operations/cost/saving/pay-less.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { savingsDocument } from "../reporters/savings-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { type PricesOption, priceCatalog } from "./price-catalog.ts";
import { readInput } from "./read-input.ts";
import { type UsageOptions, usageInput, wrongUsageOptions } from "./usage-input.ts";

export interface CostSaveOptions extends UsageOptions, PricesOption {
  readonly output: ReportFormat;
  readonly outputFile?: string;
  /** `YYYY-MM-DD`; today when absent. */
  readonly today?: string;
}

/** `scantling cost save [PATH...]`: one ranked list of what makes the estate cost less. */
export async function costSaveCommand(
  run: CommandRun,
  paths: readonly string[],
  options: CostSaveOptions,
): Promise<ExitCode> {
  const wrong = wrongUsageOptions(run, options);
  if (wrong !== undefined) {
    run.host.stderr.write(wrong);
    return exitCode.cannot;
  }
  const input = await readInput(run, paths);
  const catalog = input === undefined ? undefined : await priceCatalog(run, options);
  if (input === undefined || catalog === undefined) return exitCode.cannot;
  const progress = createProgress(run);
  const usage = await usageInput(run, options, input.estate, progress.report);
  const report = await payLess(input.estate, catalog, {
    today: options.today ?? run.host.today(),
    solver: await loadMixedIntegerSolver(),
    signal: run.host.signal,
    onProgress: progress.report,
    ...(usage === undefined ? {} : { usage }),
  });
  progress.clear();
  const shown = report.diagnostics.filter(({ severity }) => severity === "error" || !run.quiet);
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, new Map(), run.errorStyle)}\n\n`);
  const document = () => savingsDocument(report, paths);
  await printReport(run, { data: report, document, everyRow: true }, options.output, options.outputFile);
  return shown.some(({ severity }) => severity === "error") ? exitCode.findings : input.exitCode;
}
