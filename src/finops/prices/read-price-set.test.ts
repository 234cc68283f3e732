import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPriceSet } from "./read-price-set.ts";
import { givenRow } from "./testing/given-row.ts";

async function* inChunks(text: string, length: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

async function read(text: string, length = 100) {
  const rows: unknown[] = [];
  const problems: string[] = [];
  let hasNext = false;
  for await (const part of readPriceSet(inChunks(text, length))) {
    rows.push(...part.rows);
    hasNext = part.hasNext;
    if (part.problem !== undefined) problems.push(part.problem);
  }
  return { rows, problems, hasNext };
}

const rows = [1, 2, 3].map((price) => givenRow({ retailPrice: price }));
const page = (items: readonly unknown[], NextPageLink: string | null) => ({
  BillingCurrency: "USD",
  Items: items,
  NextPageLink,
  Count: items.length,
});
const link = "https://prices.azure.com:443/api/retail/prices?$skip=1000";

describe("a downloaded price list", () => {
  test.each([
    ["an array of rows", JSON.stringify(rows)],
    ["the same, indented, after a byte order mark", `\uFEFF${JSON.stringify(rows, undefined, 2)}`],
    ["a page", JSON.stringify(page(rows, null), undefined, 2)],
    ["pages in an array", JSON.stringify([page(rows.slice(0, 1), link), page(rows.slice(1), null)])],
    ["a row a line", rows.map((row) => JSON.stringify(row)).join("\n")],
    ["a row a line, ended as Windows does", rows.map((row) => `${JSON.stringify(row)}\r\n`).join("")],
    ["a page a line", `${JSON.stringify(page(rows.slice(0, 1), link))}\n${JSON.stringify(page(rows.slice(1), ""))}\n`],
  ])("is read as %s, wherever the chunks end", async (_what, text) => {
    expect(await read(text, text.length)).toEqual({ rows, problems: [], hasNext: false });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: text.length }), async (length) => {
        expect(await read(text, length)).toEqual({ rows, problems: [], hasNext: false });
      }),
      { numRuns: 20 },
    );
  });

  test("that ends with a link to another page says so", async () => {
    expect((await read(JSON.stringify(page(rows, link)))).hasNext).toBe(true);
    expect((await read(JSON.stringify([page(rows, null), page(rows, link)]))).hasNext).toBe(true);
    expect((await read(`${JSON.stringify(page(rows, link))}\n\n`, 1)).hasNext).toBe(true);
  });

  test("with a broken line keeps the others", async () => {
    const text = `${JSON.stringify(rows[0])}\n{"meterName": \n${JSON.stringify(rows[1])}\n`;
    expect(await read(text)).toEqual({ rows: rows.slice(0, 2), problems: ["it is no JSON"], hasNext: false });
  });

  test.each([
    ["a page of HTML", "<html>\n</html>"],
    ["half a download", JSON.stringify(rows, undefined, 2).slice(0, 300)],
  ])("that is %s has no rows", async (_what, text) => {
    expect(await read(text)).toEqual({ rows: [], problems: ["it is no JSON"], hasNext: false });
  });

  test("that is empty has no rows and no problem", async () => {
    expect(await read("")).toEqual({ rows: [], problems: [], hasNext: false });
  });
});
