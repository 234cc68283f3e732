import { vmPrices } from "../../operations/cost/cost-prices.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { pricesDocument } from "../reporters/prices-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { type PricesOption, priceCatalog } from "./price-catalog.ts";

export interface CostPricesOptions extends PricesOption {
  readonly output: ReportFormat;
  readonly outputFile?: string;
  readonly region?: readonly string[];
}

/** `scantling cost prices SIZE --region REGION`: every dated price of a VM size. */
export async function costPricesCommand(
  run: CommandRun,
  size: string | undefined,
  options: CostPricesOptions,
): Promise<ExitCode> {
  const [region, ...others] = options.region ?? [];
  if (size === undefined || region === undefined || others.length > 0) {
    run.host.stderr.write(
      "Prices are those of one size in one region.\n  hint: such as scantling cost prices D4s_v5 --region westeurope; --refresh reads all of them anew\n",
    );
    return exitCode.cannot;
  }
  const catalog = await priceCatalog(run, options);
  if (catalog === undefined) return exitCode.cannot;
  const prices = vmPrices(catalog, size, region);
  if (prices.diagnostics.length > 0)
    run.host.stderr.write(`${diagnosticsText(prices.diagnostics, new Map(), run.errorStyle)}\n`);
  if (!("kind" in prices)) return exitCode.cannot;
  const report = { data: prices, document: () => pricesDocument(prices) };
  await printReport(run, report, options.output, options.outputFile);
  return exitCode.clean;
}
