import { type Command, Option } from "commander";
import type { CommandLine } from "./command-line.ts";
import { pathsArgument } from "./option-values.ts";

/** `scantling validate`. */
export function declareValidate({ program, run, onExit }: CommandLine): void {
  program
    .command("validate")
    .summary("check documents, manifests and references")
    .description(
      "Reads and renders everything and resolves every reference; exits 1 on errors, 2 when nothing is usable.",
    )
    .argument("[path...]", pathsArgument)
    .addOption(new Option("-o, --output <format>", "output format").choices(["text", "json"]).default("text"))
    .addOption(
      new Option("--fail-on <severity>", "exit 1 from this severity on").choices(["error", "warning"]).default("error"),
    )
    .action(
      async (paths: string[], options: { output: "text" | "json"; failOn: "error" | "warning" }, command: Command) => {
        const { validateCommand } = await import("../commands/validate.ts");
        onExit(await validateCommand(run(command), paths, options));
      },
    );
}
