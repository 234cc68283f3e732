/** One line of a CSV file with something in it. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Rows of a CSV text (RFC 4180: cells in double quotes may hold the delimiter, quotes doubled, and line breaks). Empty
 * lines and lines that begin with # are left out; a byte order mark is too.
 */
export function csvRows(text: string): { readonly delimiter: string; readonly rows: readonly CsvRow[] } {
  const plain = text.replace(/^\ufeff/, "");
  const delimiter = delimiterOf(plain);
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let line = 1;
  let start = 1;
  const endRow = () => {
    cells.push(cell.trim());
    const isBlank = cells.every((each) => each === "");
    if (!isBlank && cells[0]?.startsWith("#") !== true) rows.push({ line: start, cells });
    cells = [];
    cell = "";
    start = line + 1;
  };
  for (let index = 0; index < plain.length; index += 1) {
    const character = plain[index] ?? "";
    if (quoted) {
      if (character === '"' && plain[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else if (character === '"') quoted = false;
      else cell += character;
      if (character === "\n") line += 1;
    } else if (character === '"' && cell.trim() === "") {
      cell = "";
      quoted = true;
    } else if (character === delimiter) {
      cells.push(cell.trim());
      cell = "";
    } else if (character === "\n") {
      endRow();
      line += 1;
    } else if (character !== "\r") cell += character;
  }
  endRow();
  return { delimiter, rows };
}

/** The one of the usual delimiters that the first line with any has most of. */
function delimiterOf(text: string): string {
  const first = text.split("\n").find((each) => each.trim() !== "" && !each.startsWith("#")) ?? "";
  const [best = ","] = [",", ";", "\t"].toSorted((left, right) => first.split(right).length - first.split(left).length);
  return best;
}
