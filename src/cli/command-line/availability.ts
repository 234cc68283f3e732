import { type Command, InvalidArgumentError, Option } from "commander";
import type { AvailabilityCommandOptions } from "../commands/availability.ts";
import type { AvailabilityExportOptions } from "../commands/availability-export.ts";
import type { AvailabilitySheetOptions } from "../commands/availability-sheet.ts";
import type { AvailabilityTreeOptions } from "../commands/availability-tree.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseCount, pathsArgument, todayOption } from "./option-values.ts";

/** `scantling availability` and what belongs to it. */
export function declareAvailability({ program, run, onExit }: CommandLine): void {
  const availability = program
    .command("availability")
    .summary("journeys, what takes them down, and what one euro buys")
    .description(
      "How long each journey is down, what alone takes it down, and which changes avoid most downtime for their money.",
    );
  declareJourneys({ program: availability, run, onExit });
  declareSheet({ program: availability, run, onExit });
  availability
    .command("tree")
    .summary("solve fault trees in Open-PSA files")
    .description(
      "Solves fault trees in the Open-PSA Model Exchange Format: probability, minimal cut sets, importance and frequency. What is too large to be solved gets certified bounds.",
    )
    .argument("<file...>", "files of one model, - for standard input")
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .option("--top <gate>", "gate to solve (default: every gate that no gate refers to)")
    .addOption(
      new Option("--mission-time <hours>", "time that failure rates are taken over")
        .argParser(parseHours)
        .default(8_760),
    )
    .addOption(new Option("--list <count>", "cut sets and importances to list").argParser(parseCount).default(20))
    .addOption(
      new Option("--limit-order <order>", "list no cut sets of a higher order").argParser(parseCount).default(20),
    )
    .action(async (files: string[], options: AvailabilityTreeOptions, command) => {
      const { availabilityTreeCommand } = await import("../commands/availability-tree.ts");
      onExit(await availabilityTreeCommand(run(command), files, options));
    });
  availability
    .command("export")
    .summary("write the fault trees of an estate's journeys as Open-PSA files")
    .description("Writes one file a journey in the Open-PSA Model Exchange Format, so that other tools can check it.")
    .argument("[path...]", pathsArgument)
    .requiredOption("--to <folder>", "folder to write to")
    .option("--force", "replace files that exist", false)
    .action(async (paths: string[], options: AvailabilityExportOptions, command) => {
      const { availabilityExportCommand } = await import("../commands/availability-export.ts");
      onExit(await availabilityExportCommand(run(command), paths, options));
    });
}

function declareJourneys({ program, run, onExit }: CommandLine): void {
  program
    .command("journeys", { isDefault: true })
    .summary("journeys worst first, with the changes that help most (what the group does by itself)")
    .description(
      "Availability of each journey, exact: objective, money, single points of failure, sensitivity; and what one unit of money buys, each change placed, solved and priced anew.",
    )
    .argument("[path...]", pathsArgument)
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .option("--journey <name>", "one journey in depth, with every single point of failure")
    .option("--environment <name>", "only journeys of this environment")
    .option("--no-changes", "do not look for changes, which takes most of the time")
    .addOption(todayOption())
    .action(async (paths: string[], options: AvailabilityCommandOptions, command: Command) => {
      const { availabilityCommand } = await import("../commands/availability.ts");
      onExit(await availabilityCommand(run(command), paths, options));
    });
}

function declareSheet({ program, run, onExit }: CommandLine): void {
  program
    .command("sheet")
    .summary("check a composite-SLA worksheet")
    .description(
      "Recomputes the composite availabilities of a worksheet in decimals, and proves or refutes what it publishes.",
    )
    .argument("<file>", "CSV with name, availability and structure, - for standard input")
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (file: string, options: AvailabilitySheetOptions, command: Command) => {
      const { availabilitySheetCommand } = await import("../commands/availability-sheet.ts");
      onExit(await availabilitySheetCommand(run(command), file, options));
    });
}

function parseHours(text: string): number {
  const hours = Number(text);
  if (text.trim() === "" || !Number.isFinite(hours) || hours <= 0)
    throw new InvalidArgumentError("Write a number of hours above 0.");
  return hours;
}
