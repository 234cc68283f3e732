import { chaosVerify } from "../../operations/chaos/chaos-verify.ts";
import { hasErrors } from "../../operations/read-estate.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { chaosVerificationDocument } from "../reporters/chaos-verification-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { printDiagnostics } from "./print-diagnostics.ts";
import { readSeriesText } from "./read-series-text.ts";

export interface ChaosVerifyCommandOptions {
  readonly plan: string;
  readonly observed: string;
  /** Percent. */
  readonly tolerance: number;
  readonly failOn?: "worse" | "different";
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling chaos verify --plan FILE --observed FILE`. */
export async function chaosVerifyCommand(
  run: CommandRun,
  { plan, observed, tolerance, failOn, output, outputFile }: ChaosVerifyCommandOptions,
): Promise<ExitCode> {
  const planText = await readSeriesText(run, plan);
  const observedText = await readSeriesText(run, observed);
  if (planText === undefined || observedText === undefined) return exitCode.cannot;
  const report = chaosVerify({ file: plan, text: planText }, { file: observed, text: observedText }, tolerance / 100);
  printDiagnostics(run, report.diagnostics, new Map());
  if (report.observations.length === 0 && hasErrors(report.diagnostics)) return exitCode.cannot;
  await printReport(run, { data: report, document: () => chaosVerificationDocument(report) }, output, outputFile);
  const fails = report.observations.some(({ verdict }) =>
    failOn === "worse" ? verdict === "worse" : failOn === "different" && verdict !== "agrees",
  );
  return fails || hasErrors(report.diagnostics) ? exitCode.findings : exitCode.clean;
}
