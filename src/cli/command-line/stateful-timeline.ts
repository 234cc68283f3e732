import { Option } from "commander";
import type { StatefulTimelineCommandOptions } from "../commands/stateful-timeline.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, pathsArgument } from "./option-values.ts";

/** `scantling stateful timeline`. */
export function declareStatefulTimeline({ program, run, onExit }: CommandLine): void {
  program
    .command("timeline")
    .summary("how long each store takes to come back, step by step, and what is lost")
    .description(
      "Times every store from a failure until it serves again: pod, node, zone, region, operator error and planned drain, from timers and distributions, against the objectives it declares. Finds workloads where two pods may write at once.",
    )
    .argument("[path...]", pathsArgument)
    .option("--environment <name>", "environment to time (default: the last one)")
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (paths: string[], options: StatefulTimelineCommandOptions, command) => {
      const { statefulTimelineCommand } = await import("../commands/stateful-timeline.ts");
      onExit(await statefulTimelineCommand(run(command), paths, options));
    });
}
