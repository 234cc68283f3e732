import type { SourceSet } from "../../estate/sources/source-set.ts";
import { loadMixedIntegerSolver } from "../../finops/commitments/mix/mixed-integer-solver.ts";
import { chooseCommitments } from "../../operations/cost/cost-commit.ts";
import type { CommitmentOptions } from "../../operations/cost/cost-commit-study.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { commitmentsDocument } from "../reporters/commitments-document.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { type PricesOption, priceCatalog } from "./price-catalog.ts";
import { readInput } from "./read-input.ts";
import { readSeriesText } from "./read-series-text.ts";
import { textBeside } from "./text-beside.ts";

export interface CostCommitOptions extends PricesOption {
  readonly output: ReportFormat;
  readonly outputFile?: string;
  readonly term: "1" | "3" | "any";
  readonly reservations: boolean;
  readonly savingsPlan: boolean;
  readonly spot: boolean;
  readonly months?: number;
  /** Percent a month. */
  readonly growth: number;
  /** Percent. */
  readonly fall: number;
  readonly stopOutsideHours?: true;
  readonly nodeHours?: string;
  readonly simulateLoad?: true;
  readonly days: number;
  readonly seed: number;
  /** `YYYY-MM-DD`; today when absent. */
  readonly today?: string;
}

/** `scantling cost commit [PATH...]`: which reservations and savings plans to buy. */
export async function costCommitCommand(
  run: CommandRun,
  paths: readonly string[],
  options: CostCommitOptions,
): Promise<ExitCode> {
  if (options.nodeHours !== undefined && options.simulateLoad === true) {
    run.host.stderr.write("--node-hours and --simulate-load exclude each other.\n  hint: measured hours are better\n");
    return exitCode.cannot;
  }
  const nodeHours = options.nodeHours === undefined ? undefined : await readSeriesText(run, options.nodeHours);
  if (options.nodeHours !== undefined && nodeHours === undefined) return exitCode.cannot;
  const input = await readInput(run, paths);
  const catalog = input === undefined ? undefined : await priceCatalog(run, options);
  if (input === undefined || catalog === undefined) return exitCode.cannot;
  const progress = createProgress(run);
  const report = chooseCommitments(input.estate, catalog, {
    today: options.today ?? run.host.today(),
    solver: await loadMixedIntegerSolver(),
    terms: options.term === "any" ? [1, 3] : [options.term === "1" ? 1 : 3],
    reservations: options.reservations,
    savingsPlans: options.savingsPlan,
    spot: options.spot,
    ...(options.months === undefined ? {} : { months: options.months }),
    growthPercent: options.growth,
    mostFallPercent: options.fall,
    stopOutsideHours: options.stopOutsideHours === true,
    ...demandOf(options, nodeHours, input.sources),
    onProgress: progress.report,
    signal: run.host.signal,
  });
  progress.clear();
  const shown = report.diagnostics.filter(
    ({ severity }) => severity === "error" || (severity === "warning" && !run.quiet),
  );
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, new Map(), run.errorStyle)}\n\n`);
  const document = () => commitmentsDocument(report);
  await printReport(run, { data: report, document, everyRow: true }, options.output, options.outputFile);
  return shown.some(({ severity }) => severity === "error") ? exitCode.findings : input.exitCode;
}

function demandOf(
  options: CostCommitOptions,
  nodeHours: string | undefined,
  sources: SourceSet,
): Pick<CommitmentOptions, "demand"> {
  if (nodeHours !== undefined && options.nodeHours !== undefined)
    return { demand: { kind: "measured", source: options.nodeHours, text: nodeHours } };
  if (options.simulateLoad !== true) return {};
  const { days, seed } = options;
  return {
    demand: { kind: "simulated", days, seed, textOf: (profile, file) => textBeside(sources, profile, file) },
  };
}
