import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { reachability } from "../../operations/reachability.ts";
import { reachabilityLines } from "../../operations/reachability-lines.ts";
import type { PolicyEngine } from "../../tenancy/reachability/policy-engine.ts";
import type { CommandRun } from "../command-host.ts";
import { note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsSummary, diagnosticsText } from "../reporters/diagnostics-text.ts";
import { reachabilityDocument } from "../reporters/reachability-document.ts";
import { reachabilityDot } from "../reporters/reachability-dot.ts";
import { printReport, printText, type ReportFormat } from "./output.ts";
import { type Input, readInput } from "./read-input.ts";

export type ReachabilityFormat = ReportFormat | "dot" | "lines";

export interface TenancyReachabilityOptions {
  readonly output: ReachabilityFormat;
  readonly outputFile?: string;
  readonly workloads: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly engine?: PolicyEngine;
}

/** `scantling tenancy reachability [PATH...]`: who reaches whom, and by which rule. */
export async function tenancyReachabilityCommand(
  run: CommandRun,
  paths: readonly string[],
  options: TenancyReachabilityOptions,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const engine = options.engine === undefined ? {} : { engine: options.engine };
  if (options.output === "lines") {
    const lines = reachabilityLines(input.estate, engine);
    await printText(run, lines.map((line) => `${line}\n`).join(""), options.outputFile);
    return input.exitCode;
  }
  const isFiltered = options.from !== undefined || options.to !== undefined;
  const filter = {
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.to === undefined ? {} : { to: options.to }),
  };
  const report = reachability(input.estate, {
    ...engine,
    ...(options.workloads || isFiltered ? { workloads: filter } : {}),
  });
  printProblems(run, input, report.diagnostics);
  if (options.output === "dot") {
    await printText(run, reachabilityDot(report), options.outputFile);
    return input.exitCode;
  }
  const document = () => reachabilityDocument(report);
  await printReport(run, { data: report, document }, options.output, options.outputFile);
  return input.exitCode;
}

function printProblems(run: CommandRun, { sources }: Input, diagnostics: readonly Diagnostic[]): void {
  const shown = diagnostics.filter(({ severity }) => severity === "error" || (severity === "warning" && !run.quiet));
  if (shown.length === 0) return;
  run.host.stderr.write(`${diagnosticsText(shown, sources.texts, run.errorStyle)}\n`);
  note(run, `${diagnosticsSummary(diagnostics)}\n`);
}
