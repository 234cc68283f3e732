import { type Command, Option } from "commander";
import type { FindingSeverity } from "../../audit/finding.ts";
import type { ReportFormat } from "../commands/output.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, pathsArgument, todayOption } from "./option-values.ts";

/** `scantling assess`. */
export function declareAssess({ program, run, onExit }: CommandLine): void {
  program
    .command("assess")
    .summary("structure, bill and availability of an estate")
    .description("Says who shares what, what it costs and whether it will stay up, with every assumption named.")
    .argument("[path...]", pathsArgument)
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .addOption(
      new Option("--fail-on <severity>", "exit 1 when a finding is at least this severe").choices([
        "info",
        "low",
        "medium",
        "high",
        "critical",
      ]),
    )
    .addOption(todayOption())
    .action(
      async (
        paths: string[],
        options: { output: ReportFormat; outputFile?: string; failOn?: FindingSeverity; today?: string },
        command: Command,
      ) => {
        const { assessCommand } = await import("../commands/assess.ts");
        onExit(await assessCommand(run(command), paths, options));
      },
    );
}
