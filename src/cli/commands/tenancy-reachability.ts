import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { nearestName } from "../../estate/diagnostics/nearest-name.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { reachability } from "../../operations/tenancy/reachability.ts";
import { reachabilityLines } from "../../operations/tenancy/reachability-lines.ts";
import { isCalled } from "../../tenancy/reachability/connection-witness.ts";
import type { PolicyEngine } from "../../tenancy/reachability/policy-engine.ts";
import type { CommandRun } from "../command-host.ts";
import { note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsSummary, diagnosticsText } from "../reporters/diagnostics-text.ts";
import { connectionsDocument, reachabilityDocument } from "../reporters/reachability-document.ts";
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
  for (const name of [options.from, options.to]) {
    if (name !== undefined && !isKnownEnd(run, input.estate, name)) return exitCode.cannot;
  }
  const engine = options.engine === undefined ? {} : { engine: options.engine };
  const isFiltered = options.from !== undefined || options.to !== undefined;
  const filter = {
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.to === undefined ? {} : { to: options.to }),
  };
  if (options.output === "lines") {
    const lines = reachabilityLines(input.estate, engine, filter);
    await printText(run, lines.map((line) => `${line}\n`).join(""), options.outputFile);
    return input.exitCode;
  }
  const report = reachability(input.estate, {
    ...engine,
    ...(options.workloads || isFiltered ? { workloads: filter } : {}),
  });
  printProblems(run, input, report.diagnostics);
  if (options.output === "dot") {
    await printText(run, reachabilityDot(report), options.outputFile);
    return input.exitCode;
  }
  const document = () => (isFiltered ? connectionsDocument(report) : reachabilityDocument(report));
  await printReport(run, { data: report, document }, options.output, options.outputFile);
  return input.exitCode;
}

/** A name that nothing has is told: an empty answer would read as "nobody reaches it". */
function isKnownEnd(run: CommandRun, { workloads }: Estate, name: string): boolean {
  if (workloads.some((workload) => isCalled(workload, name))) return true;
  const names = workloads.flatMap((workload) => [workload.name, workload.label, workload.namespace, workload.tenant]);
  const near = nearestName(name, new Set(names));
  const hint = near === undefined ? "name a workload, a namespace or a tenant" : `did you mean ${near}?`;
  run.host.stderr.write(`No workload, namespace or tenant is called "${name}".\n  hint: ${hint}\n`);
  return false;
}

function printProblems(run: CommandRun, { sources }: Input, diagnostics: readonly Diagnostic[]): void {
  const shown = diagnostics.filter(({ severity }) => severity === "error" || (severity === "warning" && !run.quiet));
  if (shown.length === 0) return;
  run.host.stderr.write(`${diagnosticsText(shown, sources.texts, run.errorStyle)}\n`);
  note(run, `${diagnosticsSummary(diagnostics)}\n`);
}
