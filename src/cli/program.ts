import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { FindingSeverity } from "../audit/finding.ts";
import { version } from "../version.ts";
import type { CommandHost, GlobalOptions } from "./command-host.ts";
import { startRun } from "./command-run.ts";
import type { ReportFormat } from "./commands/output.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";

const formats: readonly ReportFormat[] = ["table", "json", "yaml", "markdown"];

/**
 * Parses the arguments and runs one command. Commands are imported when they run, so that `--help` stays instant.
 * Usage errors are printed by the parser and give exit code 2.
 */
export async function runProgram(commandLine: readonly string[], host: CommandHost): Promise<ExitCode> {
  let result: ExitCode = exitCode.clean;
  const program = createProgram(host, (code) => {
    result = code;
  });
  try {
    await program.parseAsync([...commandLine], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.clean : exitCode.cannot;
    throw error;
  }
  return result;
}

/** The command tree; `onExit` receives the exit code of the command that ran. */
export function createProgram(host: CommandHost, onExit: (code: ExitCode) => void): Command {
  const program = new Command("scantling")
    .description("One declared AKS estate in; its structure, its bill and its availability out.")
    .version(version, "-V, --version")
    .addOption(new Option("--color <when>", "colour the output").choices(["auto", "always", "never"]).default("auto"))
    .option("--quiet", "print data and errors only", false)
    .configureOutput({ writeOut: host.stdout.write, writeErr: host.stderr.write })
    .showSuggestionAfterError()
    .showHelpAfterError("(scantling --help lists the commands)")
    .exitOverride();
  const run = (command: Command) => startRun(host, command.optsWithGlobals<GlobalOptions>());
  addAssess(program, run, onExit);
  addValidate(program, run, onExit);
  addInit(program, run, onExit);
  addExplain(program, run, onExit);
  addSchema(program, run, onExit);
  addServe(program, run, onExit);
  addDoctor(program, run, onExit);
  return program;
}

type StartRun = (command: Command) => ReturnType<typeof startRun>;
type OnExit = (code: ExitCode) => void;

const pathsArgument =
  "folders or files of documents and manifests, - for standard input (default: the nearest estate.yaml)";

function addAssess(program: Command, run: StartRun, onExit: OnExit): void {
  program
    .command("assess")
    .summary("structure, bill and availability of an estate")
    .description("Says who shares what, what it costs and whether it will stay up, with every assumption named.")
    .argument("[path...]", pathsArgument)
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .addOption(
      new Option("--fail-on <severity>", "exit 1 when a finding is at least this severe").choices([
        "info",
        "low",
        "medium",
        "high",
        "critical",
      ]),
    )
    .addOption(todayOption())
    .action(
      async (
        paths: string[],
        options: { output: ReportFormat; outputFile?: string; failOn?: FindingSeverity; today?: string },
        command: Command,
      ) => {
        const { assessCommand } = await import("./commands/assess.ts");
        onExit(await assessCommand(run(command), paths, options));
      },
    );
}

function addValidate(program: Command, run: StartRun, onExit: OnExit): void {
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
        const { validateCommand } = await import("./commands/validate.ts");
        onExit(await validateCommand(run(command), paths, options));
      },
    );
}

function addInit(program: Command, run: StartRun, onExit: OnExit): void {
  program
    .command("init")
    .summary("write the estate documents that a repository lacks")
    .description(
      "Reads manifests and writes Estate, Cluster, Tenant and Application documents, with every assumption filled in as a value to correct.",
    )
    .option("--from <path>", "folder or file of manifests", ".")
    .option("--to <folder>", "folder to write the documents to", ".")
    .option("--force", "replace documents that exist", false)
    .action(async (options: { from: string; to: string; force: boolean }, command: Command) => {
      const { initCommand } = await import("./commands/init.ts");
      onExit(await initCommand(run(command), options));
    });
}

function addExplain(program: Command, run: StartRun, onExit: OnExit): void {
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
        const { explainCommand } = await import("./commands/explain.ts");
        onExit(await explainCommand(run(command), name, options));
      },
    );
}

function addSchema(program: Command, run: StartRun, onExit: OnExit): void {
  program
    .command("schema")
    .summary("print a JSON Schema for editors and pipelines")
    .description("Prints the JSON Schema (draft-07) of a document or report kind; without a name, the list of names.")
    .argument("[name]", "such as estate, Cluster, assessment")
    .action(async (name: string | undefined, _options: object, command: Command) => {
      const { schemaCommand } = await import("./commands/schema.ts");
      onExit(schemaCommand(run(command), name));
    });
}

function addServe(program: Command, run: StartRun, onExit: OnExit): void {
  program
    .command("serve")
    .summary("serve the web UI and its API")
    .description(
      "Serves the web UI and a JSON API (GET /openapi.json) on loopback; the next free port is taken when the default one is busy.",
    )
    .argument("[path...]", pathsArgument)
    .option("--port <number>", "port to listen on", parsePort)
    .action(async (paths: string[], options: { port?: number }, command: Command) => {
      const { serveCommand } = await import("./commands/serve.ts");
      onExit(await serveCommand(run(command), paths, options));
    });
}

function addDoctor(program: Command, run: StartRun, onExit: OnExit): void {
  program
    .command("doctor")
    .summary("what Scantling found on this machine")
    .description("Lists optional tools and the dates of the built-in facts; nothing that is missing is required.")
    .action(async (_options: object, command: Command) => {
      const { doctorCommand } = await import("./commands/doctor.ts");
      onExit(await doctorCommand(run(command)));
    });
}

function todayOption(): Option {
  return new Option("--today <date>", "the day to assess for, YYYY-MM-DD (default: today in UTC)").argParser(parseDay);
}

function parseDay(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError("Write it as YYYY-MM-DD.");
  return text;
}

function parseCount(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("Write a whole number.");
  return Number(text);
}

function parsePort(text: string): number {
  const port = parseCount(text);
  if (port > 65_535) throw new InvalidArgumentError("Write a port from 0 to 65535.");
  return port;
}
