import { type Command, Option } from "commander";
import type { ReportFormat } from "../commands/output.ts";
import type { PlanCommandOptions } from "../commands/plan-options.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseAmount, parseCount, pathsArgument, todayOption } from "./option-values.ts";
import { pricesOption } from "./prices-option.ts";

/** `scantling plan`. */
export function declarePlan({ program, run, onExit }: CommandLine): void {
  program
    .command("plan")
    .summary("clusters, pools, sizes and placement at least cost, proven, with reasons")
    .description(
      "Decides clusters, node pools, VM sizes, zones and counts together for isolation, cost and availability, proves how far from the cheapest it can be, and schedules every pod onto it, also with each zone gone.",
    )
    .argument("[path...]", pathsArgument)
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .addOption(pricesOption())
    .addOption(todayOption())
    .addOption(new Option("--max-clusters <count>", "demand: no more clusters than this in all").argParser(parseCount))
    .addOption(
      new Option("--budget <amount>", "demand: nodes and tiers cost no more than this a month").argParser(parseAmount),
    )
    .option("--no-alternatives", "only the recommended structure and the steps to it")
    .option("--all-steps", "every step, however many there are; in Markdown all are there anyway", false)
    .option("--write", "edit the estate documents and manifests, so that they declare the plan", false)
    .option("--dry-run", "with --write: print the changes as a diff and write nothing", false)
    .action(
      async (paths: string[], options: PlanCommandOptions & { readonly output: ReportFormat }, command: Command) => {
        const { planCommand } = await import("../commands/plan.ts");
        onExit(await planCommand(run(command), paths, options));
      },
    );
}
