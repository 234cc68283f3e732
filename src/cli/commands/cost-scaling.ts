import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { scalingEconomics } from "../../operations/cost/scaling-economics.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { scalingEconomicsDocument } from "../reporters/scaling-economics-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { readInput } from "./read-input.ts";
import { textBeside } from "./text-beside.ts";

export interface CostScalingOptions {
  readonly output: ReportFormat;
  readonly outputFile?: string;
  readonly workload?: string;
  readonly environment?: string;
  readonly cluster?: string;
  readonly days: number;
  readonly start?: string;
  readonly perReplica?: number;
  readonly burstsPerDay: number;
  readonly seed: number;
  /** `YYYY-MM-DD`; today when absent. */
  readonly today?: string;
}

/** `scantling cost scaling [PATH...]`: scaling strategies of a workload by cost, and where they break even. */
export async function costScalingCommand(
  run: CommandRun,
  paths: readonly string[],
  options: CostScalingOptions,
): Promise<ExitCode> {
  const startSeconds = options.start === undefined ? undefined : Date.parse(options.start) / 1000;
  if (Number.isNaN(startSeconds)) {
    return refuse(run, `"${options.start}" is no instant`, "write it as 2026-11-15T00:00:00Z");
  }
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const progress = createProgress(run);
  const { workload, environment, cluster, perReplica, days, burstsPerDay, seed } = options;
  const report = scalingEconomics(input.estate, defaultCatalog, {
    ...(workload === undefined ? {} : { workload }),
    ...(environment === undefined ? {} : { environment }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(perReplica === undefined ? {} : { perReplica }),
    ...(startSeconds === undefined ? {} : { startSeconds }),
    textOf: (profile, file) => textBeside(input.sources, profile, file),
    days,
    burstsPerDay,
    seed,
    today: options.today ?? run.host.today(),
    onProgress: progress.report,
    signal: run.host.signal,
  });
  progress.clear();
  if ("problem" in report) return refuse(run, report.problem.replace(/\.$/, ""), report.hint);
  const shown = report.diagnostics.filter(
    ({ severity }) => severity === "error" || (severity === "warning" && !run.quiet),
  );
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, new Map(), run.errorStyle)}\n\n`);
  const document = () => scalingEconomicsDocument(report);
  await printReport(run, { data: report, document, everyRow: true }, options.output, options.outputFile);
  return input.exitCode;
}

function refuse(run: CommandRun, problem: string, hint: string): ExitCode {
  run.host.stderr.write(`${problem}.\n  hint: ${hint}\n`);
  return exitCode.cannot;
}
