import type { Command } from "commander";
import type { CommandLine } from "./command-line.ts";

/** `scantling init`. */
export function declareInit({ program, run, onExit }: CommandLine): void {
  program
    .command("init")
    .summary("write the estate documents that a repository lacks")
    .description(
      "Reads manifests and writes Estate, Cluster, Tenant and Application documents, with every assumption filled in as a value to correct.",
    )
    .option("--from <path>", "folder or file of manifests", ".")
    .option("--to <folder>", "folder to write the documents to", ".")
    .option("--force", "replace documents that exist", false)
    .action(async (options: { from: string; to: string; force: boolean }, command: Command) => {
      const { initCommand } = await import("../commands/init.ts");
      onExit(await initCommand(run(command), options));
    });
}
