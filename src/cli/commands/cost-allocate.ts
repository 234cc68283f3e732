import {
  type AllocationFilter,
  allocationKeyNames,
  parseAllocationFilter,
  parseAllocationKey,
} from "../../finops/allocation/allocation-key.ts";
import { parseSharingMethod, type SharingMethod } from "../../finops/allocation/sharing-method.ts";
import type { Period } from "../../finops/period.ts";
import { type AllocatedEstate, type AllocationOptions, allocateCost } from "../../operations/cost/cost-allocation.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { allocationDocument } from "../reporters/allocation-document.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { printReport, printText, type ReportFormat } from "./output.ts";
import { type PricesOption, priceCatalog } from "./price-catalog.ts";
import { readInput } from "./read-input.ts";
import { type UsageOptions, usageInput, wrongUsageOptions } from "./usage-input.ts";

export interface CostAllocateOptions extends UsageOptions, PricesOption {
  readonly output: ReportFormat | "focus" | "opencost";
  readonly outputFile?: string;
  readonly by: string;
  readonly shareIdle: string;
  readonly sharePlatform: string;
  readonly filter?: string;
  readonly period: Period;
  /** `YYYY-MM-DD`; today when absent. */
  readonly today?: string;
}

/** `scantling cost allocate [PATH...]`: whom the bill belongs to. */
export async function costAllocateCommand(
  run: CommandRun,
  paths: readonly string[],
  options: CostAllocateOptions,
): Promise<ExitCode> {
  const choice = readChoice(options);
  const wrong = typeof choice === "string" ? choice : wrongUsageOptions(run, options);
  if (typeof choice === "string" || wrong !== undefined) {
    run.host.stderr.write(wrong ?? "");
    return exitCode.cannot;
  }
  const input = await readInput(run, paths);
  const catalog = input === undefined ? undefined : await priceCatalog(run, options);
  if (input === undefined || catalog === undefined) return exitCode.cannot;
  const progress = createProgress(run);
  const usage = await usageInput(run, options, input.estate, progress.report);
  const allocated = await allocateCost(input.estate, catalog, {
    ...choice,
    today: options.today ?? run.host.today(),
    signal: run.host.signal,
    onProgress: progress.report,
    ...(usage === undefined ? {} : { usage }),
  });
  progress.clear();
  const { report } = allocated;
  const shown = report.diagnostics.filter(({ severity }) => severity === "error" || !run.quiet);
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, new Map(), run.errorStyle)}\n\n`);
  await printAllocation(run, allocated, options);
  const hasErrors = report.diagnostics.some(({ severity }) => severity === "error");
  return hasErrors ? exitCode.findings : input.exitCode;
}

async function printAllocation(
  run: CommandRun,
  { report, asFocusCsv, asOpenCost }: AllocatedEstate,
  { output, outputFile }: CostAllocateOptions,
): Promise<void> {
  if (output === "focus") return printText(run, asFocusCsv(), outputFile);
  if (output === "opencost") return printText(run, `${JSON.stringify(asOpenCost(), undefined, 2)}\n`, outputFile);
  const printed = { data: report, document: () => allocationDocument(report), everyRow: true };
  return printReport(run, printed, output, outputFile);
}

type Choice = Pick<AllocationOptions, "by" | "shareIdle" | "sharePlatform" | "filter" | "period">;

/** What the options ask for; what is wrong with them otherwise. */
function readChoice(options: CostAllocateOptions): Choice | string {
  const by = parseAllocationKey(options.by);
  if (by === undefined) return `"${options.by}" is no key.\n  hint: keys are ${allocationKeyNames.join(", ")}\n`;
  const shareIdle = parseSharingMethod(options.shareIdle);
  const sharePlatform = parseSharingMethod(options.sharePlatform);
  const filter = options.filter === undefined ? undefined : parseAllocationFilter(options.filter);
  const wrong = [shareIdle, sharePlatform].find((method) => "wrong" in method);
  if (wrong !== undefined && "wrong" in wrong)
    return `${wrong.wrong}.\n  hint: write none, even, weighted or fixed:NAME=PERCENT,...\n`;
  if (filter !== undefined && "wrong" in filter)
    return `"${filter.wrong}" is no term of a filter.\n  hint: write it as environment=prod;tenant=retail,risk\n`;
  if ((options.output === "focus" || options.output === "opencost") && options.period !== "month")
    return `${options.output} rows are those of a month.\n  hint: leave --period out\n`;
  return {
    by,
    shareIdle: shareIdle as SharingMethod,
    sharePlatform: sharePlatform as SharingMethod,
    filter: filter as AllocationFilter | undefined,
    period: options.period,
  };
}
