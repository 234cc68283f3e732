import { Command, CommanderError, Option } from "commander";
import { version } from "../version.ts";
import type { CommandHost, GlobalOptions } from "./command-host.ts";
import { declareApp } from "./command-line/app.ts";
import { declareAssess } from "./command-line/assess.ts";
import { declareAudit } from "./command-line/audit.ts";
import { declareAvailability } from "./command-line/availability.ts";
import { declareChaos } from "./command-line/chaos.ts";
import type { CommandLine } from "./command-line/command-line.ts";
import { declareCost } from "./command-line/cost.ts";
import { declareDoctor } from "./command-line/doctor.ts";
import { declareExplain } from "./command-line/explain.ts";
import { declareImport } from "./command-line/import.ts";
import { declareInit } from "./command-line/init.ts";
import { declarePlan } from "./command-line/plan.ts";
import { declareRender } from "./command-line/render.ts";
import { declareSchedule } from "./command-line/schedule.ts";
import { declareSchema } from "./command-line/schema.ts";
import { declareServe } from "./command-line/serve.ts";
import { declareSimulate } from "./command-line/simulate.ts";
import { declareSlo } from "./command-line/slo.ts";
import { declareStateful } from "./command-line/stateful.ts";
import { declareTenancy } from "./command-line/tenancy.ts";
import { declareTenant } from "./command-line/tenant.ts";
import { declareValidate } from "./command-line/validate.ts";
import { startRun } from "./command-run.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";

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
  const line: CommandLine = {
    program,
    onExit,
    run: (command) => startRun(host, command.optsWithGlobals<GlobalOptions>()),
  };
  declareAssess(line);
  declareAudit(line);
  declareAvailability(line);
  declareChaos(line);
  declareValidate(line);
  declareImport(line);
  declareInit(line);
  declareCost(line);
  declareExplain(line);
  declarePlan(line);
  declareRender(line);
  declareSchedule(line);
  declareSchema(line);
  declareSimulate(line);
  declareSlo(line);
  declareStateful(line);
  declareTenancy(line);
  declareTenant(line);
  declareApp(line);
  declareServe(line);
  declareDoctor(line);
  return program;
}
