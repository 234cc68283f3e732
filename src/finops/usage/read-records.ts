/** Lines of one chunk: `texts[i]` is line `firstLine + i`. */
interface Lines {
  readonly firstLine: number;
  readonly texts: readonly string[];
}

/** A line longer than this is cut: no sample is. */
const longestLine = 65_536;

/** The lines of a text that comes in chunks, those of one chunk together, without their ends. */
export async function* readRecords(chunks: AsyncIterable<string>): AsyncGenerator<Lines> {
  let rest = "";
  let firstLine = 1;
  for await (const chunk of chunks) {
    const text = rest + chunk;
    const texts = (text.includes("\r") ? text.replaceAll("\r\n", "\n") : text).split("\n");
    rest = (texts.pop() ?? "").slice(0, longestLine);
    yield { firstLine, texts };
    firstLine += texts.length;
  }
  if (rest.trim() !== "") yield { firstLine, texts: [rest.trimEnd()] };
}
