/** One row of a table with the line that it starts on, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Rows of comma-separated values (RFC 4180): cells may be quoted and then hold commas, doubled quotes and line breaks.
 * Blank lines are passed over; a quote that is never closed ends at the end of the text.
 */
export function parseCsv(text: string): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let line = 1;
  let startLine = 1;
  const endRow = () => {
    cells.push(cell);
    if (cells.length > 1 || cells[0] !== "") rows.push({ line: startLine, cells: cells.map((each) => each.trim()) });
    cells = [];
    cell = "";
  };
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  for (let index = 0; index < source.length; index += 1) {
    const character = source.charAt(index);
    if (character === "\n") line += 1;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (source.charAt(index + 1) === '"') {
        cell += '"';
        index += 1;
      } else quoted = false;
    } else if (character === '"' && cell.trim() === "") {
      cell = "";
      quoted = true;
    } else if (character === ",") {
      cells.push(cell);
      cell = "";
    } else if (character === "\n") {
      endRow();
      startLine = line;
    } else if (character !== "\r") cell += character;
  }
  endRow();
  return rows;
}
