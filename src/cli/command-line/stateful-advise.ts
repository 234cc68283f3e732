import { type Command, InvalidArgumentError, Option } from "commander";
import { parseDuration } from "../../estate/quantities/duration.ts";
import { bytes, parseQuantity } from "../../estate/quantities/quantity.ts";
import { demandedScopes, storeShapes, transactionSpans } from "../../stateful/advice/store-need.ts";
import { cosmosLevels } from "../../stateful/timelines/managed/managed-store.ts";
import type { StatefulAdviseCommandOptions } from "../commands/stateful-advise.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseList, pathsArgument } from "./option-values.ts";

/** `scantling stateful advise`. */
export function declareStatefulAdvise({ program, run, onExit }: CommandLine): void {
  const command = program
    .command("advise")
    .summary("which store each DataStore asks for, what is rejected, and what would flip the answer")
    .description(
      "Filters every service and disk by what a DataStore must hold to (invariants, consistency, latency, recovery), ranks what is left by cost, people and downtime, and names the nearest change that gives another answer. A need without an estate is one DataStore document (on standard input: -), or the options below, such as --size 200GiB --reads 500 --writes 50 --rpo 5s --rto 60s.",
    )
    .argument("[path...]", pathsArgument)
    .option("--store <name>", "only this DataStore");
  declareNeed(command)
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (paths: string[], options: StatefulAdviseCommandOptions, given: Command) => {
      const { statefulAdviseCommand } = await import("../commands/stateful-advise.ts");
      onExit(await statefulAdviseCommand(run(given), paths, options));
    });
}

/** A need in a few words, instead of a document. */
function declareNeed(command: Command): Command {
  const one = (flags: string, text: string, choices: readonly string[]) => new Option(flags, text).choices(choices);
  const many = (flags: string, text: string) => new Option(flags, text).argParser(parseList);
  const duration = (flags: string, text: string) => new Option(flags, text).argParser(parseDurationText);
  const rate = (flags: string, text: string) => new Option(flags, text).argParser(parseRate);
  return command
    .addOption(new Option("--size <size>", "size of the data, such as 200GiB").argParser(parseSize))
    .addOption(rate("--reads <rate>", "reads a second"))
    .addOption(rate("--writes <rate>", "writes a second"))
    .addOption(one("--shape <shape>", "how the data is asked for", storeShapes))
    .addOption(one("--transaction <span>", "how far one transaction reaches", transactionSpans))
    .addOption(one("--consistency <level>", "what readers need to see", cosmosLevels))
    .addOption(duration("--read-p99 <duration>", "budget of a read, such as 5ms"))
    .addOption(duration("--write-p99 <duration>", "budget of a write, such as 20ms"))
    .addOption(duration("--rto <duration>", "longest time out of service, such as 60s"))
    .addOption(duration("--rpo <duration>", "longest span of writes that may be lost, such as 5s or 0"))
    .addOption(
      new Option(
        "--scope <scopes>",
        `what RTO and RPO are for: ${demandedScopes.join(", ")} (default: zone)`,
      ).argParser(parseScopes),
    )
    .addOption(many("--region <names>", "regions that use the data, the writing one first"))
    .option("--multi-write", "every one of these regions writes");
}

function parseScopes(text: string, before: readonly string[] = []): readonly string[] {
  const unknown = parseList(text).find((each) => !demandedScopes.some((scope) => scope === each));
  if (unknown !== undefined) throw new InvalidArgumentError(`Write one of ${demandedScopes.join(", ")}.`);
  return parseList(text, before);
}

/** GiB of `200GiB`, `200Gi`, `1.5TB` or a plain number of GiB. */
function parseSize(text: string): number {
  const isPlain = /^\d+(\.\d+)?$/.test(text);
  const quantity = isPlain || !/^\d/.test(text) ? undefined : parseQuantity(text.replace(/B$/, ""));
  const gibibytes = isPlain ? Number(text) : quantity === undefined ? Number.NaN : bytes(quantity) / 2 ** 30;
  if (!Number.isFinite(gibibytes)) throw new InvalidArgumentError("Write a size such as 200GiB.");
  return gibibytes;
}

function parseRate(text: string): number {
  const rate = /^\d+(\.\d+)?(\/s)?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (!Number.isFinite(rate)) throw new InvalidArgumentError("Write a number of operations a second, such as 500.");
  return rate;
}

function parseDurationText(text: string): string {
  const seconds = parseDuration(text);
  if (seconds === undefined || seconds < 0) throw new InvalidArgumentError("Write a duration such as 5ms, 60s or 15m.");
  return text;
}
