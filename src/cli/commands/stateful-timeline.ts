import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { didYouMean, shorten } from "../../estate/diagnostics/wording.ts";
import { recoveryTimelines } from "../../operations/stateful/stateful-timeline.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { recoveryTimelinesDocument } from "../reporters/recovery-timelines-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { readInput } from "./read-input.ts";

export interface StatefulTimelineCommandOptions {
  readonly environment?: string;
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling stateful timeline [PATH...]`. */
export async function statefulTimelineCommand(
  run: CommandRun,
  paths: readonly string[],
  { environment, output, outputFile }: StatefulTimelineCommandOptions,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const names = input.estate.environments.map(({ name }) => name);
  if (environment !== undefined && !names.includes(environment)) {
    run.host.stderr.write(
      `There is no environment ${shorten(environment)}.\n  hint: ${didYouMean(environment, names)}\n`,
    );
    return exitCode.cannot;
  }
  const report = recoveryTimelines(input.estate, defaultCatalog, environment);
  const document = () => recoveryTimelinesDocument(report);
  await printReport(run, { data: report, document, everyRow: true }, output, outputFile);
  return input.exitCode;
}
