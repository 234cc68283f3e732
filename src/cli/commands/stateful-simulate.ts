import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { nearestName } from "../../estate/diagnostics/nearest-name.ts";
import type { DataStore } from "../../estate/model/service.ts";
import {
  type ConsistencyOptions,
  simulateConsistency,
} from "../../operations/stateful/consistency/simulate-consistency.ts";
import type { CommandRun } from "../command-host.ts";
import { createProgress } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { consistencyDocument } from "../reporters/consistency-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { printDiagnostics } from "./print-diagnostics.ts";
import { readInput } from "./read-input.ts";
import { readSeriesText } from "./read-series-text.ts";

export interface StatefulSimulateCommandOptions
  extends Omit<ConsistencyOptions, "store" | "faults" | "latency" | "keepsToken" | "onProgress" | "signal"> {
  readonly store?: string;
  /** `kind:region` or `partition:region/other`. */
  readonly fault?: readonly string[];
  readonly loseToken?: boolean;
  /** A JSON file of delays. */
  readonly latency?: string;
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling stateful simulate [paths...]`. */
export async function statefulSimulateCommand(
  run: CommandRun,
  paths: readonly string[],
  { store: name, fault, loseToken, latency: file, output, outputFile, ...options }: StatefulSimulateCommandOptions,
): Promise<ExitCode> {
  const store = name === undefined ? undefined : await findStore(run, paths, name);
  if (name !== undefined && store === undefined) return exitCode.cannot;
  const text = file === undefined ? undefined : await readSeriesText(run, file);
  if (file !== undefined && text === undefined) return exitCode.cannot;
  const progress = createProgress(run);
  const report = simulateConsistency(
    {
      ...options,
      ...(store === undefined ? {} : { store }),
      ...(fault === undefined ? {} : { faults: fault.map(parseFault) }),
      ...(loseToken === true ? { keepsToken: false } : {}),
      ...(file === undefined || text === undefined ? {} : { latency: { file, text } }),
      onProgress: progress.report,
      signal: run.host.signal,
    },
    defaultCatalog,
  );
  progress.clear();
  printDiagnostics(run, report.diagnostics, new Map());
  if (report.notEvaluable.length > 0) return exitCode.cannot;
  await printReport(
    run,
    { data: report, document: () => consistencyDocument(report), everyRow: true },
    output,
    outputFile,
  );
  return exitCode.clean;
}

async function findStore(run: CommandRun, paths: readonly string[], name: string): Promise<DataStore | undefined> {
  const input = await readInput(run, paths);
  if (input === undefined) return undefined;
  const { dataStores } = input.estate;
  const store = dataStores.find((each) => each.name === name);
  if (store !== undefined) return store;
  const names = dataStores.map((each) => each.name);
  const near = nearestName(name, names);
  const hint = near === undefined ? `it has ${names.join(", ") || "none"}` : `did you mean ${near}?`;
  run.host.stderr.write(`The estate has no DataStore "${name}".\n  hint: ${hint}\n`);
  return undefined;
}

function parseFault(text: string): { readonly kind: string; readonly region: string; readonly otherRegion?: string } {
  const [kind = "", place = ""] = text.split(":");
  const [region = "", otherRegion] = place.split("/");
  return { kind, region, ...(otherRegion === undefined ? {} : { otherRegion }) };
}
