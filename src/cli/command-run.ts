import type { CommandHost, CommandRun, GlobalOptions, OutputStream } from "./command-host.ts";
import { createStyle, wantsColor } from "./terminal/style.ts";

/** Resolves colour and quietness once for a command. */
export function startRun(host: CommandHost, { color, quiet }: GlobalOptions): CommandRun {
  const style = (stream: OutputStream) =>
    createStyle(wantsColor(color, { isTerminal: stream.isTerminal, environment: host.environment }));
  return { host, quiet, outputStyle: style(host.stdout), errorStyle: style(host.stderr) };
}

/** A note to the user that is not data: stderr, silent under `--quiet`. */
export function note(run: CommandRun, text: string): void {
  if (!run.quiet) run.host.stderr.write(`${text}\n`);
}

/** Progress of long work: one line that overwrites itself, on a terminal only. */
export function createProgress(run: CommandRun): {
  readonly report: (text: string) => void;
  readonly clear: () => void;
} {
  const { stderr } = run.host;
  if (!stderr.isTerminal || run.quiet) return { report: () => {}, clear: () => {} };
  return {
    report: (text) => stderr.write(`\r\u001b[K${text.slice(0, stderr.columns - 1)}`),
    clear: () => stderr.write("\r\u001b[K"),
  };
}
