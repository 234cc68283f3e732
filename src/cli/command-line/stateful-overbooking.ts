import { type Command, InvalidArgumentError, Option } from "commander";
import type { StatefulOverbookingCommandOptions } from "../commands/stateful-overbooking.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseCount } from "./option-values.ts";

/** `scantling stateful overbooking`. */
export function declareStatefulOverbooking({ program, run, onExit }: CommandLine): void {
  const amount = (flags: string, text: string) => new Option(flags, text).argParser(parseAmount);
  program
    .command("overbooking")
    .summary("how many to sell when not everybody turns up, and what one too many costs")
    .description(
      "The exact binomial policy of overbooking, and the four answers to a customer too many compared in money: write off, retry, compensate, coordinate.",
    )
    .addOption(new Option("--capacity <count>", "places").argParser(parseCount).makeOptionMandatory())
    .addOption(amount("--show-up <share>", "chance that a customer turns up, such as 92%").makeOptionMandatory())
    .addOption(amount("--price <amount>", "price of a place").makeOptionMandatory())
    .addOption(amount("--bump-cost <amount>", "loss by one customer too many, beyond the refund").makeOptionMandatory())
    .option("--non-refundable", "no-shows pay all the same", false)
    .addOption(amount("--write-off-cost <amount>", "value given away for each customer too many"))
    .addOption(amount("--retry-cost <amount>", "a try to serve the customer elsewhere or later"))
    .addOption(amount("--retry-success <share>", "chance that it succeeds"))
    .addOption(amount("--compensate-cost <amount>", "refund and amends for one who is turned away"))
    .addOption(amount("--coordinate-cost <amount>", "agreeing on every single sale"))
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (options: StatefulOverbookingCommandOptions, command: Command) => {
      const { statefulOverbookingCommand } = await import("../commands/stateful-overbooking.ts");
      onExit(await statefulOverbookingCommand(run(command), options));
    });
}

function parseAmount(text: string): number {
  const value = /^-?(\d+(\.\d+)?|\.\d+)%?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (Number.isNaN(value)) throw new InvalidArgumentError("Write a number.");
  return text.endsWith("%") ? value / 100 : value;
}
