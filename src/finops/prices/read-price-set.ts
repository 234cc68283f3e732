/** A part of a downloaded price list. */
interface PriceSetPart {
  readonly rows: readonly unknown[];
  readonly hasNext: boolean;
  readonly problem?: string;
}

/** Longer texts without a line end are not read: nothing but one text is kept. */
const longestText = 256 * 2 ** 20;

/**
 * Reads rows of the Azure Retail Prices API that were downloaded before: a JSON array of rows or of pages, a page, or one
 * row or page a line. Line by line where the first line is JSON by itself, as a whole otherwise.
 */
export async function* readPriceSet(chunks: AsyncIterable<string>): AsyncGenerator<PriceSetPart> {
  let rest = "";
  let byLine: boolean | undefined;
  let hasNext = false;
  for await (const chunk of chunks) {
    rest += rest === "" && byLine === undefined ? chunk.replace(/^\uFEFF/, "") : chunk;
    if (rest.length > longestText) {
      yield { rows: [], hasNext: false, problem: "a text of more than 256 MiB without a line end" };
      return;
    }
    if (byLine === false || !rest.includes("\n")) continue;
    const lines = rest.split("\n");
    const first = lines[0] ?? "";
    byLine ??= first.trim() !== "" && parse(first) !== undefined;
    if (!byLine) continue;
    rest = lines.pop() ?? "";
    const part = partOf(lines, hasNext);
    hasNext = part.hasNext;
    yield part;
  }
  if (rest.trim() !== "") yield partOf([rest], hasNext);
}

/** `hadNext` says whether the last page before these texts links to another one. */
function partOf(texts: readonly string[], hadNext: boolean): PriceSetPart {
  const rows: unknown[] = [];
  let hasNext = hadNext;
  let problem: string | undefined;
  for (const text of texts) {
    if (text.trim() === "") continue;
    const value = parse(text);
    if (value === undefined) problem = "it is no JSON";
    else hasNext = addRows(rows, value);
  }
  return { rows, hasNext, ...(problem === undefined ? {} : { problem }) };
}

/** True when the last page of the value links to another one. */
function addRows(rows: unknown[], value: unknown): boolean {
  if (Array.isArray(value)) return value.map((each) => addRows(rows, each)).at(-1) ?? false;
  const items = isRecord(value) ? (value["Items"] ?? value["items"]) : undefined;
  if (!isRecord(value) || !Array.isArray(items)) {
    rows.push(value);
    return false;
  }
  for (const item of items) rows.push(item);
  const link = value["NextPageLink"] ?? value["nextPageLink"];
  return typeof link === "string" && link !== "";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
