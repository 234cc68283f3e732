import { type Command, Option } from "commander";
import type { CommandLine } from "./command-line.ts";
import { parseCount, todayOption } from "./option-values.ts";

/** `scantling explain`. */
export function declareExplain({ program, run, onExit }: CommandLine): void {
  program
    .command("explain")
    .summary("unfold a figure, or describe a field")
    .description(
      "Unfolds a figure into formula, facts with source and date, measurements and assumptions; or describes a field such as Cluster.spec.tier.",
    )
    .argument("[name]", "id of a figure (without one: the list of figures), or Kind.field")
    .option("--in <path...>", "the estate (default: the nearest estate.yaml)", [])
    .option("--depth <levels>", "levels to unfold", parseCount, 3)
    .addOption(new Option("-o, --output <format>", "output format").choices(["text", "json"]).default("text"))
    .addOption(todayOption())
    .action(
      async (
        name: string | undefined,
        options: { in: string[]; depth: number; output: "text" | "json"; today?: string },
        command: Command,
      ) => {
        const { explainCommand } = await import("../commands/explain.ts");
        onExit(await explainCommand(run(command), name, options));
      },
    );
}
