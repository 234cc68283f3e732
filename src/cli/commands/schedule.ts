import { defaultCatalog } from "../../catalog/default-catalog.ts";
import type { SourceSet } from "../../estate/sources/source-set.ts";
import { hasErrors } from "../../operations/read-estate.ts";
import { type ScheduleOptions, type ScheduleReport, scheduleSnapshots } from "../../operations/scheduling/schedule.ts";
import { scheduleEstate } from "../../operations/scheduling/schedule-estate.ts";
import { looksLikeSnapshot } from "../../scheduling/kube-scheduler/snapshot/read-snapshot.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { scheduleDocument } from "../reporters/schedule-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { readInput } from "./read-input.ts";

export interface ScheduleCommandOptions {
  readonly output: ReportFormat;
  readonly outputFile?: string;
  readonly kubernetesVersion?: string;
  readonly cluster?: string;
  readonly nodes: "planned" | "minimum" | "maximum";
  readonly percentageOfNodesToScore?: number;
  readonly seed?: number;
  readonly failOnPending: boolean;
}

interface Answer {
  readonly report: ScheduleReport;
  /** What the input alone asks for. */
  readonly code: ExitCode;
}

const snapshotPath = /\.(?:json|jsonl|ndjson)$/i;
const newestVersion = "1.34";

/** `scantling schedule [PATH...]`: which node each pod goes to, and why others stay pending. */
export async function scheduleCommand(
  run: CommandRun,
  paths: readonly string[],
  options: ScheduleCommandOptions,
): Promise<ExitCode> {
  const sources = await readSnapshotCandidate(run, paths);
  const snapshot = [...(sources?.texts ?? [])].find(([, text]) => looksLikeSnapshot(text));
  const answer =
    snapshot === undefined
      ? await scheduleEstateAt(withSources(run, sources), paths, options)
      : scheduleSnapshotText(run, snapshot, options);
  if (answer === undefined) return exitCode.cannot;
  const { report, code } = answer;
  await printReport(
    run,
    { data: report, document: () => scheduleDocument(report) },
    options.output,
    options.outputFile,
  );
  const hasPending = report.cases.some(({ unschedulable }) => unschedulable.length > 0);
  return options.failOnPending && hasPending ? exitCode.findings : code;
}

/** Reads a single file that may be a snapshot; undefined for anything else. */
async function readSnapshotCandidate(
  run: CommandRun,
  [path, ...others]: readonly string[],
): Promise<SourceSet | undefined> {
  if (path === undefined || others.length > 0 || !(path === "-" || snapshotPath.test(path))) return undefined;
  return run.host.sources.read([path], { signal: run.host.signal });
}

/** What was read already is not read again: standard input can be read once. */
function withSources(run: CommandRun, sources: SourceSet | undefined): CommandRun {
  if (sources === undefined) return run;
  return { ...run, host: { ...run.host, sources: { read: () => Promise.resolve(sources) } } };
}

function scheduleSnapshotText(
  run: CommandRun,
  [source, text]: readonly [string, string],
  options: ScheduleCommandOptions,
): Answer {
  const progress = createProgress(run);
  const report = scheduleSnapshots(text, source, {
    ...scheduleOptions(run, options, options.kubernetesVersion ?? newestVersion),
    onProgress: progress.report,
  });
  progress.clear();
  printDiagnostics(run, report);
  const isUsable = report.cases.length > 0 || !hasErrors(report.diagnostics);
  if (!isUsable) return { report, code: exitCode.cannot };
  return { report, code: hasErrors(report.diagnostics) ? exitCode.findings : exitCode.clean };
}

async function scheduleEstateAt(
  run: CommandRun,
  paths: readonly string[],
  options: ScheduleCommandOptions,
): Promise<Answer | undefined> {
  const input = await readInput(run, paths);
  if (input === undefined) return undefined;
  const { estate } = input;
  if (options.cluster !== undefined && !estate.clusters.some(({ name }) => name === options.cluster)) {
    const names = estate.clusters.map(({ name }) => name).join(", ");
    run.host.stderr.write(`The estate has no cluster "${options.cluster}".\n  hint: it has ${names}\n`);
    return undefined;
  }
  const progress = createProgress(run);
  const report = scheduleEstate(estate, defaultCatalog, {
    ...scheduleOptions(run, options, options.kubernetesVersion),
    nodes: options.nodes,
    ...(options.cluster === undefined ? {} : { cluster: options.cluster }),
    onProgress: progress.report,
  });
  progress.clear();
  printDiagnostics(run, report);
  return { report, code: input.exitCode };
}

function scheduleOptions<Version extends string | undefined>(
  run: CommandRun,
  { percentageOfNodesToScore, seed }: ScheduleCommandOptions,
  kubernetesVersion: Version,
): Omit<ScheduleOptions, "kubernetesVersion"> & { readonly kubernetesVersion: Version } {
  return {
    kubernetesVersion,
    signal: run.host.signal,
    ...(percentageOfNodesToScore === undefined ? {} : { percentageOfNodesToScore }),
    ...(seed === undefined ? {} : { seed }),
  };
}

function printDiagnostics(run: CommandRun, { diagnostics }: ScheduleReport): void {
  const shown = diagnostics.filter(({ severity }) => severity === "error" || (severity === "warning" && !run.quiet));
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, new Map(), run.errorStyle)}\n\n`);
}
