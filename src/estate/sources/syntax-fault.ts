import { YAMLException } from "js-yaml";
import {
  badIndentation,
  missingColon,
  nestingTooDeep,
  reservedCharacter,
  tabIndentation,
  unclosedBracket,
  unclosedQuote,
  unquotedColon,
  yamlSyntax,
} from "../diagnostics/reading-diagnostics.ts";
import { type ReadingFault, readingFault } from "./reading-fault.ts";
import { MAXIMUM_DEPTH } from "./reading-limits.ts";
import { findUnclosedBracket } from "./unclosed-bracket.ts";

/** What the parser says, and what we say instead: the same fact in words that point at the remedy. */
const RESERVED = /[@`%]/;

const REASONS: ReadonlyMap<string, string> = new Map([
  ["missed comma between flow collection entries", "a comma or a closing bracket is missing between two entries"],
  ["unexpected end of the stream within a flow collection", "a bracket that was opened is never closed"],
  [
    "a whitespace character is expected after the key-value separator within a block mapping",
    'a space is missing after ":"',
  ],
  [
    "can not read a block mapping entry; a multiline key may not be an implicit key",
    "a key runs over more than one line",
  ],
  ["end of the stream or a document separator is expected", "something stands here that belongs to nothing above it"],
]);

/** The fault that an error of the parser stands for. Errors that are not the parser's own (a bug) are thrown on. */
export function syntaxFault(error: unknown, text: string): ReadingFault {
  if (error instanceof RangeError) return readingFault(nestingTooDeep, { limit: MAXIMUM_DEPTH }, 0);
  if (!(error instanceof YAMLException)) throw error;
  const { reason } = error;
  const offset = errorOffset(error, text);
  if (reason.startsWith("nesting exceeded")) return readingFault(nestingTooDeep, { limit: MAXIMUM_DEPTH }, offset);
  const tab = reason.startsWith("tab characters must not") ? offset : tabInIndentation(text, offset);
  if (tab !== undefined) return readingFault(tabIndentation, {}, tab);
  const unclosed = reason.endsWith("quoted scalar") ? undefined : findUnclosedBracket(text, offset);
  if (unclosed !== undefined) return readingFault(unclosedBracket, { bracket: unclosed.bracket }, unclosed.offset);
  if (reason === "deficient indentation") return deficientFault(text, offset);
  if (reason.endsWith("single quoted scalar"))
    return readingFault(unclosedQuote, { quote: "single" }, openingQuote(text, "'", offset));
  if (reason.endsWith("double quoted scalar"))
    return readingFault(unclosedQuote, { quote: "double" }, openingQuote(text, '"', offset));
  if (reason === "expected ':' after a mapping key") return readingFault(missingColon, {}, lineContent(text, offset));
  if (reason.startsWith("can not read a block mapping entry"))
    return readingFault(missingColon, {}, lineContent(text, previousLine(text, offset)));
  return strayFault(reason, text, offset);
}

/** Where the error is; one at the end of the document stands behind its last character, not in the document below. */
function errorOffset(error: YAMLException, text: string): number {
  const position = error.mark?.position ?? 0;
  return position < text.length ? position : text.trimEnd().length;
}

/** Something that the parser did not expect where it stands: the character itself often says why. */
function strayFault(reason: string, text: string, offset: number): ReadingFault {
  const character = text[offset] ?? "";
  const before = text.slice(lineStart(text, offset), offset);
  const inLine = before.trim() !== "";
  if (inLine && RESERVED.test(character)) return readingFault(reservedCharacter, { character }, offset);
  if (inLine && character === ":" && before.includes(":")) return readingFault(unquotedColon, {}, offset);
  if (inLine && character === ":") return readingFault(missingColon, {}, lineContent(text, previousLine(text, offset)));
  if (reason === "bad indentation of a mapping entry") return readingFault(badIndentation, { what: "entry" }, offset);
  if (reason === "bad indentation of a sequence entry") {
    return readingFault(badIndentation, { what: "list item" }, offset);
  }
  return readingFault(yamlSyntax, { reason: REASONS.get(reason) ?? reason }, offset);
}

/** Lines of a bracketed or quoted value that stand left of its key: most often the closing character was forgotten. */
function deficientFault(text: string, offset: number): ReadingFault {
  const before = /(?:^|[\s:,[{-])(["'])[^"'\r\n]*[\r\n]+[ \t]*$/.exec(text.slice(Math.max(0, offset - 500), offset));
  if (before !== null) {
    const quote = before[1] === "'" ? "single" : "double";
    return readingFault(unclosedQuote, { quote }, text.lastIndexOf(before[1] ?? "", offset - 1));
  }
  return readingFault(
    yamlSyntax,
    { reason: "this line is inside brackets that were opened above, but not indented deeper than their key" },
    offset,
  );
}

/** A tab in the white space that starts the line of `offset`, when there is one. */
function tabInIndentation(text: string, offset: number): number | undefined {
  const start = lineStart(text, offset);
  const tab = text.slice(start, lineContent(text, offset)).indexOf("\t");
  return tab < 0 ? undefined : start + tab;
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
}

/** Offset of the first character of the line of `offset` that is no white space. */
function lineContent(text: string, offset: number): number {
  const white = /[ \t]*/y;
  white.lastIndex = lineStart(text, offset);
  white.exec(text);
  return white.lastIndex;
}

/** An offset in the nearest line above that holds something, or `offset` itself when there is none. */
function previousLine(text: string, offset: number): number {
  let end = lineStart(text, offset);
  while (end > 0 && /\s/.test(text[end - 1] ?? "")) end -= 1;
  return end > 0 ? end : offset;
}

/**
 * The quote that was never closed. Every later quote of its kind is escaped (`\\"`, or doubled in single quotes), else
 * it would have closed the scalar: so it is the last one that is not.
 */
function openingQuote(text: string, quote: string, end: number): number {
  let position = text.lastIndexOf(quote, end - 1);
  while (position > 0) {
    const before = runLength(text, position - 1, quote === '"' ? "\\" : "'");
    if (before % 2 === 0) return quote === "'" ? position - before : position;
    position = text.lastIndexOf(quote, position - before - 1);
  }
  return Math.max(0, position);
}

/** How often `character` stands in a row, ending at `position`. */
function runLength(text: string, position: number, character: string): number {
  let length = 0;
  while (position - length >= 0 && text[position - length] === character) length += 1;
  return length;
}
