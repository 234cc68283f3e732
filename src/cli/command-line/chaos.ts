import { Option } from "commander";
import type { ChaosPlanCommandOptions } from "../commands/chaos-plan.ts";
import type { ChaosVerifyCommandOptions } from "../commands/chaos-verify.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseCount, pathsArgument } from "./option-values.ts";

/** `scantling chaos` and what belongs to it. */
export function declareChaos({ program, run, onExit }: CommandLine): void {
  const chaos = program
    .command("chaos")
    .summary("experiments and drills from what takes journeys down")
    .description(
      "Plans chaos experiments and recovery drills from cut sets, and sets what was seen against what was predicted.",
    );
  chaos
    .command("plan")
    .summary("what to break first, what will happen, and the files to do it")
    .description(
      "An experiment or drill for each cut set of one or two failures, most worth first: hypothesis, predicted effect, abort condition, budget check; with --to manifests for Chaos Mesh, templates for Azure Chaos Studio, and run-books.",
    )
    .argument("[path...]", pathsArgument)
    .option("--journey <name>", "only this journey")
    .option("--environment <name>", "journeys of this environment (default: the last one)")
    .addOption(new Option("--limit <count>", "experiments and drills at most").argParser(parseCount).default(24))
    .option("--to <folder>", "write plan.json, experiments and run-books into this folder")
    .option("--force", "overwrite files that are there", false)
    .addOption(new Option("-o, --output <format>", "output format of the report").choices(formats).default("table"))
    .option("--output-file <file>", "write the report to a file instead of standard output")
    .action(async (paths: string[], options: ChaosPlanCommandOptions, command) => {
      const { chaosPlanCommand } = await import("../commands/chaos-plan.ts");
      onExit(await chaosPlanCommand(run(command), paths, options));
    });
  chaos
    .command("verify")
    .summary("what was seen against what was predicted, and which assumption it refutes")
    .description(
      "Compares observations of experiments and drills with a plan: agrees, better or worse; names the assumption that is refuted and the value to put in its place.",
    )
    .requiredOption("--plan <file>", "plan.json of scantling chaos plan")
    .requiredOption("--observed <file>", "JSON or CSV: experiment, journey, downtimeSeconds, or time, good and total")
    .addOption(
      new Option("--tolerance <percent>", "how far an observation may be off").argParser(parseCount).default(25),
    )
    .addOption(
      new Option("--fail-on <verdict>", "exit 1 when an observation is worse, or differs").choices([
        "worse",
        "different",
      ]),
    )
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (options: ChaosVerifyCommandOptions, command) => {
      const { chaosVerifyCommand } = await import("../commands/chaos-verify.ts");
      onExit(await chaosVerifyCommand(run(command), options));
    });
}
