import type { Command } from "commander";
import type { CommandLine } from "./command-line.ts";

/** `scantling schema`. */
export function declareSchema({ program, run, onExit }: CommandLine): void {
  program
    .command("schema")
    .summary("print a JSON Schema for editors and pipelines")
    .description("Prints the JSON Schema (draft-07) of a document or report kind; without a name, the list of names.")
    .argument("[name]", "such as estate, Cluster, assessment")
    .action(async (name: string | undefined, _options: object, command: Command) => {
      const { schemaCommand } = await import("../commands/schema.ts");
      onExit(schemaCommand(run(command), name));
    });
}
