import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { hasErrors } from "../../operations/read-estate.ts";
import { type RuleForm, sloRules } from "../../operations/slo/slo-rules.ts";
import { sloSuspects } from "../../operations/slo/slo-suspects.ts";
import type { CommandRun } from "../command-host.ts";
import { note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { sloRulesDocument } from "../reporters/slo-rules-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { printDiagnostics } from "./print-diagnostics.ts";
import { readInput } from "./read-input.ts";
import { writeFilesInto } from "./write-files.ts";

export interface SloRulesCommandOptions {
  readonly to?: string;
  readonly force: boolean;
  readonly form: RuleForm;
  readonly windows: readonly number[];
  readonly minimumErrors: number;
  readonly rps?: number;
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling slo rules [PATH...]`: the rules to stdout, or to a folder with the report of what the alerts do. */
export async function sloRulesCommand(
  run: CommandRun,
  paths: readonly string[],
  { to, force, form, windows, minimumErrors, rps, output, outputFile }: SloRulesCommandOptions,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const { report, files, text } = sloRules(input.estate, {
    form,
    windows,
    minimumErrors,
    suspects: sloSuspects(input.estate, defaultCatalog),
    ...(rps === undefined ? {} : { requestsPerSecond: rps }),
  });
  printDiagnostics(run, report.diagnostics, input.sources.texts);
  const result = hasErrors(report.diagnostics) ? exitCode.findings : input.exitCode;
  if (report.objectives.length === 0) {
    run.host.stderr.write(
      "There is no SLO that rules can be made of.\n  hint: scantling slo propose writes some that fit the workloads\n",
    );
    return exitCode.cannot;
  }
  if (to === undefined || to === "stdout") {
    run.host.stdout.write(text);
    note(run, "With --to FOLDER the report says when each alert fires and resets.");
    return result;
  }
  if (!(await writeFilesInto(run, files, { to, force }))) return exitCode.cannot;
  await printReport(run, { data: report, document: () => sloRulesDocument(report) }, output, outputFile);
  return result;
}
