import { compareCost } from "../../operations/cost/cost-comparison.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { comparisonDocument } from "../reporters/comparison-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { type PricesOption, priceCatalog } from "./price-catalog.ts";
import { readInput } from "./read-input.ts";

export interface CostCompareOptions extends PricesOption {
  readonly output: ReportFormat;
  readonly outputFile?: string;
  /** `YYYY-MM-DD`; today when absent. */
  readonly today?: string;
}

/** `scantling cost compare [PATH...]`: the bill beside other ways to pay and to place. */
export async function costCompareCommand(
  run: CommandRun,
  paths: readonly string[],
  options: CostCompareOptions,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  const catalog = input === undefined ? undefined : await priceCatalog(run, options);
  if (input === undefined || catalog === undefined) return exitCode.cannot;
  const progress = createProgress(run);
  const comparison = compareCost(input.estate, catalog, {
    today: options.today ?? run.host.today(),
    onProgress: progress.report,
    signal: run.host.signal,
  });
  progress.clear();
  const report = { data: comparison, document: () => comparisonDocument(comparison), everyRow: true };
  await printReport(run, report, options.output, options.outputFile);
  return input.exitCode;
}
