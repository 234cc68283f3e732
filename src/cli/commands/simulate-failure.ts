import { defaultCatalog } from "../../catalog/default-catalog.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { traceIncomplete } from "../../estate/diagnostics/replay-diagnostics.ts";
import { hasErrors } from "../../operations/read-estate.ts";
import {
  type FailureReport,
  type SimulateFailureOptions,
  simulateFailure,
  simulateTraceFailure,
} from "../../operations/simulation/simulate-failure.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { failureDocument } from "../reporters/failure-document.ts";
import { checkClusterName } from "./check-cluster-name.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { readInput } from "./read-input.ts";

export interface SimulateFailureCommandOptions {
  readonly node?: readonly string[];
  readonly pool?: readonly string[];
  readonly zone?: readonly string[];
  readonly all: boolean;
  readonly cluster?: string;
  readonly nodeCount: "planned" | "minimum" | "maximum";
  readonly nodes?: string;
  readonly pods?: string;
  readonly output: ReportFormat;
  readonly outputFile?: string;
  readonly failOnPending: boolean;
}

interface Answer {
  readonly report: FailureReport;
  /** What the input alone asks for. */
  readonly code: ExitCode;
}

/** `scantling simulate failure [PATH...]`: what is left when nodes, pools or zones are lost. */
export async function simulateFailureCommand(
  run: CommandRun,
  paths: readonly string[],
  options: SimulateFailureCommandOptions,
): Promise<ExitCode> {
  const isTrace = options.nodes !== undefined || options.pods !== undefined;
  const answer = isTrace ? await replayTrace(run, options) : await replayEstate(run, paths, options);
  if (answer === undefined) return exitCode.cannot;
  const { report, code } = answer;
  printDiagnostics(run, report.diagnostics);
  if (report.clusters.length === 0) return exitCode.cannot;
  const data = { data: report, document: () => failureDocument(report) };
  await printReport(run, data, options.output, options.outputFile);
  const hasPending = report.clusters.some(({ failures }) => failures.some(({ pending }) => pending > 0));
  return options.failOnPending && hasPending ? exitCode.findings : code;
}

async function replayTrace(run: CommandRun, options: SimulateFailureCommandOptions): Promise<Answer | undefined> {
  const { nodes, pods } = options;
  if (nodes === undefined || pods === undefined) {
    printDiagnostics(run, [diagnose(traceIncomplete, { missing: nodes === undefined ? "--nodes" : "--pods" })]);
    return undefined;
  }
  const sources = await run.host.sources.read([nodes, pods], { signal: run.host.signal });
  const tables = [nodes, pods].flatMap((source) => {
    const text = sources.texts.get(source);
    return text === undefined ? [] : [{ source, text }];
  });
  const [nodeTable, podTable] = tables;
  if (nodeTable === undefined || podTable === undefined) {
    printDiagnostics(run, sources.diagnostics);
    return undefined;
  }
  const progress = createProgress(run);
  const report = simulateTraceFailure(nodeTable, podTable, replayOptions(run, options, progress.report));
  progress.clear();
  return { report, code: hasErrors(report.diagnostics) ? exitCode.findings : exitCode.clean };
}

async function replayEstate(
  run: CommandRun,
  paths: readonly string[],
  options: SimulateFailureCommandOptions,
): Promise<Answer | undefined> {
  const input = await readInput(run, paths);
  if (input === undefined || !checkClusterName(run, input.estate, options.cluster)) return undefined;
  const progress = createProgress(run);
  const report = simulateFailure(input.estate, defaultCatalog, {
    ...replayOptions(run, options, progress.report),
    nodes: options.nodeCount,
    ...(options.cluster === undefined ? {} : { cluster: options.cluster }),
  });
  progress.clear();
  return { report, code: input.exitCode };
}

function replayOptions(
  run: CommandRun,
  { node = [], pool = [], zone = [], all }: SimulateFailureCommandOptions,
  onProgress: (message: string) => void,
): SimulateFailureOptions {
  const targets = { nodes: node, pools: pool, zones: zone };
  return { ...(all ? {} : { targets }), onProgress, signal: run.host.signal };
}

function printDiagnostics(run: CommandRun, diagnostics: readonly Diagnostic[]): void {
  const shown = diagnostics.filter(({ severity }) => severity === "error" || (severity === "warning" && !run.quiet));
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, new Map(), run.errorStyle)}\n\n`);
}
