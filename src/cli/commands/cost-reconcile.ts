import { allocationKeyNames, parseAllocationKey } from "../../finops/allocation/allocation-key.ts";
import { type CostReconciliation, reconcileCost } from "../../operations/cost/cost-reconcile.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { reconciliationDocument } from "../reporters/reconciliation-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { type PricesOption, priceCatalog } from "./price-catalog.ts";
import { printDiagnostics } from "./print-diagnostics.ts";
import { readInput } from "./read-input.ts";

export interface CostReconcileOptions extends PricesOption {
  readonly output: ReportFormat;
  readonly outputFile?: string;
  readonly against: string;
  readonly by: string;
  readonly currency?: string;
  /** Percent of what was billed. */
  readonly failOnDifference?: number;
  /** `YYYY-MM-DD`; today when absent. */
  readonly today?: string;
}

/** `scantling cost reconcile [PATH...] --against FILE`: the declared bill beside what was billed. */
export async function costReconcileCommand(
  run: CommandRun,
  paths: readonly string[],
  options: CostReconcileOptions,
): Promise<ExitCode> {
  const { host } = run;
  const by = parseAllocationKey(options.by);
  if (by === undefined) {
    host.stderr.write(`"${options.by}" is no key.\n  hint: keys are ${allocationKeyNames.join(", ")}\n`);
    return exitCode.cannot;
  }
  const input = await readInput(run, paths);
  const catalog = input === undefined ? undefined : await priceCatalog(run, options);
  if (input === undefined || catalog === undefined || host.readChunks === undefined) return exitCode.cannot;
  const progress = createProgress(run);
  const report = await reconcileCost(input.estate, catalog, {
    today: options.today ?? host.today(),
    file: options.against === "-" ? "standard input" : options.against,
    chunks: host.readChunks(options.against, host.signal),
    by,
    currency: options.currency?.toUpperCase(),
    onProgress: progress.report,
    signal: host.signal,
  });
  progress.clear();
  printDiagnostics(run, report.diagnostics, new Map());
  if (!("kind" in report)) return exitCode.cannot;
  const printed = { data: report, document: () => reconciliationDocument(report), everyRow: true };
  await printReport(run, printed, options.output, options.outputFile);
  return differsBy(report, options.failOnDifference) ? exitCode.findings : input.exitCode;
}

function differsBy({ totals }: CostReconciliation, percent: number | undefined): boolean {
  if (percent === undefined) return false;
  return Math.abs(totals.difference) > (Math.abs(totals.billed) * percent) / 100;
}
