import type { Command } from "commander";
import type { CommandHost } from "../../src/cli/command-host.ts";
import { createProgram } from "../../src/cli/program.ts";

const columns = 100;

/** A host for a program that is only asked for its help. */
const silentHost = {
  stdout: { isTerminal: false, columns, write: () => {} },
  stderr: { isTerminal: false, columns, write: () => {} },
} as unknown as CommandHost;

/** `docs/reference/cli.md`: what `--help` prints, command by command. */
export function cliReference(): string {
  const program = createProgram(silentHost, () => {});
  const sections = withNested(program).map((command) =>
    [`## ${fullName(command)}`, "", "```text", help(command), "```"].join("\n"),
  );
  return [
    "# Commands",
    "",
    "Generated from the command line itself. Exit codes: 0 clean; 1 findings at or above `--fail-on`, or errors in the input; 2 cannot do it; 3 an external system is unreachable; 4 it refused the credentials; 130 interrupted.",
    "",
    sections.join("\n\n"),
    "",
  ].join("\n");
}

/** The command and all below it, each group before its members. */
function withNested(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withNested)];
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

function help(command: Command): string {
  return command.configureHelp({ helpWidth: columns }).helpInformation().trimEnd();
}
