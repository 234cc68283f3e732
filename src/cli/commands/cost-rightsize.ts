import type { RequestStrategy } from "../../finops/right-sizing/requests/propose-requests.ts";
import { rightSize } from "../../operations/cost/rightsize.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { rightSizingDocument } from "../reporters/right-sizing-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { type PricesOption, priceCatalog } from "./price-catalog.ts";
import { readInput } from "./read-input.ts";
import { type UsageOptions, usageInput, wrongUsageOptions } from "./usage-input.ts";

export interface CostRightsizeOptions extends UsageOptions, PricesOption {
  readonly output: ReportFormat;
  readonly outputFile?: string;
  readonly strategy: RequestStrategy;
  readonly workload?: string;
  /** `YYYY-MM-DD`; today when absent. */
  readonly today?: string;
}

/** `scantling cost rightsize [PATH...]`: where the estate pays for more than it uses. */
export async function costRightsizeCommand(
  run: CommandRun,
  paths: readonly string[],
  options: CostRightsizeOptions,
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
  const report = await rightSize(input.estate, catalog, {
    today: options.today ?? run.host.today(),
    strategy: options.strategy,
    signal: run.host.signal,
    onProgress: progress.report,
    ...(options.workload === undefined ? {} : { workload: options.workload }),
    ...(usage === undefined ? {} : { usage }),
  });
  progress.clear();
  const shown = report.diagnostics.filter(({ severity }) => severity === "error" || !run.quiet);
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, new Map(), run.errorStyle)}\n\n`);
  const printed = {
    data: report,
    document: () => rightSizingDocument(report, options.output === "markdown"),
    everyRow: true,
  };
  await printReport(run, printed, options.output, options.outputFile);
  const hasErrors = report.diagnostics.some(({ severity }) => severity === "error");
  return hasErrors ? exitCode.findings : input.exitCode;
}
