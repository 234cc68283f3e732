import { type Command, InvalidArgumentError, Option } from "commander";
import { parseSchedulerVersion } from "../../scheduling/kube-scheduler/scheduler-version.ts";
import type { ReportFormat } from "../commands/output.ts";
import type { ScheduleCommandOptions } from "../commands/schedule.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseCount } from "./option-values.ts";

/** `scantling schedule`. */
export function declareSchedule({ program, run, onExit }: CommandLine): void {
  program
    .command("schedule")
    .summary("which node each pod goes to, and why others stay pending")
    .description(
      "Schedules pods as kube-scheduler does: the pods of a snapshot in the order given, or those of an estate onto the nodes of its pools.",
    )
    .argument("[path...]", "a snapshot (JSON or JSON lines, - for standard input), or folders and files of an estate")
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .addOption(
      new Option(
        "--kubernetes-version <version>",
        "whose scheduler, 1.26 to 1.34 (default: the cluster's, or 1.34)",
      ).argParser(parseVersion),
    )
    .option("--cluster <name>", "only this cluster of the estate")
    .addOption(
      new Option("--nodes <count>", "nodes of each pool of the estate")
        .choices(["planned", "minimum", "maximum"])
        .default("planned"),
    )
    .addOption(
      new Option(
        "--percentage-of-nodes-to-score <percent>",
        "sample nodes as large clusters do, 0 by their size (default: all nodes)",
      ).argParser(parsePercent),
    )
    .addOption(
      new Option("--seed <number>", "choose among equally good nodes by seed (default: the first)").argParser(
        parseCount,
      ),
    )
    .option("--fail-on-pending", "exit 1 when a pod stays pending", false)
    .action(
      async (
        paths: string[],
        options: ScheduleCommandOptions & { readonly output: ReportFormat },
        command: Command,
      ) => {
        const { scheduleCommand } = await import("../commands/schedule.ts");
        onExit(await scheduleCommand(run(command), paths, options));
      },
    );
}

function parseVersion(text: string): string {
  if (parseSchedulerVersion(text) === undefined) throw new InvalidArgumentError("Write it as 1.34.");
  return text;
}

function parsePercent(text: string): number {
  const percent = parseCount(text);
  if (percent > 100) throw new InvalidArgumentError("Write a whole number from 0 to 100.");
  return percent;
}
