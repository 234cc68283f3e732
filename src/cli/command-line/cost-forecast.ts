import { type Command, InvalidArgumentError, Option } from "commander";
import { type PriceChange, parsePriceChange } from "../../finops/forecast/known-steps.ts";
import type { CostForecastCommandOptions } from "../commands/cost-forecast.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseCount, pathsArgument, todayOption } from "./option-values.ts";

/** `scantling cost forecast`; `program` is the group. */
export function declareCostForecast({ program, run, onExit }: CommandLine): void {
  program
    .command("forecast")
    .summary("what it will cost, budgets, anomalies, unit costs")
    .description(
      "Months ahead by tenant, with 80 % intervals from a history of costs, or from what is declared alone; when budgets are passed, what stood out, and what a request or an order costs.",
    )
    .argument("[path...]", pathsArgument)
    .option("--history <file>", "costs by day or month as CSV: date,tenant,cost, FOCUS, or an Azure cost export")
    .addOption(new Option("--months <count>", "months after the current one").argParser(parseMonths).default(12))
    .addOption(
      new Option("--growth <percent>", "growth of the declared demand a month, such as 2%").argParser(parseGrowth),
    )
    .addOption(
      new Option(
        "--price-change <change>",
        "a price that changes, such as 2027-01-01=+3% or retail:2027-01-01=-5%; may stand several times",
      ).argParser(parseChange),
    )
    .addOption(todayOption())
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (paths: string[], options: CostForecastCommandOptions, command: Command) => {
      const { costForecastCommand } = await import("../commands/cost-forecast.ts");
      onExit(await costForecastCommand(run(command), paths, options));
    });
}

const mostMonths = 36;

function parseMonths(text: string): number {
  const months = parseCount(text);
  if (months > mostMonths) throw new InvalidArgumentError(`Write a number of months up to ${mostMonths}.`);
  return months;
}

function parseGrowth(text: string): number {
  const match = /^([+-]?\d{1,3}(?:\.\d+)?)\s*%?$/.exec(text);
  const percent = Number(match?.[1]);
  if (match === null || percent <= -100 || percent > 100)
    throw new InvalidArgumentError("Write a percentage a month, such as 2%.");
  return percent / 100;
}

function parseChange(text: string, before: readonly PriceChange[] = []): readonly PriceChange[] {
  const change = parsePriceChange(text);
  if (change === undefined) throw new InvalidArgumentError("Write it as 2027-01-01=+3% or TENANT:2027-01-01=-5%.");
  return [...before, change];
}
