import { type Command, InvalidArgumentError, Option } from "commander";
import type { ReportFormat } from "../commands/output.ts";
import type { SimulateLoadCommandOptions } from "../commands/simulate-load.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseCount, pathsArgument } from "./option-values.ts";

/** `scantling simulate load`; `program` is the group. */
export function declareSimulateLoad({ program, run, onExit }: CommandLine): void {
  program
    .command("load")
    .summary("what demand over time costs, and what is not served, by scaling strategy")
    .description(
      "Plays demand through an entry point: autoscalers, scheduler, nodes that boot. Sets strategies side by side by cost, cold starts and demand not served.",
    )
    .argument("[path...]", pathsArgument)
    .option("--series <file>", "measured demand as CSV (default: the LoadProfile of the entry point)")
    .option("--time-column <name>", "column of the times (default: the first)")
    .option("--column <name>", "column of the values (default: the last)")
    .addOption(
      new Option("--scale <factor>", "factor on every value (default: to the peak of the LoadProfile)").argParser(
        parsePositive,
      ),
    )
    .addOption(
      new Option("--gaps <meaning>", "what missing rows mean").choices(["hold", "zero", "interpolate"]).default("hold"),
    )
    .addOption(
      new Option("--days <count>", "length of the simulation, around the peak of a series")
        .argParser(parseDays)
        .default(30),
    )
    .option("--start <instant>", "where it starts, such as 2026-11-15T00:00:00Z (default: so that the peak is inside)")
    .option("--entry-point <name>", "entry point that the demand comes to (default: the first with a LoadProfile)")
    .option("--environment <name>", "environment of it (default: the last of promotion)")
    .option("--cluster <name>", "cluster that takes the demand (default: in the primary region)")
    .addOption(
      new Option("--per-replica <units>", "units a second that one replica serves (default: as declared)").argParser(
        parsePositive,
      ),
    )
    .option(
      "--strategy <names>",
      "reactive, prescaled, scale-to-zero, off-hours, serverless, functions, fixed; parted by commas (default: reactive, prescaled, scale-to-zero, serverless, and off-hours where the environment has hours)",
    )
    .addOption(new Option("--seed <number>", "the same seed gives the same run").argParser(parseCount).default(1))
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(
      async (
        paths: string[],
        options: SimulateLoadCommandOptions & { readonly output: ReportFormat },
        command: Command,
      ) => {
        const { simulateLoadCommand } = await import("../commands/simulate-load.ts");
        onExit(await simulateLoadCommand(run(command), paths, options));
      },
    );
}

const mostDays = 366;

function parseDays(text: string): number {
  const days = parsePositive(text);
  if (days > mostDays) throw new InvalidArgumentError(`Write a number of days up to ${mostDays}.`);
  return days;
}

function parsePositive(text: string): number {
  const value = /^\d+(\.\d+)?(e-?\d{1,2})?$/i.test(text) ? Number(text) : Number.NaN;
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError("Write a number above zero.");
  return value;
}
