import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { simulateEstateLoad } from "../../operations/simulation/simulate-load.ts";
import type { SeriesInput } from "../../operations/simulation/simulate-load-demand.ts";
import { type LoadStrategy, loadStrategies } from "../../operations/simulation/simulate-load-report.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";
import { loadSimulationDocument } from "../reporters/load-simulation-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { readInput } from "./read-input.ts";
import { textBeside } from "./text-beside.ts";

export interface SimulateLoadCommandOptions {
  readonly series?: string;
  readonly timeColumn?: string;
  readonly column?: string;
  readonly scale?: number;
  readonly gaps: "hold" | "zero" | "interpolate";
  readonly days: number;
  readonly start?: string;
  readonly entryPoint?: string;
  readonly environment?: string;
  readonly cluster?: string;
  readonly perReplica?: number;
  readonly strategy?: string;
  readonly seed: number;
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling simulate load [PATH...]`: strategies side by side under one demand. */
export async function simulateLoadCommand(
  run: CommandRun,
  paths: readonly string[],
  options: SimulateLoadCommandOptions,
): Promise<ExitCode> {
  const strategies = options.strategy === undefined ? undefined : readStrategies(options.strategy);
  if (strategies !== undefined && "unknown" in strategies) {
    return refuse(run, `There is no strategy "${strategies.unknown}".`, `strategies are ${loadStrategies.join(", ")}`);
  }
  const startSeconds = options.start === undefined ? undefined : Date.parse(options.start) / 1000;
  if (Number.isNaN(startSeconds)) {
    return refuse(run, `"${options.start}" is no instant.`, "write it as 2026-11-15T00:00:00Z");
  }
  const series = options.series === undefined ? undefined : await readSeriesFile(run, options.series, options);
  if (series === "missing") {
    return refuse(run, `The series ${options.series} cannot be read.`, "name a CSV file with a header");
  }
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const progress = createProgress(run);
  const { entryPoint, environment, cluster, perReplica, days, seed } = options;
  const report = simulateEstateLoad(input.estate, defaultCatalog, {
    ...(entryPoint === undefined ? {} : { entryPoint }),
    ...(environment === undefined ? {} : { environment }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(perReplica === undefined ? {} : { perReplica }),
    ...(series === undefined ? {} : { series }),
    ...(startSeconds === undefined ? {} : { startSeconds }),
    textOf: (profile, file) => textBeside(input.sources, profile, file),
    days,
    seed,
    ...(strategies === undefined ? {} : { strategies: strategies.names }),
    today: run.host.today(),
    onProgress: progress.report,
    signal: run.host.signal,
  });
  progress.clear();
  if ("problem" in report) return refuse(run, `${report.problem.replace(/\.$/, "")}.`, report.hint);
  const shown = report.diagnostics.filter(
    ({ severity }) => severity === "error" || (severity === "warning" && !run.quiet),
  );
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, new Map(), run.errorStyle)}\n\n`);
  const document = () => loadSimulationDocument(report);
  await printReport(run, { data: report, document, everyRow: true }, options.output, options.outputFile);
  return input.exitCode;
}

function refuse(run: CommandRun, problem: string, hint: string): ExitCode {
  run.host.stderr.write(`${problem}\n  hint: ${hint}\n`);
  return exitCode.cannot;
}

function readStrategies(text: string): { readonly names: readonly LoadStrategy[] } | { readonly unknown: string } {
  const names: LoadStrategy[] = [];
  for (const name of text.split(",").map((each) => each.trim())) {
    const known = loadStrategies.find((each) => each === name);
    if (known === undefined) return { unknown: name };
    if (!names.includes(known)) names.push(known);
  }
  return { names };
}

async function readSeriesFile(
  run: CommandRun,
  path: string,
  { timeColumn, column, gaps, scale }: SimulateLoadCommandOptions,
): Promise<SeriesInput | "missing"> {
  const { texts } = await run.host.sources.read([path], { signal: run.host.signal });
  const [text] = texts.values();
  if (text === undefined) return "missing";
  const source = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return { text, options: { source, timeColumn, valueColumn: column, startSeconds: undefined, gaps }, scale };
}
