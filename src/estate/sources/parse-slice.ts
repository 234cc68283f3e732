import { type Event, parseEvents, YAMLException } from "js-yaml";
import { MAXIMUM_DEPTH } from "./reading-limits.ts";

/** Events of one document, whose offsets are those of `text`; `original` leads back to the text that was given. */
export interface ParsedSlice {
  readonly events: readonly Event[];
  readonly text: string;
  /** Offset in the given text of an offset in `text`. */
  readonly original: (offset: number) => number;
}

/** A parser's error with the text it speaks of. */
export interface FailedSlice {
  readonly error: unknown;
  readonly text: string;
  readonly original: (offset: number) => number;
}

/** Spaces put before a line that stands too far left; inside brackets and quotes any number is as good. */
const PADDING = 256;
/** Characters that may be parsed again for the sake of lines that stand too far left. */
const REPEATED_WORK = 8_000_000;
const MAXIMUM_REPAIRS = 500;

/**
 * Parses one document. The grammar wants the lines of a bracketed or quoted value indented deeper than its key; the
 * parsers of Kubernetes do not mind (`args: [` closed by a `]` under the key is common), so such lines are moved right
 * and parsed again, where it changes nothing but the indentation.
 */
export function parseSlice(given: string): ParsedSlice | FailedSlice {
  let text = given;
  const repairs: number[] = [];
  const original = (offset: number): number => originalOffset(repairs, offset);
  let firstError: unknown;
  for (let work = 0; ; work += text.length) {
    try {
      return { events: parseEvents(text, { maxDepth: MAXIMUM_DEPTH + 2 }), text, original };
    } catch (error) {
      firstError ??= error;
      const position = deficientLine(error, text);
      if (position === undefined) return { error, text, original };
      if (work > REPEATED_WORK || repairs.length >= MAXIMUM_REPAIRS || repairs.includes(position)) {
        return { error: firstError, text: given, original: (offset) => offset };
      }
      text = `${text.slice(0, position)}${" ".repeat(PADDING)}${text.slice(position)}`;
      repairs.push(position);
    }
  }
}

/** Start of the line that stands too far left, when that is what the error is about. */
function deficientLine(error: unknown, text: string): number | undefined {
  if (!(error instanceof YAMLException) || error.reason !== "deficient indentation") return undefined;
  const position = error.mark?.position ?? 0;
  return Math.max(text.lastIndexOf("\n", position - 1), text.lastIndexOf("\r", position - 1)) + 1;
}

/** Repairs come in the order of the text, each at its offset in the text that already holds those before it. */
function originalOffset(repairs: readonly number[], offset: number): number {
  let shift = 0;
  for (const position of repairs) {
    if (offset < position) break;
    shift += Math.min(PADDING, offset - position);
  }
  return offset - shift;
}
