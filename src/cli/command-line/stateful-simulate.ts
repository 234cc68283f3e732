import { type Command, InvalidArgumentError, Option } from "commander";
import type { StatefulSimulateCommandOptions } from "../commands/stateful-simulate.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, parseCount, parseList, pathsArgument } from "./option-values.ts";

const mostRuns = 10_000;
const mishaps = ["loss", "duplicate", "reorder", "crash"];

/** `scantling stateful simulate`. */
export function declareStatefulSimulate({ program, run, onExit }: CommandLine): void {
  const command = program
    .command("simulate")
    .summary("stale reads, lost writes and oversell of a consistency level, played event by event")
    .description(
      "Plays clients on a replicated store many times, with faults, checks what every guarantee is worth, and shrinks each violation to the fewest operations that show it.",
    )
    .argument("[paths...]", pathsArgument);
  addStore(command);
  addTraffic(command);
  addFaults(command);
  command
    .addOption(new Option("--runs <count>", "runs to play").argParser(parseRuns).default(200))
    .addOption(new Option("--seed <number>", "the same seed gives the same report").argParser(parseCount).default(1))
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .action(async (paths: readonly string[], options: StatefulSimulateCommandOptions, own: Command) => {
      const { statefulSimulateCommand } = await import("../commands/stateful-simulate.ts");
      onExit(await statefulSimulateCommand(run(own), paths, options));
    });
}

/** What is played: the store, its level and where it stands. */
function addStore(command: Command): void {
  command
    .option("--store <name>", "the DataStore whose level, regions, rules and costs hold")
    .option("--level <level>", "strong, boundedStaleness, session, consistentPrefix or eventual")
    .addOption(new Option("--staleness-versions <K>", "versions a region may lag behind").argParser(parseCount))
    .addOption(new Option("--staleness-seconds <T>", "seconds a region may lag behind").argParser(parseCount))
    .addOption(new Option("--quorum <N,R,W>", "a quorum store, such as 3,1,1").argParser(parseNumbers))
    .addOption(new Option("--primary-replica <mode>", "a primary with replicas").choices(["sync", "async"]))
    .option("--multi-write", "every region takes writes")
    .option("--regions <names>", "regions, the one that writes first; parted by commas", parseList)
    .option("--latency <file>", "JSON file of delays: withinRegion, betweenRegions, links, quorum");
}

/** What clients do. */
function addTraffic(command: Command): void {
  command
    .option("--workload <name>", "counter, cart, stock, transfer, append, outbox or saga")
    .addOption(new Option("--clients <count>", "clients (default: 8)").argParser(parseCount))
    .addOption(new Option("--operations <count>", "operations of each client (default: 25)").argParser(parseCount))
    .addOption(new Option("--keys <count>", "items they share (default: 4)").argParser(parseCount))
    .addOption(new Option("--think-seconds <seconds>", "mean pause (default: 0.05)").argParser(parseNumber))
    .addOption(new Option("--read-share <share>", "operations that only read (default: 0.5)").argParser(parseNumber))
    .addOption(new Option("--initial-value <number>", "stock or balance at the start").argParser(parseCount))
    .option("--expected-version", "write only what has not changed since it was read")
    .option("--idempotent", "retries and messages are recognised")
    .option("--durable", "outbox or saga log: a crash forgets nothing")
    .addOption(new Option("--move-share <share>", "chance to change region at an operation").argParser(parseNumber))
    .option("--lose-token", "a client that moves comes without its session token");
}

/** What goes wrong. */
function addFaults(command: Command): void {
  command
    .option("--fault <kind:region>", "node, zone, region, gray or partition:one/other; parted by commas", parseList)
    .addOption(
      new Option("--mishaps <chances>", "loss, duplicate, reorder, crash, as crash=0.01").argParser(parseMishaps),
    )
    .addOption(new Option("--clock-skew-seconds <seconds>", "clocks of other regions ahead").argParser(parseNumber))
    .addOption(new Option("--replication-lag-seconds <seconds>", "mean lag between regions").argParser(parseNumber));
}

function parseNumber(text: string): number {
  const value = /^-?(\d+(\.\d+)?|\.\d+)%?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (Number.isNaN(value)) throw new InvalidArgumentError("Write a number.");
  return text.endsWith("%") ? value / 100 : value;
}

function parseNumbers(text: string): readonly number[] {
  return parseList(text).map(parseNumber);
}

function parseMishaps(text: string): { readonly [name: string]: number } {
  const chances = parseList(text).map((each) => each.split("="));
  if (chances.some(([name = ""]) => !mishaps.includes(name))) {
    throw new InvalidArgumentError(`Write chances of ${mishaps.join(", ")}, such as crash=0.01.`);
  }
  return Object.fromEntries(chances.map(([name = "", chance = ""]) => [name, parseNumber(chance)]));
}

function parseRuns(text: string): number {
  const runs = parseCount(text);
  if (runs < 1 || runs > mostRuns) throw new InvalidArgumentError(`Write a number from 1 to ${mostRuns}.`);
  return runs;
}
