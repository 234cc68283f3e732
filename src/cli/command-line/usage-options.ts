import { type Command, InvalidArgumentError, Option } from "commander";

/** Adds the options that say where measured usage comes from: a file, or a Prometheus-compatible API. */
export function withUsage(command: Command): Command {
  return command
    .addOption(
      new Option("--usage <file>", "measured usage, CSV or JSON lines sorted by time, - for standard input").conflicts(
        "prometheus",
      ),
    )
    .option("--prometheus <url>", "measured usage of a Prometheus-compatible API: the address that /api/v1 follows")
    .option(
      "--from <time>",
      "first moment of the window, as 2026-11-01T00:00:00Z, or as 7d before its end (default: 7d)",
    )
    .option("--to <time>", "end of the window (default: now)")
    .addOption(
      new Option(
        "--step <seconds>",
        "sampling step (default: 300 with --prometheus, the first two times of a file)",
      ).argParser(parseSeconds),
    )
    .option("--cluster-label <name>", "label of the series that holds the name of the cluster", "cluster")
    .option(
      "--prometheus-token-file <file>",
      "file with the bearer token (default: the variable SCANTLING_PROMETHEUS_TOKEN)",
    )
    .option(
      "--prometheus-header <header>",
      "header to send, as 'X-Scope-OrgID: team'; may stand several times",
      collectHeaders,
    )
    .addOption(
      new Option("--prometheus-timeout <seconds>", "how long one query may take").argParser(parseSeconds).default(60),
    );
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() === "" || !Number.isFinite(seconds) || seconds <= 0)
    throw new InvalidArgumentError("Write a number of seconds above 0.");
  return seconds;
}

function collectHeaders(text: string, before: readonly string[] = []): readonly string[] {
  if (!/^[!#$%&'*+.^_`|~\w-]+:\s*[^\r\n]*$/.test(text)) throw new InvalidArgumentError("Write it as 'Name: value'.");
  return [...before, text];
}
