import type { BlockReading } from "./block-lines.ts";

export function isDocumentStart({ text, indent, start, stop }: BlockReading): boolean {
  return indent === 0 && text.startsWith("---", start) && isRestEmpty(text, start + 3, stop);
}

/** Whether only blanks and a comment are left of a line; a comment needs a blank before it. */
export function isRestEmpty(text: string, from: number, stop: number): boolean {
  let position = from;
  while (position < stop && text.charCodeAt(position) === 0x20) position += 1;
  return position >= stop || (position > from && text.charCodeAt(position) === 0x23);
}

/** `-` before a blank or the end of the line. */
export function isEntry(text: string, start: number, stop: number): boolean {
  return text.charCodeAt(start) === 0x2d && (start + 1 >= stop || text.charCodeAt(start + 1) === 0x20);
}

/** Offset of the `:` that ends a plain key of the usual characters; -1 when there is none. */
export function keyEnd(text: string, start: number, stop: number): number {
  let position = start;
  while (position < stop && isKeyCharacter(text.charCodeAt(position))) position += 1;
  if (position === start || position >= stop || text.charCodeAt(position) !== 0x3a) return -1;
  return position + 1 >= stop || text.charCodeAt(position + 1) === 0x20 ? position : -1;
}

/** Letters, digits, `-`, `.`, `/` and `_`. */
function isKeyCharacter(code: number): boolean {
  if (code >= 0x61) return code <= 0x7a;
  if (code >= 0x41) return code <= 0x5a || code === 0x5f;
  return code >= 0x2d && code <= 0x39;
}

export function skipSpaces(text: string, from: number, stop: number): number {
  let position = from;
  while (position < stop && text.charCodeAt(position) === 0x20) position += 1;
  return position;
}
