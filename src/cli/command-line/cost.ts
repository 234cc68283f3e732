import { type Command, InvalidArgumentError, Option } from "commander";
import { type Period, periods } from "../../finops/period.ts";
import type { CostAllocateOptions } from "../commands/cost-allocate.ts";
import type { CostBillOptions } from "../commands/cost-bill.ts";
import type { CostCompareOptions } from "../commands/cost-compare.ts";
import type { CommandLine } from "./command-line.ts";
import { declareCostCommit } from "./cost-commit.ts";
import { declareCostForecast } from "./cost-forecast.ts";
import { declareCostPrices } from "./cost-prices.ts";
import { declareCostReconcile } from "./cost-reconcile.ts";
import { declareCostRightsize } from "./cost-rightsize.ts";
import { declareCostSave } from "./cost-save.ts";
import { declareCostScaling } from "./cost-scaling.ts";
import { formats, pathsArgument, todayOption } from "./option-values.ts";
import { pricesOption } from "./prices-option.ts";
import { withUsage } from "./usage-options.ts";

/** `scantling cost` and what belongs to it. */
export function declareCost({ program, run, onExit }: CommandLine): void {
  const group = program
    .command("cost")
    .summary("the bill, whom it belongs to, and other ways to pay")
    .description(
      "What an estate costs before it runs: line by line, shared out to the cent, beside other ways to pay.",
    );
  declareBill({ program: group, run, onExit });
  declareAllocate({ program: group, run, onExit });
  declareCompare({ program: group, run, onExit });
  declareCostSave({ program: group, run, onExit });
  declareCostCommit({ program: group, run, onExit });
  declareCostRightsize({ program: group, run, onExit });
  declareCostForecast({ program: group, run, onExit });
  declareCostScaling({ program: group, run, onExit });
  declareCostReconcile({ program: group, run, onExit });
  declareCostPrices({ program: group, run, onExit });
}

function declareBill({ program, run, onExit }: CommandLine): void {
  withOutput(
    program
      .command("bill", { isDefault: true })
      .summary("the bill line by line (what the group does by itself)")
      .description(
        "Every line with quantity, unit price and hours; discounts, commitments, what has no price, and the total from low to high.",
      )
      .argument("[path...]", pathsArgument),
    [...formats, "focus"],
  )
    .addOption(periodOption())
    .addOption(pricesOption())
    .addOption(todayOption())
    .action(async (paths: string[], options: CostBillOptions, command: Command) => {
      const { costBillCommand } = await import("../commands/cost-bill.ts");
      onExit(await costBillCommand(run(command), paths, options));
    });
}

function declareAllocate({ program, run, onExit }: CommandLine): void {
  const command = withOutput(
    program
      .command("allocate")
      .summary("whom the bill belongs to, to the cent")
      .description(
        "Shares the bill out by requests, or by the larger of request and usage; idle, system overhead, shared platform and unused commitments are rows of their own.",
      )
      .argument("[path...]", pathsArgument),
    [...formats, "focus", "opencost"],
  )
    .option("--by <key>", "tenant, application, namespace, workload, environment, cluster or label:KEY", "tenant")
    .option(
      "--share-idle <how>",
      "none, even, weighted or fixed:NAME=PERCENT,...: to those on the same cluster",
      "none",
    )
    .option(
      "--share-platform <how>",
      "none, even, weighted or fixed:NAME=PERCENT,...: shared platform, system overhead and fees, to all",
      "none",
    )
    .option("--filter <terms>", "look at a part, such as environment=prod;tenant=retail,risk; the rest is one row");
  withUsage(command)
    .addOption(periodOption())
    .addOption(pricesOption())
    .addOption(todayOption())
    .action(async (paths: string[], options: CostAllocateOptions, command: Command) => {
      const { costAllocateCommand } = await import("../commands/cost-allocate.ts");
      onExit(await costAllocateCommand(run(command), paths, options));
    });
}

function declareCompare({ program, run, onExit }: CommandLine): void {
  withOutput(
    program
      .command("compare")
      .summary("the bill beside other ways to pay and to place")
      .description(
        "Pay as you go, reservations, savings plans, spot, other regions and other VM sizes of the same shape, each priced as a whole.",
      )
      .argument("[path...]", pathsArgument),
    formats,
  )
    .addOption(pricesOption())
    .addOption(todayOption())
    .action(async (paths: string[], options: CostCompareOptions, command: Command) => {
      const { costCompareCommand } = await import("../commands/cost-compare.ts");
      onExit(await costCompareCommand(run(command), paths, options));
    });
}

function withOutput(command: Command, choices: readonly string[]): Command {
  return command
    .addOption(new Option("-o, --output <format>", "output format").choices(choices).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output");
}

function periodOption(): Option {
  const parse = (text: string): Period => {
    const period = periods.find((each) => each === text);
    if (period === undefined) throw new InvalidArgumentError(`Write ${periods.join(", ")}.`);
    return period;
  };
  return new Option("--period <span>", "hour, month (730 hours) or year").argParser(parse).default("month");
}
