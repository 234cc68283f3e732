import { solveFaultTree } from "../../operations/availability/solve-fault-tree.ts";
import { hasErrors } from "../../operations/read-estate.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { faultTreeDocument } from "../reporters/fault-tree-document.ts";
import { printReport, type ReportFormat } from "./output.ts";

export interface AvailabilityTreeOptions {
  readonly output: ReportFormat;
  readonly outputFile?: string;
  readonly top?: string;
  readonly missionTime: number;
  readonly list: number;
  readonly limitOrder: number;
}

/** `scantling availability tree FILE...`: the files are one model. */
export async function availabilityTreeCommand(
  run: CommandRun,
  files: readonly string[],
  options: AvailabilityTreeOptions,
): Promise<ExitCode> {
  const progress = createProgress(run);
  const sources = await run.host.sources.read(files, { onProgress: progress.report, signal: run.host.signal });
  progress.report("solving");
  const { report, diagnostics } = solveFaultTree(sources.texts, {
    top: options.top,
    missionTimeHours: options.missionTime,
    listed: options.list,
    maximumOrder: options.limitOrder,
  });
  progress.clear();
  const all = [...sources.diagnostics, ...diagnostics];
  const shown = all.filter(({ severity }) => severity === "error" || (severity === "warning" && !run.quiet));
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, sources.texts, run.errorStyle)}\n`);
  if (report === undefined) return exitCode.cannot;
  await printReport(
    run,
    { data: { ...report, diagnostics: all }, document: () => faultTreeDocument(report) },
    options.output,
    options.outputFile,
  );
  return hasErrors(all) ? exitCode.findings : exitCode.clean;
}
