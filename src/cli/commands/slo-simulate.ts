import { hasErrors } from "../../operations/read-estate.ts";
import { simulateSlo } from "../../operations/slo/slo-simulation.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { sloSimulationDocument } from "../reporters/slo-simulation-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { printDiagnostics } from "./print-diagnostics.ts";
import { readSeriesText } from "./read-series-text.ts";

export interface SloSimulateCommandOptions {
  readonly series: string;
  /** Share that may be bad. */
  readonly objective: number;
  /** Seconds. */
  readonly window: number;
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling slo simulate --series FILE`. */
export async function sloSimulateCommand(
  run: CommandRun,
  { series, objective, window, output, outputFile }: SloSimulateCommandOptions,
): Promise<ExitCode> {
  const read = await readSeriesText(run, series);
  if (read === undefined) return exitCode.cannot;
  const { simulation, diagnostics } = simulateSlo(series, read, { unavailability: objective, windowSeconds: window });
  printDiagnostics(run, diagnostics, new Map());
  if (simulation === undefined) return exitCode.cannot;
  await printReport(run, { data: simulation, document: () => sloSimulationDocument(simulation) }, output, outputFile);
  return hasErrors(diagnostics) ? exitCode.findings : exitCode.clean;
}
