import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { vmPrices } from "../../operations/cost/cost-prices.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { pricesDocument } from "../reporters/prices-document.ts";
import { printReport, type ReportFormat } from "./output.ts";

export interface CostPricesOptions {
  readonly output: ReportFormat;
  readonly outputFile?: string;
  readonly region: string;
}

/** `scantling cost prices SIZE --region REGION`: every dated price of a VM size. */
export async function costPricesCommand(run: CommandRun, size: string, options: CostPricesOptions): Promise<ExitCode> {
  const prices = vmPrices(defaultCatalog, size, options.region);
  if (prices.diagnostics.length > 0)
    run.host.stderr.write(`${diagnosticsText(prices.diagnostics, new Map(), run.errorStyle)}\n`);
  if (!("kind" in prices)) return exitCode.cannot;
  const report = { data: prices, document: () => pricesDocument(prices) };
  await printReport(run, report, options.output, options.outputFile);
  return exitCode.clean;
}
