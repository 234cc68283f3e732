import { type Command, Option } from "commander";
import {
  type ApplicationPattern,
  type ApplicationStore,
  applicationPatterns,
  applicationStores,
} from "../../operations/init/application-template.ts";
import type { CommandLine } from "./command-line.ts";

/** `scantling init`. */
export function declareInit(commandLine: CommandLine): void {
  const { program, run, onExit } = commandLine;
  const init = program
    .command("init")
    .summary("write the estate documents that a repository lacks, or a reference application")
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
  declareInitApp(init, commandLine);
}

/** `scantling init app`. */
function declareInitApp(init: Command, { run, onExit }: CommandLine): void {
  init
    .command("app")
    .summary("write a reference application: event-sourced orders")
    .description(
      "Writes a small TypeScript application into an empty folder: event-sourced orders, projections, outbox, saga, tests, manifests, and the estate documents that go with them. From then on it is yours.\n\norders: any replica writes any stream, with expected versions. orders-actor: one writer per stream, with leases and fencing tokens.",
    )
    .addOption(
      new Option("--pattern <pattern>", "form of the application").choices(applicationPatterns).default("orders"),
    )
    .addOption(
      new Option("--store <store>", "where it keeps its data").choices(applicationStores).default("postgresql"),
    )
    .option("--to <folder>", "folder to write to, empty or absent", "orders")
    .action(async (options: { pattern: ApplicationPattern; store: ApplicationStore; to: string }, command: Command) => {
      const { initAppCommand } = await import("../commands/init-app.ts");
      // An option of the same name of `init` takes what is written after `app` too.
      const to = init.getOptionValueSource("to") === "cli" ? init.opts<{ to: string }>().to : options.to;
      onExit(await initAppCommand(run(command), { pattern: options.pattern, store: options.store, to }));
    });
}
