import { type BlockReading, beyondSubset, endOfLine, nextLine } from "./block-lines.ts";

/**
 * The text of a literal whose header is `|` or `|-` and nothing else; `indent` is the column of what holds it. Goes to the
 * line after it. What the whole grammar is needed for: other headers, blank lines first, blank lines that are longer than
 * the indentation, an end of the text in the middle of the last line.
 */
export function readLiteral(reading: BlockReading, start: number, indent: number): string {
  const { text, end } = reading;
  const isStripped = text.charCodeAt(start + 1) === 0x2d;
  if (reading.stop !== start + (isStripped ? 2 : 1)) throw beyondSubset;
  const first = reading.stop + 1;
  const column = spacesAt(text, first, end);
  if (column <= indent) throw beyondSubset;
  const lines: string[] = [];
  let position = first;
  let blanks = 0;
  while (position < end) {
    const spaces = spacesAt(text, position, end);
    const stop = endOfLine(text, position + spaces, end);
    if (stop >= end && position + spaces < stop) throw beyondSubset;
    if (position + spaces === stop) {
      if (spaces > column || lines.length === 0) throw beyondSubset;
      blanks += 1;
    } else if (spaces < column) {
      break;
    } else {
      for (; blanks > 0; blanks -= 1) lines.push("");
      lines.push(text.slice(position + column, stop));
    }
    position = stop + 1;
  }
  reading.stop = Math.min(position, end) - 1;
  nextLine(reading);
  const content = lines.join("\n");
  return isStripped ? content : `${content}\n`;
}

function spacesAt(text: string, from: number, end: number): number {
  let position = from;
  while (position < end && text.charCodeAt(position) === 0x20) position += 1;
  return position - from;
}
