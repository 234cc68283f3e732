import { type Command, Option } from "commander";
import type { ImportCommandOptions } from "../commands/import.ts";
import type { ReportFormat } from "../commands/output.ts";
import type { CommandLine } from "./command-line.ts";
import { formats } from "./option-values.ts";

/** `scantling import`. */
export function declareImport({ program, run, onExit }: CommandLine): void {
  program
    .command("import")
    .summary("the estate of an existing repository or cluster")
    .description(
      "Reads a GitOps repository (Flux, Argo CD, Kustomize, charts with values for each environment) or what kubectl get -o yaml wrote, one file for each cluster, and writes the estate that it describes: documents that point at what is there. What nothing says stands in their comments and in the report.",
    )
    .argument("[path...]", "root of a repository, folder of manifests, or files of clusters (default: .)")
    .requiredOption("--to <folder>", "folder to write the documents to, empty or absent")
    .option("--dry-run", "say what would be written, and write nothing", false)
    .option("--force", "write to a folder that is not empty, over files of the same names", false)
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write the report to a file instead of standard output")
    .action(
      async (paths: string[], options: ImportCommandOptions & { readonly output: ReportFormat }, command: Command) => {
        const { importCommand } = await import("../commands/import.ts");
        onExit(await importCommand(run(command), paths, options));
      },
    );
}
