/** A query that can be asked over any window, or why it cannot. */
export type WindowedQuery =
  | {
      readonly over: (window: string) => string;
      /** The range that was written in the place of the window; undefined where none was. */
      readonly range?: string;
      /** What its events are counted by; undefined where that cannot be seen. */
      readonly counts: "perSecond" | "perWindow" | undefined;
    }
  | { readonly problem: string; readonly remedy: string };

/** A part of a query: a range in brackets, or what stands between. */
interface QueryPart {
  readonly text: string;
  readonly isRange: boolean;
}

const placeholder = /\{\{\s*\.window\s*\}\}/g;
const selector = String.raw`[A-Za-z_:][\w:]*(?:\{(?:[^"'{}]|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')*\})?`;
const grouping = String.raw`(?:by|without)\s*\([\w\s,]*\)`;
const bareSelector = new RegExp(`^${selector}$`);
const sumOfSelector = new RegExp(`^sum\\s*(${grouping})?\\s*\\(\\s*(${selector})\\s*\\)\\s*(${grouping})?$`);

/**
 * Makes the window of a PromQL query variable: `{{.window}}` where it is written (as Sloth has it), else the one range
 * that the query has, else the rate of the counter that it is.
 */
export function windowedQuery(query: string, isCounter: boolean): WindowedQuery {
  const text = query.trim();
  const counts = countsOf(text);
  if (placeholder.test(text)) {
    placeholder.lastIndex = 0;
    return { over: (window) => text.replace(placeholder, window), counts };
  }
  const parts = splitRanges(text);
  const ranges = [...new Set(parts.filter(({ isRange }) => isRange).map((part) => part.text))];
  const [range] = ranges;
  const remedy = "Write {{.window}} in the place of the range.";
  if (ranges.length > 1) return { problem: `the query has several ranges, ${ranges.join(", ")}`, remedy };
  if (range?.includes(":")) return { problem: `the query has a subquery, ${range}`, remedy };
  if (range !== undefined) {
    const over = (window: string) => parts.map((part) => (part.isRange ? `[${window}]` : part.text)).join("");
    return { over, range: range.slice(1, -1), counts };
  }
  const rate = isCounter ? rateOf(text) : undefined;
  if (rate !== undefined) return { over: rate, counts: "perSecond" };
  return {
    problem: "the query has no range that a window could take the place of",
    remedy: `Write it as sum(rate(metric[{{.window}}])).`,
  };
}

/** A counter, or a sum of one, as its rate. */
function rateOf(query: string): ((window: string) => string) | undefined {
  if (bareSelector.test(query)) return (window) => `sum(rate(${query}[${window}]))`;
  const match = sumOfSelector.exec(query);
  if (match === null) return undefined;
  const [, before, counter = "", after] = match;
  const by = before ?? after;
  return (window) => `sum${by === undefined ? "" : ` ${by} `}(rate(${counter}[${window}]))`;
}

function countsOf(query: string): "perSecond" | "perWindow" | undefined {
  const isRate = /\bi?rate\s*\(/.test(query);
  const isIncrease = /\bincrease\s*\(/.test(query);
  if (isRate === isIncrease) return undefined;
  return isRate ? "perSecond" : "perWindow";
}

/** Splits off ranges in brackets; brackets inside quotes belong to label values. */
function splitRanges(query: string): readonly QueryPart[] {
  const parts: QueryPart[] = [];
  let text = "";
  for (let position = 0; position < query.length; ) {
    const character = query.charAt(position);
    const length = "\"'`".includes(character) ? quotedLength(query, position) : 1;
    const range = character === "[" ? /^\[[^\]"'`]*\]/.exec(query.slice(position, position + 60))?.[0] : undefined;
    if (range === undefined) {
      text += query.slice(position, position + length);
      position += length;
    } else {
      parts.push({ text, isRange: false }, { text: range, isRange: true });
      text = "";
      position += range.length;
    }
  }
  return [...parts, { text, isRange: false }];
}

function quotedLength(query: string, start: number): number {
  const quote = query.charAt(start);
  for (let position = start + 1; position < query.length; position += 1) {
    const character = query.charAt(position);
    if (character === "\\" && quote !== "`") position += 1;
    else if (character === quote) return position - start + 1;
  }
  return query.length - start;
}
