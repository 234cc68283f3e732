import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const day = ["--today", "2026-11-22"];
const nordwind = "examples/nordwind";

/** Runs `scantling cost` on an example and checks its JSON by the published schema. */
function json(schema: string, ...words: string[]): Record<string, never> {
  const run = runScantling(["cost", ...words, "-o", "json", "--quiet"]);
  const document = JSON.parse(run.stdout) as Record<string, never>;
  const published = JSON.parse(readFileSync(join(repositoryRoot, `schemas/${schema}.v1alpha1.json`), "utf8")) as object;
  const isValid = new Ajv({ strict: false }).compile(published);
  expect(isValid(document), JSON.stringify(isValid.errors?.[0])).toBe(true);
  return document;
}

const cents = (rows: readonly { readonly total: number }[]) =>
  rows.reduce((sum, { total }) => sum + Math.round(total * 100), 0);

describe("scantling cost", () => {
  test("bill reads like an invoice: lines, subtotals, discounts, commitments, total", () => {
    const { code, stdout } = runScantling(["cost", "bill", nordwind, ...day, "--quiet"]);
    expect(code).toBe(0);
    for (const text of [
      "CLUSTER PROD-WEU",
      "Subtotal",
      "Negotiated discounts",
      "Utilisation",
      "730 h",
      "savings plan",
    ]) {
      expect(stdout).toContain(text);
    }
    expect(stdout.split("\n").every((line) => line.length <= 100)).toBe(true);
  });

  test("bill, allocation, comparison and prices are what their schemas say, and the allocation is the bill", () => {
    const bill = json("bill", "bill", nordwind, ...day) as unknown as {
      total: { result: { likely: number } };
      sections: { subtotal: number }[];
    };
    const whole = Math.round(bill.total.result.likely * 100);
    expect(cents(bill.sections.map(({ subtotal }) => ({ total: subtotal })))).toBe(whole);
    for (const by of ["tenant", "namespace", "label:app"]) {
      const allocation = json("cost-allocation", "allocate", nordwind, ...day, "--by", by) as unknown as {
        rows: { total: number }[];
      };
      expect(cents(allocation.rows)).toBe(whole);
    }
    expect(json("cost-comparison", "compare", "examples/shop", ...day).alternatives).not.toEqual([]);
    expect(json("vm-prices", "prices", "D4s_v5", "--region", "eastus2")).toMatchObject({
      payAsYouGo: { value: 0.192, source: expect.any(String), asOf: expect.stringMatching(/^20/) },
      reservation: [{ termYears: 1, termTotal: 1_038 }, { termYears: 3 }],
    });
  });

  test("an unknown size or region is a diagnostic with what is near, exit 2", () => {
    const { code, stdout, stderr } = runScantling(["cost", "prices", "D4s_v55", "--region", "westeuropa"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("EST-750");
    expect(stderr).toContain("Did you mean Standard_D4s_v5?");
    expect(stderr).toContain("Did you mean westeurope?");
  });

  test("FOCUS rows carry every column, OpenCost rows add up", () => {
    const focus = runScantling(["cost", "bill", nordwind, ...day, "-o", "focus", "--quiet"]).stdout.split("\n");
    expect(focus[0]?.split(",").length).toBe(57);
    expect(focus[0]).toContain("BilledCost");
    const split = runScantling(["cost", "allocate", nordwind, ...day, "-o", "focus", "--quiet"]).stdout.split("\n");
    expect(split[0]).toContain("AllocatedMethodId");
    const answer = JSON.parse(
      runScantling(["cost", "allocate", nordwind, ...day, "-o", "opencost", "--quiet"]).stdout,
    ) as { code: number; data: { [name: string]: { totalCost: number } }[] };
    expect(answer.code).toBe(200);
    const rows = Object.values(answer.data[0] ?? {}).map(({ totalCost }) => ({ total: totalCost }));
    expect(Object.keys(answer.data[0] ?? {})).toContain("__idle__");
    expect(cents(rows)).toBe(3_379_895);
  });

  test("measured usage moves cost from idle to who used it; bad samples are counted and shown", () => {
    const file = join(mkdtempSync(join(tmpdir(), "usage-")), "usage.csv");
    writeFileSync(
      file,
      "time,namespace,pod,cpuCores,memoryGiB\n2026-11-01T00:00:00Z,shop,web-1-a,1.9,1\n2026-11-01T01:00:00Z,shop,web-1-a,NaN,1\n2026-11-01T01:00:00Z,shop,nobody-1,1,1\n",
    );
    const run = runScantling(["cost", "allocate", "examples/shop", ...day, "--usage", file]);
    expect(run.code).toBe(0);
    expect(run.stderr).toContain("EST-754");
    expect(run.stderr).toContain("EST-760");
    expect(run.stdout).toContain("by the larger of request and usage");
    const missing = runScantling(["cost", "allocate", "examples/shop", "--usage", `${file}.gone`]);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain("hint:");
  });

  test.each([
    ["--by", "colour"],
    ["--share-idle", "fairly"],
    ["--share-platform", "fixed:a=80,b=30"],
    ["--filter", "tenant"],
    ["--period", "week"],
  ])("%s %s is refused with a hint", (option, value) => {
    const { code, stderr } = runScantling(["cost", "allocate", "examples/shop", option, value]);
    expect(code).toBe(2);
    expect(stderr).not.toBe("");
  });
});
