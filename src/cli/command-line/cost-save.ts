import { type Command, Option } from "commander";
import type { CostSaveOptions } from "../commands/cost-save.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, pathsArgument, todayOption } from "./option-values.ts";
import { pricesOption } from "./prices-option.ts";
import { withUsage } from "./usage-options.ts";

/** `scantling cost save`; `program` is the group. */
export function declareCostSave({ program, run, onExit }: CommandLine): void {
  const command = program
    .command("save")
    .summary("how to pay less: every measure in one ranked list, overlaps counted once")
    .description(
      "Unused things, requests, node counts and sizes, hours, spot, tiers, redundancy and commitments in one list: what each saves alone, beside those above it, what it asks, and what it does to journeys.",
    )
    .argument("[path...]", pathsArgument);
  withUsage(command)
    .addOption(pricesOption())
    .addOption(todayOption())
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (paths: string[], options: CostSaveOptions, ran: Command) => {
      const { costSaveCommand } = await import("../commands/cost-save.ts");
      onExit(await costSaveCommand(run(ran), paths, options));
    });
}
