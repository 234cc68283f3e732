import { YAMLException } from "js-yaml";
import {
  badIndentation,
  nestingTooDeep,
  tabIndentation,
  unclosedQuote,
  yamlSyntax,
} from "../diagnostics/reading-diagnostics.ts";
import { type ReadingFault, readingFault } from "./reading-fault.ts";
import { MAXIMUM_DEPTH } from "./reading-limits.ts";

/** What the parser says, and what we say instead: the same fact in words that point at the remedy. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["missed comma between flow collection entries", "a comma or a closing bracket is missing between two entries"],
  ["unexpected end of the stream within a flow collection", "a bracket that was opened is never closed"],
  ["expected ':' after a mapping key", 'a ":" is missing after this key'],
  [
    "a whitespace character is expected after the key-value separator within a block mapping",
    'a space is missing after ":"',
  ],
  [
    "can not read a block mapping entry; a multiline key may not be an implicit key",
    "a key runs over more than one line",
  ],
  ["end of the stream or a document separator is expected", "something stands here that belongs to nothing above it"],
  ["deficient indentation", "this line must be indented deeper than the key it belongs to"],
]);

/** The fault that an error of the parser stands for. Errors that are not the parser's own (a bug) are thrown on. */
export function syntaxFault(error: unknown, slice: string): ReadingFault {
  if (error instanceof RangeError) return readingFault(nestingTooDeep, { limit: MAXIMUM_DEPTH }, 0);
  if (!(error instanceof YAMLException)) throw error;
  const offset = Math.min(error.mark?.position ?? 0, slice.length);
  const { reason } = error;
  if (reason.startsWith("nesting exceeded")) return readingFault(nestingTooDeep, { limit: MAXIMUM_DEPTH }, offset);
  if (reason.startsWith("tab characters must not")) return readingFault(tabIndentation, {}, offset);
  const tab = tabInIndentation(slice, offset);
  if (tab !== undefined) return readingFault(tabIndentation, {}, tab);
  if (reason.includes("quoted scalar")) {
    const quote = reason.includes("single quoted") ? "single" : "double";
    return readingFault(unclosedQuote, { quote }, openingQuote(slice, quote === "single" ? "'" : '"', offset));
  }
  if (reason === "bad indentation of a mapping entry") return readingFault(badIndentation, { what: "entry" }, offset);
  if (reason === "bad indentation of a sequence entry")
    return readingFault(badIndentation, { what: "list item" }, offset);
  return readingFault(yamlSyntax, { reason: REASONS.get(reason) ?? reason }, offset);
}

/** A tab in the white space that starts the line of `offset`, when there is one. */
function tabInIndentation(text: string, offset: number): number | undefined {
  const lineStart = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  const white = /[ \t]*/y;
  white.lastIndex = lineStart;
  const indentation = white.exec(text)?.[0] ?? "";
  const tab = indentation.indexOf("\t");
  return tab < 0 ? undefined : lineStart + tab;
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
