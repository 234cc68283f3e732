import { type Command, InvalidArgumentError, Option } from "commander";
import type { ReportFormat } from "../commands/output.ts";
import type { SimulateRebuildCommandOptions } from "../commands/simulate-rebuild.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, pathsArgument } from "./option-values.ts";

/** `scantling simulate rebuild`. */
export function declareSimulateRebuild({ program, run, onExit }: CommandLine): void {
  program
    .command("rebuild")
    .summary("a lost cluster made anew from Git alone: timeline, RTO and what Git lacks")
    .description(
      "Takes it that a cluster is gone and only Git is left, and lays out in time what must be made: network, control plane, pools, GitOps agent, platform, secrets, data, applications in the order of their needs, and the way in. Names the critical path, says when each application is back, and what Git does not have.",
    )
    .argument("[path...]", pathsArgument)
    .option("--cluster <name>", "only this cluster of the estate")
    .option("--restore-rate <mib-per-second>", "how fast backups are read back, as measured", parseRate)
    .option("--fail-on-risk", "exit 1 when something that stops the rebuild is not in Git", false)
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(
      async (
        paths: string[],
        options: SimulateRebuildCommandOptions & { readonly output: ReportFormat },
        command: Command,
      ) => {
        const { simulateRebuildCommand } = await import("../commands/simulate-rebuild.ts");
        onExit(await simulateRebuildCommand(run(command), paths, options));
      },
    );
}

function parseRate(text: string): number {
  const rate = Number(text);
  if (!(rate > 0 && rate < 1e6)) throw new InvalidArgumentError("Write a number of MiB per second, above 0.");
  return rate;
}
