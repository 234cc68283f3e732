import type { Command } from "commander";
import type { CommandRun } from "../command-host.ts";
import type { ExitCode } from "../exit-code.ts";

/** What a command is declared with: the program it joins, how its run starts, and where its exit code goes. */
export interface CommandLine {
  readonly program: Command;
  readonly run: (command: Command) => CommandRun;
  readonly onExit: (code: ExitCode) => void;
}
