import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { CommandRun } from "../command-host.ts";
import { diagnosticsText } from "../reporters/diagnostics-text.ts";

/** Prints errors and warnings of a command to stderr; with `--quiet` errors alone. */
export function printDiagnostics(
  run: CommandRun,
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
): void {
  const shown = diagnostics.filter(({ severity }) => severity === "error" || (severity === "warning" && !run.quiet));
  if (shown.length > 0) run.host.stderr.write(`${diagnosticsText(shown, texts, run.errorStyle)}\n`);
}
