import type { Command } from "commander";
import { todayOption } from "./option-values.ts";

/** What every command that writes documents of the estate takes. */
export function withOnboarding(command: Command): Command {
  return command
    .argument("[path]", "folder of the estate (default: that of the nearest estate.yaml)")
    .option("--dry-run", "print the changes as a diff and write nothing", false)
    .addOption(todayOption());
}
