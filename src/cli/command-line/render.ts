import { type Command, Option } from "commander";
import { agentNames } from "../../gitops/agent.ts";
import { cloudTargetNames } from "../../gitops/cloud/cloud-target-name.ts";
import { packagingNames } from "../../gitops/packaging.ts";
import type { ReportFormat } from "../commands/output.ts";
import type { RenderCommandOptions } from "../commands/render.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseCount, parseList, pathsArgument } from "./option-values.ts";

/** `scantling render`. */
export function declareRender({ program, run, onExit }: CommandLine): void {
  program
    .command("render")
    .summary("the repository that brings the estate to its clusters")
    .description(
      "Writes the GitOps repository of an estate: what all places have once, what environments, rings, regions and clusters change beside it, what the agent needs, and the process around it. Edits by hand are merged or refused, never lost.",
    )
    .argument("[path...]", pathsArgument)
    .requiredOption("--to <folder>", "folder of the repository")
    .addOption(
      new Option(
        "--packaging <form>",
        "how objects are written (default: what the estate declares, or kustomize)",
      ).choices(packagingNames),
    )
    .addOption(
      new Option(
        "--agent <agent>",
        "what brings them to the clusters (default: what the estate declares, or flux)",
      ).choices(agentNames),
    )
    .addOption(
      new Option(
        "--cloud <target>",
        "language of the cloud side (default: what the estate declares, where it can be written)",
      ).choices([...cloudTargetNames, "none"]),
    )
    .addOption(
      new Option("--cluster <names>", "write only what these clusters alone read, and what all share").argParser(
        parseList,
      ),
    )
    .option(
      "--repository <url>",
      "address that agents read the repository from; on GitHub its organisation has the owners' teams",
      "https://git.example.com/estate.git",
    )
    .option("--branch <name>", "branch that agents follow", "main")
    .addOption(
      new Option(
        "--stage <count>",
        "of infrastructure changes that have to be done in order, write only the first stages (default: all)",
      ).argParser(parseCount),
    )
    .option("--dry-run", "say what would be written, and write nothing", false)
    .option("--diff", "show every change line by line, and write nothing", false)
    .option("--force", "replace foreign files, edits by hand and what is not committed, and list them", false)
    .option(
      "--verify",
      "prove that packagings and agents are equal and that the cloud side reads back as the estate, and write nothing",
      false,
    )
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write the report to a file instead of standard output")
    .action(
      async (paths: string[], options: RenderCommandOptions & { readonly output: ReportFormat }, command: Command) => {
        const { renderCommand } = await import("../commands/render.ts");
        onExit(await renderCommand(run(command), paths, options));
      },
    );
}
