import type { Catalog } from "../../catalog/catalog.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { planFileNotReplaced, planNeedsFiles } from "../../estate/diagnostics/plan-writing-diagnostics.ts";
import type { StructurePlan } from "../../operations/planning/plan-report.ts";
import { writePlan } from "../../operations/planning/write-plan.ts";
import { hasErrors } from "../../operations/read-estate.ts";
import type { VerifiedStructure } from "../../planning/verification/verify-structure.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress, note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { planDocument } from "../reporters/plan-document.ts";
import { planWrittenText } from "../reporters/plan-written-text.ts";
import { unifiedDiff } from "../reporters/unified-diff.ts";
import { counted } from "../reporters/words.ts";
import { printReport } from "./output.ts";
import type { PlanCommandOptions } from "./plan-options.ts";
import type { Input } from "./read-input.ts";

/** What has been read and planned. */
interface PlanToWrite {
  readonly input: Input;
  readonly catalog: Catalog;
  readonly verified: VerifiedStructure;
  readonly plan: StructurePlan;
  readonly paths: readonly string[];
  readonly options: PlanCommandOptions;
}

/** `scantling plan --write`: brings documents and manifests to the plan; all files or none. */
export async function writePlanCommand(run: CommandRun, planned: PlanToWrite): Promise<ExitCode> {
  const { input, catalog, verified, plan, paths, options } = planned;
  if (input.sources.texts.has("-")) return refuse(run, input, [diagnose(planNeedsFiles, undefined)]);
  if (plan.clusters.length === 0 || plan.contradiction !== undefined || hasErrors(input.estate.diagnostics)) {
    return refuse(
      run,
      input,
      plan.diagnostics,
      "Nothing was written: what is declared has errors or contradicts itself.",
    );
  }
  const progress = createProgress(run);
  const writing = writePlan(input, catalog, {
    today: options.today ?? run.host.today(),
    verified,
    onProgress: progress.report,
  });
  progress.clear();
  if (hasErrors(writing.diagnostics)) return refuse(run, input, writing.diagnostics, "Nothing was written.");
  if (!options.dryRun) {
    const kept = await run.host.replaceFiles(writing.files);
    if (kept.length > 0)
      return refuse(
        run,
        input,
        kept.map((file) => diagnose(planFileNotReplaced, file)),
      );
  }
  if (!run.quiet) {
    print(run, input, [...plan.diagnostics, ...writing.diagnostics]);
  }
  if (options.dryRun) {
    run.host.stdout.write(writing.files.map(({ path, before, after }) => unifiedDiff(path, before, after)).join(""));
    note(run, `Nothing was written: ${counted(writing.files.length, "file")} would change.`);
    return exitCode.clean;
  }
  run.host.stdout.write(planWrittenText(writing, paths, { style: run.outputStyle, width: run.host.stdout.columns }));
  if (options.outputFile !== undefined) {
    const report = { data: plan, document: () => planDocument(plan, { paths, allSteps: true }), everyRow: true };
    await printReport(run, report, options.output, options.outputFile);
  }
  return exitCode.clean;
}

function refuse(run: CommandRun, input: Input, problems: readonly Diagnostic[], why?: string): ExitCode {
  print(run, input, problems);
  if (why !== undefined) run.host.stderr.write(`${why}\n`);
  return exitCode.cannot;
}

function print(run: CommandRun, { sources }: Input, problems: readonly Diagnostic[]): void {
  if (problems.length > 0) run.host.stderr.write(`${diagnosticsText(problems, sources.texts, run.errorStyle)}\n\n`);
}
