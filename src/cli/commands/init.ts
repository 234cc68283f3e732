import { initializeEstate } from "../../operations/init/init.ts";
import type { CommandRun } from "../command-host.ts";
import { note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { counted } from "../reporters/words.ts";
import { readInput } from "./read-input.ts";

export interface InitCommandOptions {
  /** Folder or file of manifests that the documents are written for. */
  readonly from: string;
  /** Folder to write to. */
  readonly to: string;
  readonly force: boolean;
}

/** `scantling init --from PATH`: writes the estate documents that a repository lacks, assumptions filled in as values to correct. */
export async function initCommand(run: CommandRun, options: InitCommandOptions): Promise<ExitCode> {
  const input = await readInput(run, [options.from]);
  if (input === undefined) return exitCode.cannot;
  const { workingFolder } = run.host;
  const initOptions = {
    manifests: options.from,
    folder: options.to,
    ...(workingFolder === undefined ? {} : { startedIn: workingFolder }),
  };
  const files = new Map(
    [...initializeEstate(input.estate, initOptions)].map(([path, text]) => [joinPath(options.to, path), text]),
  );
  const kept = await run.host.writeFiles(files, { overwrite: options.force });
  const written = [...files.keys()].filter((path) => !kept.includes(path));
  for (const path of written) run.host.stdout.write(`${path}\n`);
  if (kept.length > 0) {
    run.host.stderr.write(
      `${counted(kept.length, "file")} exist already and were left alone: ${kept.join(", ")}\n  hint: --force replaces them\n`,
    );
    return exitCode.findings;
  }
  note(run, `Wrote ${counted(written.length, "file")}; correct the values, then: scantling assess ${options.to}`);
  return input.exitCode;
}

function joinPath(folder: string, path: string): string {
  return folder === "." || folder === "" ? path : `${folder.replace(/\/+$/, "")}/${path}`;
}
