import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { simulateRollouts } from "../../operations/delivery/simulate-rollouts.ts";
import { hasErrors } from "../../operations/read-estate.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { rolloutDocument } from "../reporters/rollout-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { printDiagnostics } from "./print-diagnostics.ts";
import { readInput } from "./read-input.ts";

export interface SimulateRolloutCommandOptions {
  readonly policy: readonly string[];
  readonly rps: readonly number[];
  readonly errorRate: number;
  readonly slowRate: number;
  readonly healthyErrorRate?: number;
  /** Share of requests that may fail. */
  readonly objective?: number;
  readonly approvalMinutes?: number;
  readonly startSeconds?: number;
  /** Percentage. */
  readonly matchShare?: number;
  readonly estate?: readonly string[];
  readonly propose: boolean;
  readonly seed: number;
  readonly runs: number;
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling simulate rollout --policy FILE --rps N --error-rate P`. */
export async function simulateRolloutCommand(
  run: CommandRun,
  { policy, rps, approvalMinutes, objective, estate, output, outputFile, ...options }: SimulateRolloutCommandOptions,
): Promise<ExitCode> {
  const { texts } = await run.host.sources.read(policy, { signal: run.host.signal });
  if (texts.size === 0) {
    run.host.stderr.write(`${policy.join(", ")} holds no file that can be read.\n  hint: name a YAML or JSON file\n`);
    return exitCode.cannot;
  }
  const input = estate === undefined ? undefined : await readInput(run, estate);
  if (estate !== undefined && input === undefined) return exitCode.cannot;
  const progress = createProgress(run);
  const report = simulateRollouts(texts, {
    ...options,
    requestsPerSecond: rps,
    ...(approvalMinutes === undefined ? {} : { approvalSeconds: approvalMinutes * 60 }),
    ...(objective === undefined ? {} : { errorBudget: objective }),
    ...(input === undefined
      ? {}
      : { priced: { estate: input.estate, catalog: defaultCatalog, today: run.host.today() } }),
    onProgress: progress.report,
    signal: run.host.signal,
  });
  progress.clear();
  printDiagnostics(run, report.diagnostics, texts);
  if (report.policies.length === 0 && report.flags.length === 0) return exitCode.cannot;
  const data = { data: report, document: () => rolloutDocument(report), everyRow: true };
  await printReport(run, data, output, outputFile);
  return hasErrors(report.diagnostics) ? exitCode.findings : exitCode.clean;
}
