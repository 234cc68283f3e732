import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { simulateRebuild } from "../../operations/simulation/simulate-rebuild.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { rebuildDocument } from "../reporters/rebuild-document.ts";
import { checkClusterName } from "./check-cluster-name.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { readInput } from "./read-input.ts";

export interface SimulateRebuildCommandOptions {
  readonly cluster?: string;
  readonly restoreRate?: number;
  readonly failOnRisk: boolean;
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling simulate rebuild [PATH...]`: a lost cluster made anew from Git. */
export async function simulateRebuildCommand(
  run: CommandRun,
  paths: readonly string[],
  options: SimulateRebuildCommandOptions,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  if (input === undefined || !checkClusterName(run, input.estate, options.cluster)) return exitCode.cannot;
  const { cluster, restoreRate } = options;
  const report = simulateRebuild(input.estate, defaultCatalog, {
    ...(cluster === undefined ? {} : { cluster }),
    ...(restoreRate === undefined ? {} : { restoreRate }),
  });
  const shown = run.quiet ? report.diagnostics.filter(({ severity }) => severity === "error") : report.diagnostics;
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, new Map(), run.errorStyle)}\n\n`);
  if (report.clusters.length === 0) return exitCode.cannot;
  await printReport(
    run,
    { data: report, document: () => rebuildDocument(report), everyRow: true },
    options.output,
    options.outputFile,
  );
  const stops = report.clusters.some(({ risks }) => risks.some(({ effect }) => effect === "stops"));
  return options.failOnRisk && stops ? exitCode.findings : input.exitCode;
}
