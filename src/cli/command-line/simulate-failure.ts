import { type Command, Option } from "commander";
import type { ReportFormat } from "../commands/output.ts";
import type { SimulateFailureCommandOptions } from "../commands/simulate-failure.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseList, pathsArgument } from "./option-values.ts";

/** `scantling simulate failure`. */
export function declareSimulateFailure({ program, run, onExit }: CommandLine): void {
  program
    .command("failure")
    .summary("what is left when a node, pool or zone is lost")
    .description(
      "Loses every zone, pool and node in turn, or what is named together, schedules its pods anew as kube-scheduler does, and says what stays up, what is pending and why. Instead of an estate it takes a cluster as two tables.",
    )
    .argument("[path...]", pathsArgument)
    .option("--node <names>", "lose these nodes, with whatever else is named", parseList)
    .option("--pool <names>", "lose these pools, with whatever else is named", parseList)
    .option("--zone <names>", "lose these zones, with whatever else is named", parseList)
    .option("--all", "lose every zone, pool and node, one at a time (the default)", false)
    .option("--cluster <name>", "only this cluster of the estate")
    .addOption(
      new Option("--node-count <count>", "nodes of each pool of the estate")
        .choices(["planned", "minimum", "maximum"])
        .default("planned"),
    )
    .option("--nodes <file>", "table of nodes (CSV), instead of an estate")
    .option("--pods <file>", "table of running pods (CSV), with --nodes")
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .option("--fail-on-pending", "exit 1 when a failure leaves a pod pending", false)
    .action(
      async (
        paths: string[],
        options: SimulateFailureCommandOptions & { readonly output: ReportFormat },
        command: Command,
      ) => {
        const { simulateFailureCommand } = await import("../commands/simulate-failure.ts");
        onExit(await simulateFailureCommand(run(command), paths, options));
      },
    );
}
