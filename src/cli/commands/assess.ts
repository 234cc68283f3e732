import type { FindingSeverity } from "../../audit/finding.ts";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { assess } from "../../operations/assess.ts";
import type { Assessment } from "../../operations/assessment/assessment.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { assessmentDocument } from "../reporters/assessment-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { readInput } from "./read-input.ts";

export interface AssessCommandOptions {
  readonly output: ReportFormat;
  readonly outputFile?: string;
  readonly failOn?: FindingSeverity;
  /** `YYYY-MM-DD`; today when absent. */
  readonly today?: string;
}

const severities: readonly FindingSeverity[] = ["info", "low", "medium", "high", "critical"];

/** `scantling assess [PATH...]`: structure, bill and availability of what the paths declare. */
export async function assessCommand(
  run: CommandRun,
  paths: readonly string[],
  options: AssessCommandOptions,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const assessment = assess(input.estate, defaultCatalog, { today: options.today ?? run.host.today() });
  await printReport(
    run,
    { data: assessment, document: () => assessmentDocument(assessment, paths) },
    options.output,
    options.outputFile,
  );
  if (options.failOn !== undefined && hasFindingsFrom(assessment, options.failOn)) return exitCode.findings;
  return input.exitCode;
}

function hasFindingsFrom({ findings }: Assessment, threshold: FindingSeverity): boolean {
  return findings.some(
    (finding) =>
      finding.verdict === "fail" &&
      finding.exemptedBy === undefined &&
      severities.indexOf(finding.severity) >= severities.indexOf(threshold),
  );
}
