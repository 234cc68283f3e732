import { type Command, InvalidArgumentError, Option } from "commander";
import type { ReportFormat } from "../commands/output.ts";
import type { SimulateUpgradeCommandOptions } from "../commands/simulate-upgrade.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, pathsArgument } from "./option-values.ts";

/** `scantling simulate upgrade`. */
export function declareSimulateUpgrade({ program, run, onExit }: CommandLine): void {
  program
    .command("upgrade")
    .summary("how long the upgrade of node pools takes, and what it takes down")
    .description(
      "Upgrades node pools as AKS does: extra nodes, then batch by batch cordon, drain by eviction against the disruption budgets, reimage and soak. Says what blocks, how long each workload goes short, and what the extra nodes cost.",
    )
    .argument("[path...]", pathsArgument)
    .option("--pool <name>", "only this pool")
    .option("--cluster <name>", "only this cluster of the estate")
    .addOption(
      new Option("--max-surge <nodes>", "extra nodes, such as 2 or 33% (default: as declared)").argParser(parseSurge),
    )
    .addOption(
      new Option("--node-count <count>", "nodes of each pool of the estate")
        .choices(["planned", "minimum", "maximum"])
        .default("planned"),
    )
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .option("--fail-on-blocked", "exit 1 when an upgrade cannot finish", false)
    .action(
      async (
        paths: string[],
        options: SimulateUpgradeCommandOptions & { readonly output: ReportFormat },
        command: Command,
      ) => {
        const { simulateUpgradeCommand } = await import("../commands/simulate-upgrade.ts");
        onExit(await simulateUpgradeCommand(run(command), paths, options));
      },
    );
}

function parseSurge(text: string): string {
  if (!/^\d+%?$/.test(text)) throw new InvalidArgumentError("Write it as 2 or 33%.");
  return text;
}
