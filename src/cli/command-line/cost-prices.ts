import { type Command, Option } from "commander";
import type { CostPricesOptions } from "../commands/cost-prices.ts";
import type { CostPricesRefreshOptions } from "../commands/cost-prices-refresh.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseList, todayOption } from "./option-values.ts";
import { pricesOption } from "./prices-option.ts";

/** `scantling cost prices`: the prices of a size, or a refresh of all of them. */
export function declareCostPrices({ program, run, onExit }: CommandLine): void {
  program
    .command("prices")
    .summary("every price of a VM size in a region, with source and date; or a refresh of the prices")
    .description(
      "Pay as you go, spot, reservations and savings plans of a size, with the hours a day that break even. With --refresh: a new dated layer of prices from the Azure Retail Prices API, checked, beside those that ship.",
    )
    .argument("[size]", "VM size, such as Standard_D4s_v5 or D4s_v5")
    .option("--region <region>", "region, such as westeurope; several to refresh", parseList)
    .addOption(pricesOption())
    .option("--refresh", "read prices anew instead of showing those of a size")
    .option("--from <file>", "with --refresh: rows that are already downloaded (JSON array, API pages or JSON lines)")
    .option("--to <folder>", "with --refresh: write azure-prices-<date>.json into this folder, for --prices")
    .option("--without-failed", "with --refresh: leave prices that fail a check out instead of writing nothing")
    .option("--force", "with --refresh: replace a layer of the same day")
    .addOption(todayOption())
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (size: string | undefined, options: PricesOptions, command: Command) => {
      if (options.refresh === true) {
        const { costPricesRefreshCommand } = await import("../commands/cost-prices-refresh.ts");
        onExit(await costPricesRefreshCommand(run(command), options));
        return;
      }
      const { costPricesCommand } = await import("../commands/cost-prices.ts");
      onExit(await costPricesCommand(run(command), size, options));
    });
}

type PricesOptions = CostPricesOptions & CostPricesRefreshOptions & { readonly refresh?: boolean };
