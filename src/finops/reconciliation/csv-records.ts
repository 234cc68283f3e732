/** One record of a CSV text with the line it begins on. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A record longer than this is no record: a quote was left open. */
const longestRecord = 4 * 2 ** 20;

/**
 * The records of RFC 4180 text that comes in chunks: quoted fields may hold commas, quotes and line ends. `;` separates
 * where the header has more of them. Stops with `undefined` cells where a quote is left open.
 */
export async function* csvRecords(chunks: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  let rest = "";
  let line = 1;
  let separator: string | undefined;
  let isFirst = true;
  for await (const chunk of chunks) {
    rest += isFirst ? chunk.replace(/^\uFEFF/, "") : chunk;
    isFirst = false;
    let begin = 0;
    for (let end = recordEnd(rest, begin); end !== undefined; end = recordEnd(rest, begin)) {
      const text = rest.slice(begin, end).replace(/\r$/, "");
      separator ??= separatorOf(text);
      if (text.trim() !== "") yield { line, cells: cellsOf(text, separator) };
      line += 1 + countOf(text, "\n");
      begin = end + 1;
    }
    rest = rest.slice(begin);
    if (rest.length > longestRecord) return;
  }
  const text = rest.replace(/\r$/, "");
  if (text.trim() !== "") yield { line, cells: cellsOf(text, separator ?? separatorOf(text)) };
}

/** Index of the line end outside quotes. */
function recordEnd(text: string, begin: number): number | undefined {
  let end = text.indexOf("\n", begin);
  if (end < 0) return undefined;
  let quotes = 0;
  let counted = begin;
  while (end >= 0) {
    for (; counted < end; counted += 1) if (text.charCodeAt(counted) === 34) quotes += 1;
    if (quotes % 2 === 0) return end;
    end = text.indexOf("\n", end + 1);
  }
  return undefined;
}

function separatorOf(header: string): string {
  return countOf(header, ";") > countOf(header, ",") ? ";" : ",";
}

function cellsOf(text: string, separator: string): readonly string[] {
  if (!text.includes('"')) return text.split(separator);
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '"') {
      if (isQuoted && text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = !isQuoted;
    } else if (letter === separator && !isQuoted) {
      cells.push(cell);
      cell = "";
    } else cell += letter;
  }
  return [...cells, cell];
}

function countOf(text: string, letter: string): number {
  let count = 0;
  for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, at + 1)) count += 1;
  return count;
}
