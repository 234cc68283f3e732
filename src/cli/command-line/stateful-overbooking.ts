import { type Command, InvalidArgumentError, Option } from "commander";
import type { CustomerGroup } from "../../stateful/overbooking/show-ups.ts";
import type { StatefulOverbookingCommandOptions } from "../commands/stateful-overbooking.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseCount, parseList } from "./option-values.ts";

/** `scantling stateful overbooking`. */
export function declareStatefulOverbooking({ program, run, onExit }: CommandLine): void {
  const amount = (flags: string, text: string) => new Option(flags, text).argParser(parseAmount);
  program
    .command("overbooking")
    .summary("how many to sell when not everybody turns up, and what one too many costs")
    .description(
      "The exact policy of overbooking (binomial; Poisson-binomial where chances differ), and the four answers to a customer too many compared in money: write off, retry, compensate, coordinate.",
    )
    .addOption(new Option("--capacity <count>", "places").argParser(parseCount).makeOptionMandatory())
    .addOption(amount("--show-up <share>", "chance that the next customers turn up, such as 92%").makeOptionMandatory())
    .addOption(
      new Option("--booked <count@share>", "sold already, by chance to turn up, such as 60@95%,20@70%").argParser(
        parseBooked,
      ),
    )
    .addOption(amount("--price <amount>", "price of a place").makeOptionMandatory())
    .addOption(
      amount(
        "--bump-cost <amount>",
        "loss by one customer too many, beyond the refund; with it if --non-refundable",
      ).makeOptionMandatory(),
    )
    .option("--non-refundable", "no-shows pay all the same", false)
    .addOption(amount("--write-off-cost <amount>", "value given away for each customer too many"))
    .addOption(amount("--retry-cost <amount>", "a try to serve the customer elsewhere or later"))
    .addOption(amount("--retry-success <share>", "chance that it succeeds"))
    .addOption(
      amount("--compensate-cost <amount>", "amends for one who is turned away; with the refund if --non-refundable"),
    )
    .addOption(amount("--coordinate-cost <amount>", "agreeing on every single sale"))
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (options: StatefulOverbookingCommandOptions, command: Command) => {
      const { statefulOverbookingCommand } = await import("../commands/stateful-overbooking.ts");
      onExit(await statefulOverbookingCommand(run(command), options));
    });
}

function parseBooked(text: string, before?: readonly CustomerGroup[]): readonly CustomerGroup[] {
  const groups = parseList(text).map((each): CustomerGroup => {
    const [count = "", share = "", ...more] = each.split("@");
    if (more.length > 0) throw new InvalidArgumentError("Write counts with chances, such as 60@95%.");
    return { count: parseCount(count), showUp: parseAmount(share) };
  });
  return [...(before ?? []), ...groups];
}

function parseAmount(text: string): number {
  const value = /^-?(\d+(\.\d+)?|\.\d+)%?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (Number.isNaN(value)) throw new InvalidArgumentError("Write a number.");
  return text.endsWith("%") ? value / 100 : value;
}
