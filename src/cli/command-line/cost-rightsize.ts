import { type Command, Option } from "commander";
import { requestStrategies } from "../../finops/right-sizing/requests/propose-requests.ts";
import type { CostRightsizeOptions } from "../commands/cost-rightsize.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, pathsArgument, todayOption } from "./option-values.ts";
import { pricesOption } from "./prices-option.ts";
import { withUsage } from "./usage-options.ts";

/** `scantling cost rightsize`; `program` is the group. */
export function declareCostRightsize({ program, run, onExit }: CommandLine): void {
  const command = program
    .command("rightsize")
    .summary("requests, idle things and node sizes that cost more than they must")
    .description(
      "Requests by measured usage, idle and orphaned things, and the node size of every pool, with what each takes off the bill.",
    )
    .argument("[path...]", pathsArgument);
  withUsage(command)
    .addOption(
      new Option("--strategy <name>", "histogram: as VPA does; percentile: P95 of CPU and peak of memory, as KRR does")
        .choices(requestStrategies)
        .default("histogram"),
    )
    .option("--workload <name>", "sweep the replicas of one workload against the size of its pods")
    .addOption(pricesOption())
    .addOption(todayOption())
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (paths: string[], options: CostRightsizeOptions, ran: Command) => {
      const { costRightsizeCommand } = await import("../commands/cost-rightsize.ts");
      onExit(await costRightsizeCommand(run(ran), paths, options));
    });
}
