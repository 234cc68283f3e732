import { proposeSlos } from "../../operations/slo/slo-proposals.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { sloProposalsDocument } from "../reporters/slo-proposals-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { readInput } from "./read-input.ts";
import { writeFilesInto } from "./write-files.ts";

export interface SloProposeCommandOptions {
  readonly to?: string;
  readonly force: boolean;
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling slo propose [PATH...]`. */
export async function sloProposeCommand(
  run: CommandRun,
  paths: readonly string[],
  { to, force, output, outputFile }: SloProposeCommandOptions,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const { report, files } = proposeSlos(input.estate);
  if (to !== undefined && !(await writeFilesInto(run, files, { to, force }))) return exitCode.cannot;
  await printReport(run, { data: report, document: () => sloProposalsDocument(report) }, output, outputFile);
  return input.exitCode;
}
