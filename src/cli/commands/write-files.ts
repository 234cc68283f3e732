import type { CommandRun } from "../command-host.ts";
import { note } from "../command-run.ts";
import { counted } from "../reporters/words.ts";

/** Writes files into a folder; false, with a hint, when some exist and were left alone. */
export async function writeFilesInto(
  run: CommandRun,
  files: ReadonlyMap<string, string>,
  { to, force }: { readonly to: string; readonly force: boolean },
): Promise<boolean> {
  const folder = to === "." ? "" : `${to.replace(/\/+$/, "")}/`;
  const texts = new Map([...files].map(([name, text]) => [`${folder}${name}`, text]));
  const kept = await run.host.writeFiles(texts, { overwrite: force });
  if (kept.length > 0) {
    run.host.stderr.write(`Left alone, as they exist: ${kept.join(", ")}\n  hint: --force replaces them\n`);
    return false;
  }
  note(run, `Wrote ${counted(texts.size, "file")} to ${to}`);
  return true;
}
