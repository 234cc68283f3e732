/** A line of text with its number, from 1. */
interface Line {
  readonly text: string;
  readonly line: number;
}

/** A line longer than this is cut: no sample is. */
const longestLine = 65_536;

/** The lines of a text that comes in chunks, those of one chunk together; empty ones are left out. */
export async function* readRecords(chunks: AsyncIterable<string>): AsyncGenerator<readonly Line[]> {
  let rest = "";
  let number = 0;
  for await (const chunk of chunks) {
    const texts = (rest + chunk).split("\n");
    rest = (texts.pop() ?? "").slice(0, longestLine);
    const lines: Line[] = [];
    for (const text of texts) {
      number += 1;
      const plain = text.endsWith("\r") ? text.slice(0, -1) : text;
      if (plain !== "") lines.push({ text: plain, line: number });
    }
    yield lines;
  }
  if (rest.trim() !== "") yield [{ text: rest.trimEnd(), line: number + 1 }];
}
