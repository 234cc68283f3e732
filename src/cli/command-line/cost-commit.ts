import { type Command, InvalidArgumentError, Option } from "commander";
import type { CostCommitOptions } from "../commands/cost-commit.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseCount, pathsArgument, todayOption } from "./option-values.ts";
import { pricesOption } from "./prices-option.ts";

/** `scantling cost commit`; `program` is the group. */
export function declareCostCommit({ program, run, onExit }: CommandLine): void {
  program
    .command("commit")
    .summary("which reservations and savings plans to buy, and how sure that is")
    .description(
      "The cheapest mix of reservations, savings plans, spot and pay as you go for the hours that nodes run, by exact optimisation in the order in which Azure applies them; with break-even hours, and what happens when demand falls or prices move.",
    )
    .argument("[path...]", pathsArgument)
    .addOption(new Option("--term <years>", "terms that may be bought").choices(["1", "3", "any"]).default("any"))
    .option("--no-reservations", "leave reservations out")
    .option("--no-savings-plan", "leave savings plans out")
    .option("--no-spot", "leave spot out")
    .addOption(
      new Option("--months <count>", "how long the estate runs, 1 to 36 (default: the longest term)").argParser(
        parseMonths,
      ),
    )
    .addOption(
      new Option("--growth <percent>", "growth of the number of nodes a month, such as 2% or -1.5%")
        .argParser(parseGrowth)
        .default(0),
    )
    .addOption(
      new Option("--fall <percent>", "largest fall of demand that is played, such as 30%")
        .argParser(parseFall)
        .default(30),
    )
    .option("--stop-outside-hours", "count clusters as stopped outside the hours of their environments")
    .option("--node-hours <file>", "measured nodes as CSV: time,pool,nodes and cluster, - for standard input")
    .option("--simulate-load", "take the nodes of a simulation where load is declared")
    .addOption(new Option("--days <count>", "days to simulate, from today on").argParser(parseDays).default(28))
    .addOption(
      new Option("--seed <number>", "the same seed gives the same simulation").argParser(parseCount).default(1),
    )
    .addOption(pricesOption())
    .addOption(todayOption())
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (paths: string[], options: CostCommitOptions, command: Command) => {
      const { costCommitCommand } = await import("../commands/cost-commit.ts");
      onExit(await costCommitCommand(run(command), paths, options));
    });
}

const mostMonths = 36;
const mostDays = 366;
const mostGrowth = 20;

function parseMonths(text: string): number {
  const months = parseCount(text);
  if (months < 1 || months > mostMonths) throw new InvalidArgumentError(`Write a number from 1 to ${mostMonths}.`);
  return months;
}

function parseDays(text: string): number {
  const days = parseCount(text);
  if (days < 1 || days > mostDays) throw new InvalidArgumentError(`Write a number from 1 to ${mostDays}.`);
  return days;
}

function parseGrowth(text: string): number {
  const percent = parsePercent(text);
  if (Math.abs(percent) > mostGrowth)
    throw new InvalidArgumentError(`Write a percentage from -${mostGrowth}% to ${mostGrowth}%.`);
  return percent;
}

function parseFall(text: string): number {
  const percent = parsePercent(text);
  if (percent < 0 || percent > 100) throw new InvalidArgumentError("Write a percentage from 0% to 100%.");
  return percent;
}

function parsePercent(text: string): number {
  const match = /^([+-]?\d+(?:\.\d+)?) ?%?$/.exec(text.trim());
  if (match === null) throw new InvalidArgumentError("Write a percentage, such as 2%.");
  return Number(match[1]);
}
