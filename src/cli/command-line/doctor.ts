import type { Command } from "commander";
import type { CommandLine } from "./command-line.ts";

/** `scantling doctor`. */
export function declareDoctor({ program, run, onExit }: CommandLine): void {
  program
    .command("doctor")
    .summary("what Scantling found on this machine")
    .description("Lists optional tools and the dates of the built-in facts; nothing that is missing is required.")
    .action(async (_options: object, command: Command) => {
      const { doctorCommand } = await import("../commands/doctor.ts");
      onExit(await doctorCommand(run(command)));
    });
}
