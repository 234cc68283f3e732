import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const day = ["--today", "2026-11-22"];
const nordwind = "examples/nordwind";
const history = ["--history", "examples/nordwind/costs/daily.csv"];

/** Runs a command of `scantling cost` and checks its JSON by the published schema. */
function json(schema: string, ...words: string[]): unknown {
  const run = runScantling(["cost", ...words, "-o", "json", "--quiet"]);
  const document: unknown = JSON.parse(run.stdout);
  const published = JSON.parse(readFileSync(join(repositoryRoot, `schemas/${schema}.v1alpha1.json`), "utf8")) as object;
  const isValid = new Ajv({ strict: false }).compile(published);
  expect(isValid(document), JSON.stringify(isValid.errors?.[0])).toBe(true);
  return document;
}

/** Lines that are wider than a page. */
const wide = (text: string) => text.split("\n").filter((line) => Array.from(line).length > 100);

describe("scantling cost forecast", () => {
  test("from a history: months, budgets, known changes, anomalies, unit costs, and why to believe it", () => {
    const { stdout } = runScantling(["cost", "forecast", nordwind, ...history, ...day, "--quiet"]);
    for (const text of [
      "From 146 days of costs",
      "Known changes",
      "retail is expected to pass the budget of EUR 12,000.00",
      "treasury passed the budget of EUR 3,500.00 a month in every month",
      "savings plan of 1.2 an hour ends",
      "black-friday",
      "platform-data cost EUR 250.36 on 2026-09-15 to 2026-09-16",
      "agents costs",
      "virtual machines +EUR",
      "1K orders",
      "Holt-Winters",
    ]) {
      expect(stdout).toContain(text);
    }
    expect(wide(stdout)).toEqual([]);
  });

  test("the report is what its schema says, and bearers add up to the total", () => {
    const report = json("cost-forecast", "forecast", nordwind, ...history, ...day) as {
      total: { months: { likely: number }[] };
      bearers: { months: { likely: number }[] }[];
    };
    for (const [index, { likely }] of report.total.months.entries()) {
      const sum = report.bearers.reduce((all, { months }) => all + Math.round(100 * (months[index]?.likely ?? 0)), 0);
      expect(Math.round(100 * likely)).toBe(sum);
    }
    expect(json("cost-forecast", "forecast", "examples/shop", ...day, "--months", "3")).toMatchObject({
      basis: "declared",
      total: { months: [{ month: "2026-11" }, {}, {}, { month: "2027-02" }] },
    });
  });

  test("a price change is a known step; what cannot be read of a history is counted and said", () => {
    const file = join(mkdtempSync(join(tmpdir(), "costs-")), "costs.csv");
    const rows = Array.from({ length: 40 }, (_, index) => {
      const date = new Date(Date.UTC(2026, 9, 12 + index)).toISOString().slice(0, 10);
      return index === 20 ? `${date},shop,-5` : `${date},shop,${10 + (index % 7)}`;
    });
    writeFileSync(file, `date,tenant,cost\n${rows.join("\n")}\n2026-11-19,shop,much\n`);
    const options = ["--history", file, "--price-change", "2027-01-01=+10%"];
    const { stdout, stderr, code } = runScantling(["cost", "forecast", "examples/shop", ...options, ...day]);
    expect(code).toBe(0);
    for (const diagnostic of ["EST-791", "EST-793", "EST-794"]) expect(stderr).toContain(diagnostic);
    expect(stdout).toContain("From 2027-01-01: prices +10 %");
    expect(stdout).toContain("shop (not declared)");
  });

  test.each([
    [["--history", "nowhere.csv"], "hint:"],
    [["--history", "examples/shop/README.md"], "EST-790"],
    [["--months", "400"], "up to 36"],
    [["--price-change", "soon=+3%"], "2027-01-01=+3%"],
    [["--growth", "much"], "such as 2%"],
  ])("%j is refused, exit 2", (words, text) => {
    const { code, stdout, stderr } = runScantling(["cost", "forecast", "examples/shop", ...words]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(text);
  });
});

describe("scantling cost scaling", () => {
  const short = ["--workload", "orders-api", "--days", "1", ...day];

  test("strategies, curves over the duty cycle, and where they break even, on one page's width", () => {
    const { stdout } = runScantling(["cost", "scaling", nordwind, ...short, "--quiet"]);
    for (const text of ["STRATEGIES UNDER", "OVER THE DUTY CYCLE", "BREAK EVEN", "Container Apps", "KEDA to zero"]) {
      expect(stdout.toUpperCase()).toContain(text.toUpperCase());
    }
    expect(wide(stdout)).toEqual([]);
  });

  test("the report is what its schema says, and its curves rise to where they cross", () => {
    const report = json("scaling-economics", "scaling", nordwind, ...short) as {
      breakEvens: { duty: { result: { value: number } } }[];
      curves: { points: { duty: number }[] }[];
    };
    expect(report.breakEvens.length).toBeGreaterThan(3);
    for (const { duty } of report.breakEvens) {
      expect(duty.result.value).toBeGreaterThanOrEqual(0);
      expect(duty.result.value).toBeLessThanOrEqual(1);
    }
    for (const { points } of report.curves) {
      expect(points.map(({ duty }) => duty)).toEqual(points.map(({ duty }) => duty).toSorted((one, two) => one - two));
    }
  });

  test("an unknown workload is refused with those that have a load", () => {
    const { code, stderr } = runScantling(["cost", "scaling", nordwind, "--workload", "nobody", "--quiet"]);
    expect(code).toBe(2);
    expect(stderr).toContain("orders/orders-api");
  });
});
