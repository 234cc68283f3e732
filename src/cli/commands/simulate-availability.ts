import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { simulateAvailability } from "../../operations/simulation/simulate-availability.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { availabilitySimulationDocument } from "../reporters/availability-simulation-document.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { readInput } from "./read-input.ts";

export interface SimulateAvailabilityCommandOptions {
  readonly years: number;
  readonly seed: number;
  readonly precision?: number;
  readonly journey?: readonly string[];
  readonly repair: "exponential" | "lognormal";
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling simulate availability [PATH...]`: what years of failures do to each journey. */
export async function simulateAvailabilityCommand(
  run: CommandRun,
  paths: readonly string[],
  options: SimulateAvailabilityCommandOptions,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const { years, seed, precision, journey, repair } = options;
  const progress = createProgress(run);
  const report = simulateAvailability(input.estate, defaultCatalog, {
    years,
    seed,
    repair,
    ...(precision === undefined ? {} : { precision }),
    ...(journey === undefined ? {} : { journeys: journey }),
    onProgress: progress.report,
    signal: run.host.signal,
  });
  progress.clear();
  const shown = report.diagnostics.filter(
    ({ severity }) => severity === "error" || (severity === "warning" && !run.quiet),
  );
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, new Map(), run.errorStyle)}\n\n`);
  if (report.journeys.length === 0) return exitCode.cannot;
  const data = { data: report, document: () => availabilitySimulationDocument(report) };
  await printReport(run, data, options.output, options.outputFile);
  return input.exitCode;
}
