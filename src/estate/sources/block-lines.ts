/** Where the reader stands in the text: always at the content of a line. */
export interface BlockReading {
  readonly text: string;
  readonly end: number;
  /** Column of the content of this line; -1 after the last line. */
  indent: number;
  /** Offsets of the content of this line: its first character, and the line break. */
  start: number;
  stop: number;
}

/** Thrown where a text is more than the subset; which text it is does not matter. */
export const beyondSubset = new Error("the text needs the whole grammar");

/** Goes to the next line that has content. */
export function nextLine(reading: BlockReading): void {
  const { text, end } = reading;
  let lineStart = reading.stop + 1;
  while (lineStart < end) {
    let position = lineStart;
    while (position < end && text.charCodeAt(position) === 0x20) position += 1;
    const code = position < end ? text.charCodeAt(position) : 0x0a;
    if (code !== 0x0a) {
      const stop = endOfLine(text, position, end);
      if (code !== 0x23) {
        reading.indent = position - lineStart;
        reading.start = position;
        reading.stop = stop;
        return;
      }
      position = stop;
    }
    lineStart = position + 1;
  }
  reading.indent = -1;
  reading.stop = end;
}

export function endOfLine(text: string, position: number, end: number): number {
  const found = text.indexOf("\n", position);
  return found < 0 || found > end ? end : found;
}
