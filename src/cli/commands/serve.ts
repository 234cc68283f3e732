import type { CommandRun } from "../command-host.ts";
import { note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";

export interface ServeCommandOptions {
  readonly port?: number;
}

/** `scantling serve [PATH...]`: the web UI and its API on loopback, until interrupted. */
export async function serveCommand(
  run: CommandRun,
  paths: readonly string[],
  options: ServeCommandOptions,
): Promise<ExitCode> {
  const folder = paths.length > 0 ? undefined : await run.host.findEstateFolder();
  await run.host.serve(folder === undefined ? paths : [folder], {
    port: options.port,
    onListening: (url) => {
      run.host.stdout.write(`Scantling is at ${url}\n`);
      note(run, "Stop it with Ctrl-C.");
    },
  });
  return exitCode.clean;
}
