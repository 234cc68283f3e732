import type { Place } from "../../../src/estate/sources/place.ts";

/** The words of a cut set, and the place that they end with. */
export interface CutWords {
  readonly text: string;
  readonly place: Place | undefined;
}

/** Takes `… (file:line)` off the end of a sentence, so that the place can be opened. */
export function cutWords(words: string): CutWords {
  const found = /^(.*) \(([^()]+):(\d+)\)$/s.exec(words);
  const [, text = words, source, line] = found ?? [];
  const place =
    source === undefined ? undefined : ({ precision: "exact", source, line: Number(line), column: 1 } as const);
  return { text: `${text.charAt(0).toUpperCase()}${text.slice(1)}`, place };
}
