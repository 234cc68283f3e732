/** Turns offsets of one text into lines and columns; the line starts are found on first use. */
export interface LineIndex {
  /** Line and column from 1; columns count UTF-16 code units, as editors and language servers do. */
  position(offset: number): { readonly line: number; readonly column: number };
}

/** An index over `text`. A line ends at LF, CR LF or a lone CR, as in YAML. */
export function lineIndex(text: string): LineIndex {
  let starts: Int32Array | undefined;
  return {
    position(offset) {
      starts ??= lineStarts(text);
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >>> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
    },
  };
}

function lineStarts(text: string): Int32Array {
  const breaks = text.includes("\r") ? /\r\n?|\n/g : undefined;
  const afterBreak = (from: number): number => {
    if (breaks === undefined) return text.indexOf("\n", from) + 1;
    breaks.lastIndex = from;
    return breaks.test(text) ? breaks.lastIndex : 0;
  };
  let starts = new Int32Array(1024);
  let count = 1;
  for (let position = afterBreak(0); position > 0; position = afterBreak(position)) {
    if (count === starts.length) {
      const grown = new Int32Array(count * 2);
      grown.set(starts);
      starts = grown;
    }
    starts[count] = position;
    count += 1;
  }
  return starts.subarray(0, count);
}
