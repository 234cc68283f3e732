import type { Period } from "../../finops/period.ts";
import { billAsFocusCsv, billOf } from "../../operations/cost/cost-bill.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { billDocument } from "../reporters/bill-document.ts";
import { printReport, printText, type ReportFormat } from "./output.ts";
import { type PricesOption, priceCatalog } from "./price-catalog.ts";
import { readInput } from "./read-input.ts";

export interface CostBillOptions extends PricesOption {
  readonly output: ReportFormat | "focus";
  readonly outputFile?: string;
  readonly period: Period;
  /** `YYYY-MM-DD`; today when absent. */
  readonly today?: string;
}

/** `scantling cost bill [PATH...]`: the bill line by line. */
export async function costBillCommand(
  run: CommandRun,
  paths: readonly string[],
  options: CostBillOptions,
): Promise<ExitCode> {
  const today = options.today ?? run.host.today();
  if (options.output === "focus" && options.period !== "month") {
    run.host.stderr.write("FOCUS rows are those of a month.\n  hint: leave --period out\n");
    return exitCode.cannot;
  }
  const input = await readInput(run, paths);
  const catalog = input === undefined ? undefined : await priceCatalog(run, options);
  if (input === undefined || catalog === undefined) return exitCode.cannot;
  if (options.output === "focus") {
    await printText(run, billAsFocusCsv(input.estate, catalog, today), options.outputFile);
    return input.exitCode;
  }
  const bill = billOf(input.estate, catalog, { today, period: options.period });
  const report = { data: bill, document: () => billDocument(bill), everyRow: true };
  await printReport(run, report, options.output, options.outputFile);
  return input.exitCode;
}
