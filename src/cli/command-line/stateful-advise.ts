import { Option } from "commander";
import type { StatefulAdviseCommandOptions } from "../commands/stateful-advise.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, pathsArgument } from "./option-values.ts";

/** `scantling stateful advise`. */
export function declareStatefulAdvise({ program, run, onExit }: CommandLine): void {
  program
    .command("advise")
    .summary("which store each DataStore asks for, what is rejected, and what would flip the answer")
    .description(
      "Filters every service and disk by what a DataStore must hold to (invariants, consistency, latency, recovery), ranks what is left by cost, people and downtime, and names the nearest change that gives another answer. A need without an estate is one DataStore document on standard input.",
    )
    .argument("[path...]", pathsArgument)
    .option("--store <name>", "only this DataStore")
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (paths: string[], options: StatefulAdviseCommandOptions, command) => {
      const { statefulAdviseCommand } = await import("../commands/stateful-advise.ts");
      onExit(await statefulAdviseCommand(run(command), paths, options));
    });
}
