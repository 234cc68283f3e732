import { type PriceRefreshOptions, type PriceRows, refreshPrices } from "../../operations/cost/cost-prices-refresh.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { priceRefreshDocument } from "../reporters/price-refresh-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { type PricesOption, priceCatalog } from "./price-catalog.ts";
import { printDiagnostics } from "./print-diagnostics.ts";
import { writeFilesInto } from "./write-files.ts";

export interface CostPricesRefreshOptions extends PricesOption {
  readonly output: ReportFormat;
  readonly outputFile?: string;
  readonly region?: readonly string[];
  /** Rows that were downloaded before, - for standard input. */
  readonly from?: string;
  /** Folder that the layer is written to; absent: it is checked and not kept. */
  readonly to?: string;
  readonly withoutFailed?: boolean;
  readonly force?: boolean;
  /** `YYYY-MM-DD`; today when absent. */
  readonly today?: string;
}

/** `scantling cost prices --refresh`: prices of today as a layer of their own, or none of them. */
export async function costPricesRefreshCommand(run: CommandRun, options: CostPricesRefreshOptions): Promise<ExitCode> {
  const before = await priceCatalog(run, options);
  const source = await rowsOf(run, options);
  if (before === undefined || source === undefined) return exitCode.cannot;
  const progress = createProgress(run);
  const refresh: PriceRefreshOptions = {
    today: options.today ?? run.host.today(),
    regions: options.region ?? [],
    withoutFailed: options.withoutFailed ?? false,
    onProgress: progress.report,
    signal: run.host.signal,
  };
  const { report, layer } = await refreshPrices(source, before, refresh);
  progress.clear();
  printDiagnostics(run, report.diagnostics, new Map());
  const printed = { data: report, document: () => priceRefreshDocument(report), everyRow: true };
  await printReport(run, printed, options.output, options.outputFile);
  if (layer === undefined) return exitCode.findings;
  if (options.to === undefined) return exitCode.clean;
  const files = new Map([[`azure-prices-${layer.asOf}.json`, `${JSON.stringify(layer, undefined, 1)}\n`]]);
  const isWritten = await writeFilesInto(run, files, { to: options.to, force: options.force ?? false });
  return isWritten ? exitCode.clean : exitCode.cannot;
}

async function rowsOf(
  { host }: CommandRun,
  { from, region = [] }: CostPricesRefreshOptions,
): Promise<PriceRows | undefined> {
  if (from !== undefined && host.readChunks !== undefined)
    return { name: from === "-" ? "standard input" : from, chunks: host.readChunks(from, host.signal) };
  if (region.length > 0) return host.openPriceList?.();
  host.stderr.write(
    "No region is named.\n  hint: name those of your clusters, such as --region westeurope,northeurope\n",
  );
  return undefined;
}
