import { type Command, InvalidArgumentError, Option } from "commander";
import type { CostReconcileOptions } from "../commands/cost-reconcile.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, pathsArgument, todayOption } from "./option-values.ts";
import { pricesOption } from "./prices-option.ts";

/** `scantling cost reconcile`. */
export function declareCostReconcile({ program, run, onExit }: CommandLine): void {
  program
    .command("reconcile")
    .summary("the declared bill beside what was billed, with the reason for each difference")
    .description(
      "Compares the declared bill with a FOCUS file or an Azure cost export (actual or amortised), or its allocation with an answer of /allocation of OpenCost or Kubecost, item by item; reasons and totals add up to the cent.",
    )
    .argument("[path...]", pathsArgument)
    .requiredOption("--against <file>", "the bill (CSV) or allocation (JSON) to compare with, - for standard input")
    .option("--by <key>", "what the rows of an allocation are by, as in cost allocate", "namespace")
    .option("--currency <code>", "currency of an allocation, which names none (default: that of the estate)")
    .addOption(
      new Option("--fail-on-difference <percent>", "exit 1 when the totals differ by more than this").argParser(
        parsePercent,
      ),
    )
    .addOption(pricesOption())
    .addOption(todayOption())
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (paths: string[], options: CostReconcileOptions, command: Command) => {
      const { costReconcileCommand } = await import("../commands/cost-reconcile.ts");
      onExit(await costReconcileCommand(run(command), paths, options));
    });
}

function parsePercent(text: string): number {
  const percent = Number(text.replace(/%$/, ""));
  if (text.trim() === "" || !Number.isFinite(percent) || percent < 0)
    throw new InvalidArgumentError("Write a percentage from 0 on.");
  return percent;
}
