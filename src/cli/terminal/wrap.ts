import { displayWidth } from "./style.ts";

/** Breaks a text at spaces so that no line is wider than `width`, unless one word is; later lines get `indent`. */
export function wrap(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const candidate = line === "" ? word : `${line} ${word}`;
    const prefix = lines.length === 0 ? "" : indent;
    if (line !== "" && displayWidth(prefix + candidate) > width) {
      lines.push(prefix + line);
      line = word;
    } else {
      line = candidate;
    }
  }
  lines.push((lines.length === 0 ? "" : indent) + line);
  return lines;
}
