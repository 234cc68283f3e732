import { type Command, InvalidArgumentError, Option } from "commander";
import type { CostScalingOptions } from "../commands/cost-scaling.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseCount, pathsArgument, todayOption } from "./option-values.ts";

/**
 * `scantling cost scaling`; `program` is the group. A command of its own and no option of `compare`: that one prices the
 * whole estate paid for in other ways, this one plays one workload under its demand.
 */
export function declareCostScaling({ program, run, onExit }: CommandLine): void {
  program
    .command("scaling")
    .summary("what scaling strategies cost a workload, and where they break even")
    .description(
      "Autoscaler, pre-scaling, KEDA to zero, off-hours, Container Apps and Functions for one workload under its declared demand: cost, demand lost, cold starts; and from which duty cycle on what is always there is cheaper than what is paid by use.",
    )
    .argument("[path...]", pathsArgument)
    .option(
      "--workload <name>",
      "workload, such as shop/web (default: behind the entry point that costs most when down)",
    )
    .option("--environment <name>", "environment of it (default: the last of promotion)")
    .option("--cluster <name>", "cluster of it (default: in the primary region)")
    .addOption(new Option("--days <count>", "length of the simulation").argParser(parseDays).default(7))
    .option("--start <instant>", "where it starts, such as 2026-11-15T00:00:00Z (default: today)")
    .addOption(
      new Option("--per-replica <units>", "units a second that one replica serves (default: as declared)").argParser(
        parsePositive,
      ),
    )
    .addOption(
      new Option("--bursts-per-day <count>", "bursts in which a duty cycle comes, for the curves")
        .argParser(parsePositive)
        .default(1),
    )
    .addOption(new Option("--seed <number>", "the same seed gives the same run").argParser(parseCount).default(1))
    .addOption(todayOption())
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (paths: string[], options: CostScalingOptions, command: Command) => {
      const { costScalingCommand } = await import("../commands/cost-scaling.ts");
      onExit(await costScalingCommand(run(command), paths, options));
    });
}

const mostDays = 366;

function parseDays(text: string): number {
  const days = parsePositive(text);
  if (days > mostDays) throw new InvalidArgumentError(`Write a number of days up to ${mostDays}.`);
  return days;
}

function parsePositive(text: string): number {
  const value = /^\d{1,9}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value > 0)) throw new InvalidArgumentError("Write a number above zero.");
  return value;
}
