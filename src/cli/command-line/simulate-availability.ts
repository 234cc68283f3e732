import { type Command, InvalidArgumentError, Option } from "commander";
import type { ReportFormat } from "../commands/output.ts";
import type { SimulateAvailabilityCommandOptions } from "../commands/simulate-availability.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseCount, parseList, pathsArgument } from "./option-values.ts";

/** `scantling simulate availability`. */
export function declareSimulateAvailability({ program, run, onExit }: CommandLine): void {
  program
    .command("availability")
    .summary("downtime of each journey over years of failures, beside its fault tree")
    .description(
      "Lets nodes, zones, regions, services and deployments fail and be repaired for many years, moves pods as kube-scheduler does, switches regions, and says what a year of each journey looks like: mean, spread, odds of breaking the objective, outages and causes, compared with the exact figure of the fault tree.",
    )
    .argument("[path...]", pathsArgument)
    .option("--years <count>", "years to simulate, at most", parseYears, 1000)
    .option("--seed <number>", "seed of the random numbers: the same one gives the same answer", parseCount, 1)
    .option(
      "--precision <share>",
      "stop once every mean is known to this share of itself, such as 5% or 0.05",
      parseShare,
    )
    .option("--journey <names>", "only these journeys", parseList)
    .addOption(
      new Option("--repair <shape>", "how outages vary in length")
        .choices(["exponential", "lognormal"])
        .default("exponential"),
    )
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(
      async (
        paths: string[],
        options: SimulateAvailabilityCommandOptions & { readonly output: ReportFormat },
        command: Command,
      ) => {
        const { simulateAvailabilityCommand } = await import("../commands/simulate-availability.ts");
        onExit(await simulateAvailabilityCommand(run(command), paths, options));
      },
    );
}

function parseYears(text: string): number {
  const years = parseCount(text);
  if (years < 1 || years > 1_000_000) throw new InvalidArgumentError("Write a number from 1 to 1000000.");
  return years;
}

function parseShare(text: string): number {
  const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(text);
  const share = percent === null ? Number(text) : Number(percent[1]) / 100;
  if (!(share > 0 && share < 1)) throw new InvalidArgumentError("Write a share between 0 and 1, or a percentage.");
  return share;
}
