import { InvalidArgumentError, Option } from "commander";
import { parsePrometheusDuration } from "../../availability/slo/prometheus-duration.ts";
import { parseUnavailability } from "../../estate/quantities/percentage.ts";
import type { SloBudgetCommandOptions } from "../commands/slo-budget.ts";
import type { SloProposeCommandOptions } from "../commands/slo-propose.ts";
import type { SloRulesCommandOptions } from "../commands/slo-rules.ts";
import type { SloSimulateCommandOptions } from "../commands/slo-simulate.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseCount, pathsArgument, todayOption } from "./option-values.ts";

/** `scantling slo` and what belongs to it. */
export function declareSlo(line: CommandLine): void {
  const group = line.program
    .command("slo")
    .summary("service level objectives: rules, alerts, error budgets")
    .description("Turns OpenSLO documents into Prometheus rules, plays their alerts, and keeps their error budgets.");
  const own = { ...line, program: group };
  declareRules(own);
  declareSimulate(own);
  declareBudget(own);
  declarePropose(own);
}

function outputOption(): Option {
  return new Option("-o, --output <format>", "output format of the report").choices(formats).default("table");
}

function declareRules({ program, run, onExit }: CommandLine): void {
  program
    .command("rules")
    .summary("Prometheus rules of every SLO, and what each alert does")
    .description(
      "Writes recordings of the error ratios, metadata and multi-window burn-rate alerts, under the names of Sloth. With --to the report says when each alert fires and resets.",
    )
    .argument("[path...]", pathsArgument)
    .option("--to <folder>", "write one file an SLO into this folder (default: all to standard output)")
    .option("--force", "overwrite files that are there", false)
    .addOption(
      new Option("--form <form>", "custom resource of the Prometheus operator, or plain rule file")
        .choices(["prometheusRule", "file"])
        .default("prometheusRule"),
    )
    .addOption(
      new Option("--windows <list>", "windows in the place of the declared ones, such as 28d,30d")
        .argParser(parseWindows)
        .default([], "as declared"),
    )
    .addOption(
      new Option("--minimum-errors <count>", "no alert on fewer errors than this in the long window")
        .argParser(parseCount)
        .default(0),
    )
    .addOption(
      new Option("--rps <number>", "requests a second, for false alarms (default: the declared load)").argParser(
        parsePositive,
      ),
    )
    .addOption(outputOption())
    .option("--output-file <file>", "write the report to a file instead of standard output")
    .action(async (paths: string[], options: SloRulesCommandOptions, command) => {
      const { sloRulesCommand } = await import("../commands/slo-rules.ts");
      onExit(await sloRulesCommand(run(command), paths, options));
    });
}

function declareSimulate({ program, run, onExit }: CommandLine): void {
  program
    .command("simulate")
    .summary("which burn-rate alerts a series of events would have fired")
    .description(
      "Plays the alerts of an objective over a CSV of time, good (or bad) and total events per step, as Prometheus would evaluate them.",
    )
    .requiredOption("--series <file>", "CSV file, - for standard input")
    .addOption(
      new Option("--objective <percentage>", "share that must be good").argParser(parseObjective).makeOptionMandatory(),
    )
    .addOption(
      new Option("--window <duration>", "window of the objective").argParser(parseWindow).default(2_592_000, "30d"),
    )
    .addOption(outputOption())
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (options: SloSimulateCommandOptions, command) => {
      const { sloSimulateCommand } = await import("../commands/slo-simulate.ts");
      onExit(await sloSimulateCommand(run(command), options));
    });
}

function declareBudget({ program, run, onExit }: CommandLine): void {
  program
    .command("budget")
    .summary("error budgets: spent, left, forecast, and what to do with them")
    .description(
      "Says of each SLO how much of its budget the modelled outages will take and, with a series, how much is spent; what the error budget policy asks for, and what budget left is good for.",
    )
    .argument("[path...]", pathsArgument)
    .option("--series <file>", "CSV of time, good (or bad) and total events per step")
    .option("--slo <name>", "only this SLO; needed with --series where there are several")
    .addOption(todayOption())
    .addOption(outputOption())
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (paths: string[], options: SloBudgetCommandOptions, command) => {
      const { sloBudgetCommand } = await import("../commands/slo-budget.ts");
      onExit(await sloBudgetCommand(run(command), paths, options));
    });
}

function declarePropose({ program, run, onExit }: CommandLine): void {
  program
    .command("propose")
    .summary("SLIs and KPIs that fit the workloads, where none is declared")
    .description(
      "Proposes indicators of requests, latency, queue age and saturation, and the unit cost as a KPI; with --to as OpenSLO documents.",
    )
    .argument("[path...]", pathsArgument)
    .option("--to <folder>", "write one OpenSLO document an SLI into this folder")
    .option("--force", "overwrite files that are there", false)
    .addOption(outputOption())
    .option("--output-file <file>", "write the report to a file instead of standard output")
    .action(async (paths: string[], options: SloProposeCommandOptions, command) => {
      const { sloProposeCommand } = await import("../commands/slo-propose.ts");
      onExit(await sloProposeCommand(run(command), paths, options));
    });
}

function parseWindows(text: string): readonly number[] {
  return text.split(",").map((each) => parseWindow(each.trim()));
}

function parseWindow(text: string): number {
  const seconds = parsePrometheusDuration(text);
  if (seconds === undefined || seconds < 7200) throw new InvalidArgumentError("Write at least 2h, such as 28d or 4w.");
  return seconds;
}

function parseObjective(text: string): number {
  const unavailability = parseUnavailability(text.endsWith("%") ? text : `${text}%`);
  if (unavailability === undefined || unavailability <= 0 || unavailability >= 1)
    throw new InvalidArgumentError("Write a percentage above 0 and below 100, such as 99.9%.");
  return unavailability;
}

function parsePositive(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError("Write a number above 0.");
  return value;
}
