import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { simulateUpgrade } from "../../operations/simulation/simulate-upgrade.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { upgradeDocument } from "../reporters/upgrade-document.ts";
import { checkClusterName } from "./check-cluster-name.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { readInput } from "./read-input.ts";

export interface SimulateUpgradeCommandOptions {
  readonly pool?: string;
  readonly cluster?: string;
  readonly maxSurge?: string;
  readonly nodeCount: "planned" | "minimum" | "maximum";
  readonly output: ReportFormat;
  readonly outputFile?: string;
  readonly failOnBlocked: boolean;
}

/** `scantling simulate upgrade [PATH...]`: how node pools are upgraded against the budgets of what runs on them. */
export async function simulateUpgradeCommand(
  run: CommandRun,
  paths: readonly string[],
  options: SimulateUpgradeCommandOptions,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  if (input === undefined || !checkClusterName(run, input.estate, options.cluster)) return exitCode.cannot;
  const { cluster, pool, maxSurge, nodeCount } = options;
  const progress = createProgress(run);
  const report = simulateUpgrade(input.estate, defaultCatalog, {
    nodes: nodeCount,
    ...(cluster === undefined ? {} : { cluster }),
    ...(pool === undefined ? {} : { pool }),
    ...(maxSurge === undefined ? {} : { maxSurge }),
    onProgress: progress.report,
    signal: run.host.signal,
  });
  progress.clear();
  const shown = report.diagnostics.filter(
    ({ severity }) => severity === "error" || (severity === "warning" && !run.quiet),
  );
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, new Map(), run.errorStyle)}\n\n`);
  if (report.upgrades.length === 0) return exitCode.cannot;
  const data = { data: report, document: () => upgradeDocument(report) };
  await printReport(run, data, options.output, options.outputFile);
  const isBlocked = report.upgrades.some(({ outcome }) => outcome !== "finished");
  return options.failOnBlocked && isBlocked ? exitCode.findings : input.exitCode;
}
