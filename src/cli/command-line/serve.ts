import type { Command } from "commander";
import type { CommandLine } from "./command-line.ts";
import { parsePort, pathsArgument } from "./option-values.ts";

/** `scantling serve`. */
export function declareServe({ program, run, onExit }: CommandLine): void {
  program
    .command("serve")
    .summary("serve the web UI and its API")
    .description(
      "Serves the web UI and a JSON API (GET /openapi.json) on loopback; the next free port is taken when the default one is busy.",
    )
    .argument("[path...]", pathsArgument)
    .option("--port <number>", "port to listen on", parsePort)
    .action(async (paths: string[], options: { port?: number }, command: Command) => {
      const { serveCommand } = await import("../commands/serve.ts");
      onExit(await serveCommand(run(command), paths, options));
    });
}
