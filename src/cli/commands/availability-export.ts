import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { faultTreeFiles } from "../../operations/availability/export-fault-trees.ts";
import type { CommandRun } from "../command-host.ts";
import { note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { counted, listed } from "../reporters/words.ts";
import { readInput } from "./read-input.ts";

export interface AvailabilityExportOptions {
  readonly to: string;
  readonly force: boolean;
}

/** `scantling availability export [PATH...] --to FOLDER`: one Open-PSA file a journey. */
export async function availabilityExportCommand(
  run: CommandRun,
  paths: readonly string[],
  { to, force }: AvailabilityExportOptions,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const { files, notEvaluable } = faultTreeFiles(input.estate, defaultCatalog);
  for (const { journey, missing } of notEvaluable) {
    run.host.stderr.write(`${journey} is not evaluable, so it has no fault tree: it lacks ${listed(missing)}.\n`);
  }
  const texts = new Map([...files].map(([name, text]) => [`${to}/${name}`, text]));
  const kept = await run.host.writeFiles(texts, { overwrite: force });
  if (kept.length > 0) {
    run.host.stderr.write(`Left alone, as they exist: ${listed(kept)}.\n  hint: --force replaces them\n`);
    return exitCode.cannot;
  }
  note(run, `Wrote ${counted(files.size, "fault tree")} to ${to}`);
  return notEvaluable.length > 0 ? exitCode.findings : input.exitCode;
}
