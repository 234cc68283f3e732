import { type Command, InvalidArgumentError, Option } from "commander";
import { parseUnavailability } from "../../estate/quantities/percentage.ts";
import type { SimulateRolloutCommandOptions } from "../commands/simulate-rollout.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseCount, parseList } from "./option-values.ts";

const mostRuns = 100_000;

/** `scantling simulate rollout`. */
export function declareSimulateRollout({ program, run, onExit }: CommandLine): void {
  program
    .command("rollout")
    .summary("what a rollout policy catches, exposes and falsely rolls back")
    .description(
      "Evaluates Flagger Canaries, Argo Rollouts with their AnalysisTemplates, Deployments and feature flags at given traffic: exactly, as a Markov chain over the controller's own rules, checked by simulation.",
    )
    .requiredOption("--policy <files>", "files of policies, - for standard input; parted by commas", parseList)
    .addOption(
      new Option("--rps <numbers>", "requests a second of the whole service; several parted by commas")
        .argParser(parseTraffic)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option("--error-rate <share>", "share of requests that the regressed version fails, such as 0.02 or 2%")
        .argParser(parseShare)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        "--healthy-error-rate <share>",
        "the same of a healthy version (default: a tenth of what is permitted)",
      ).argParser(parseShare),
    )
    .addOption(
      new Option("--slow-rate <share>", "share of its requests that are slower than a latency metric permits")
        .argParser(parseShare)
        .default(0),
    )
    .addOption(
      new Option("--objective <percentage>", "share that must be good in 30 days (default: 99.9%)").argParser(
        parseObjective,
      ),
    )
    .addOption(
      new Option("--approval-minutes <minutes>", "until a person goes on after a pause without duration").argParser(
        parsePositive,
      ),
    )
    .addOption(new Option("--start-seconds <seconds>", "until a new pod is ready").argParser(parsePositive))
    .addOption(
      new Option("--match-share <percentage>", "share of the users that an A/B match selects, such as 10").argParser(
        parsePercentage,
      ),
    )
    .option("--estate <paths>", "price blue and green side by side from this estate; parted by commas", parseList)
    .option("--propose", "search for policies that keep the bounds at each traffic", false)
    .addOption(new Option("--runs <count>", "simulated rollouts, as a check").argParser(parseRuns).default(2000))
    .addOption(new Option("--seed <number>", "the same seed gives the same runs").argParser(parseCount).default(1))
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (options: SimulateRolloutCommandOptions, command: Command) => {
      const { simulateRolloutCommand } = await import("../commands/simulate-rollout.ts");
      onExit(await simulateRolloutCommand(run(command), options));
    });
}

function parseTraffic(text: string, before: readonly number[] = []): readonly number[] {
  return [...before, ...parseList(text).map(parsePositive)];
}

function parsePositive(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value > 0 && value <= 1_000_000)) throw new InvalidArgumentError("Write a number above 0, up to 1000000.");
  return value;
}

function parsePercentage(text: string): number {
  const value = parsePositive(text.replace(/%$/, ""));
  if (value > 100) throw new InvalidArgumentError("Write a percentage above 0, up to 100.");
  return value;
}

function parseShare(text: string): number {
  const [, digits, sign] = /^(\d+(?:\.\d+)?|\.\d+)(%?)$/.exec(text) ?? [];
  const value = digits === undefined ? Number.NaN : Number(sign === "%" ? `${digits}e-2` : digits);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError("Write a share from 0 to 1, such as 0.02 or 2%.");
  return value;
}

function parseObjective(text: string): number {
  const budget = parseUnavailability(text.endsWith("%") ? text : `${text}%`);
  if (budget === undefined || budget <= 0 || budget >= 1) {
    throw new InvalidArgumentError("Write a percentage above 0 and below 100, such as 99.9%.");
  }
  return budget;
}

function parseRuns(text: string): number {
  const runs = parseCount(text);
  if (runs < 1 || runs > mostRuns) throw new InvalidArgumentError(`Write a number from 1 to ${mostRuns}.`);
  return runs;
}
