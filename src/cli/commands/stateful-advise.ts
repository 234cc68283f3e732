import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { didYouMean, shorten } from "../../estate/diagnostics/wording.ts";
import { memorySources } from "../../estate/sources/memory-sources.ts";
import { adviseStores } from "../../operations/stateful/stateful-advise.ts";
import { type StoreNeedInBrief, storeNeedDocument } from "../../operations/stateful/store-need-document.ts";
import type { CommandRun } from "../command-host.ts";
import { note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { storeAdviceDocument } from "../reporters/store-advice-document.ts";
import { printReport, type ReportFormat } from "./output.ts";
import { type Input, readInput } from "./read-input.ts";

export interface StatefulAdviseCommandOptions extends StoreNeedInBrief {
  readonly store?: string;
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** `scantling stateful advise [PATH...]`, or with a need by options. */
export async function statefulAdviseCommand(
  run: CommandRun,
  paths: readonly string[],
  { store, output, outputFile, ...need }: StatefulAdviseCommandOptions,
): Promise<ExitCode> {
  const hasNeed = Object.keys(need).length > 0;
  if (hasNeed && (paths.length > 0 || store !== undefined)) {
    run.host.stderr.write(
      "A need is described by options or by documents, not by both.\n  hint: leave out the paths and --store, or the options of the need\n",
    );
    return exitCode.cannot;
  }
  const input = hasNeed ? await readNeed(run, need) : await readInput(run, paths, { needsManifests: false });
  if (input === undefined) return exitCode.cannot;
  const report = adviseStores(input.estate, defaultCatalog, store);
  if (store !== undefined && report.stores.length + report.notEvaluable.length === 0) {
    const names = input.estate.dataStores.map(({ name }) => name);
    run.host.stderr.write(`There is no DataStore ${shorten(store)}.\n  hint: ${didYouMean(store, names)}\n`);
    return exitCode.cannot;
  }
  const document = () => storeAdviceDocument(report);
  await printReport(run, { data: report, document, everyRow: true }, output, outputFile);
  return input.exitCode;
}

function readNeed(run: CommandRun, need: StoreNeedInBrief): Promise<Input | undefined> {
  if ((need.rto ?? need.rpo) !== undefined && need.scope === undefined) {
    note(run, "RTO and RPO are taken for the loss of a zone; --scope says otherwise.");
  }
  const sources = { read: () => Promise.resolve(memorySources({ "need.json": storeNeedDocument(need) })) };
  return readInput(run, ["need.json"], { needsManifests: false, sources });
}
