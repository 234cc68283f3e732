import { code } from "./document.ts";

/**
 * A command that a report offers, about what the report itself was made of: copied, it works from the same folder.
 * @param words the command without `scantling`, such as `["availability", "--journey", "prod/shop/checkout"]`
 * @param paths what the running command was given; none where it found the estate by itself
 */
export function commandText(words: readonly string[], paths: readonly string[] = []): string {
  const [command = ""] = words;
  const about = command === "explain" && paths.length > 0 ? ["--in", ...paths] : paths;
  return ["scantling", ...words, ...about].map(quoted).join(" ");
}

/** The same, shown as code. */
export function printedCommand(words: readonly string[], paths: readonly string[] = []): string {
  return code(commandText(words, paths));
}

/** As POSIX shells and PowerShell take it for one word. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
