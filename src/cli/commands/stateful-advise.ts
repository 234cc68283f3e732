import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { didYouMean, shorten } from "../../estate/diagnostics/wording.ts";
import { adviseStores } from "../../operations/stateful/stateful-advise.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { storeAdviceDocument } from "../reporters/store-advice-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { readInput } from "./read-input.ts";

export interface StatefulAdviseCommandOptions {
  readonly store?: string;
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling stateful advise [PATH...]`. */
export async function statefulAdviseCommand(
  run: CommandRun,
  paths: readonly string[],
  { store, output, outputFile }: StatefulAdviseCommandOptions,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const names = input.estate.dataStores.map(({ name }) => name);
  if (store !== undefined && !names.includes(store)) {
    run.host.stderr.write(`There is no DataStore ${shorten(store)}.\n  hint: ${didYouMean(store, names)}\n`);
    return exitCode.cannot;
  }
  const report = adviseStores(input.estate, defaultCatalog, store);
  const document = () => storeAdviceDocument(report);
  await printReport(run, { data: report, document, everyRow: true }, output, outputFile);
  return input.exitCode;
}
