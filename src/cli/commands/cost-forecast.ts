import { defaultCatalog } from "../../catalog/default-catalog.ts";
import type { PriceChange } from "../../finops/forecast/known-steps.ts";
import { forecastCost } from "../../operations/cost/cost-forecast.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { costForecastDocument } from "../reporters/cost-forecast-document.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { readInput } from "./read-input.ts";
import { readSeriesText } from "./read-series-text.ts";

export interface CostForecastCommandOptions {
  readonly output: ReportFormat;
  readonly outputFile?: string;
  readonly history?: string;
  readonly months: number;
  /** As a share a month. */
  readonly growth?: number;
  readonly priceChange?: readonly PriceChange[];
  /** `YYYY-MM-DD`; today when absent. */
  readonly today?: string;
}

/** `scantling cost forecast [PATH...]`: what the estate will cost, budgets, anomalies and unit costs. */
export async function costForecastCommand(
  run: CommandRun,
  paths: readonly string[],
  options: CostForecastCommandOptions,
): Promise<ExitCode> {
  const { history, months, growth, priceChange } = options;
  const text = history === undefined ? undefined : await readSeriesText(run, history);
  if (history !== undefined && text === undefined) return exitCode.cannot;
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const progress = createProgress(run);
  const report = forecastCost(input.estate, defaultCatalog, {
    today: options.today ?? run.host.today(),
    months,
    ...(history === undefined || text === undefined ? {} : { history: { source: history, text } }),
    ...(growth === undefined ? {} : { monthlyGrowth: growth }),
    priceChanges: priceChange ?? [],
    onProgress: progress.report,
    signal: run.host.signal,
  });
  progress.clear();
  const shown = report.diagnostics.filter(({ severity }) => severity === "error" || !run.quiet);
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, new Map(), run.errorStyle)}\n\n`);
  if (!("kind" in report)) return exitCode.cannot;
  const document = () => costForecastDocument(report);
  await printReport(run, { data: report, document, everyRow: true }, options.output, options.outputFile);
  const hasErrors = report.diagnostics.some(({ severity }) => severity === "error");
  return hasErrors ? exitCode.findings : input.exitCode;
}
