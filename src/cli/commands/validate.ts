import type { Diagnostic, DiagnosticSeverity } from "../../estate/diagnostics/diagnostic.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsSummary } from "../reporters/diagnostics-text.ts";
import { counted } from "../reporters/words.ts";
import { readAnyInput } from "./read-input.ts";

export interface ValidateCommandOptions {
  readonly output: "text" | "json";
  /** `error` (default) or `warning`. */
  readonly failOn: "error" | "warning";
}

/** `scantling validate [PATH...]`: reads everything, renders it, resolves every reference, and says what is wrong. */
export async function validateCommand(
  run: CommandRun,
  paths: readonly string[],
  options: ValidateCommandOptions,
): Promise<ExitCode> {
  const input = await readAnyInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const { estate } = input;
  const counts = {
    objects: estate.objects.length,
    workloads: estate.workloads.length,
    assumptions: estate.assumptions.length,
  };
  if (options.output === "json") {
    const report = {
      apiVersion: "scantling/v1alpha1",
      kind: "Validation",
      estate: estate.name,
      counts,
      diagnostics: estate.diagnostics,
    };
    run.host.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  } else {
    const problems = diagnosticsSummary(estate.diagnostics);
    run.host.stdout.write(
      `${estate.name}: ${counted(counts.objects, "object")}, ${counted(counts.workloads, "workload")}, ${counted(counts.assumptions, "assumption")}; ${problems === "" ? "no problems" : problems}\n`,
    );
  }
  if (input.exitCode === exitCode.cannot) return exitCode.cannot;
  return reaches(estate.diagnostics, options.failOn) ? exitCode.findings : exitCode.clean;
}

function reaches(diagnostics: readonly Diagnostic[], threshold: "error" | "warning"): boolean {
  const failing: readonly DiagnosticSeverity[] = threshold === "error" ? ["error"] : ["error", "warning"];
  return diagnostics.some((diagnostic) => failing.includes(diagnostic.severity));
}
