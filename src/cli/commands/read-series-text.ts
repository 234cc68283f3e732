import type { CommandRun } from "../command-host.ts";
import { printDiagnostics } from "./print-diagnostics.ts";

/** The text of one file of measurements; undefined when it cannot be read, which has been printed. */
export async function readSeriesText(run: CommandRun, file: string): Promise<string | undefined> {
  const { texts, diagnostics } = await run.host.sources.read([file], { signal: run.host.signal });
  printDiagnostics(run, diagnostics, texts);
  const text = texts.get(file) ?? [...texts.values()][0];
  if (text === undefined && diagnostics.length === 0)
    run.host.stderr.write(`${file} holds nothing that can be read.\n`);
  return text;
}
