import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const day = ["--today", "2026-11-22", "--quiet"];
const nordwind = "examples/nordwind";

interface Report {
  readonly purchases: readonly {
    kind: string;
    termYears: number;
    instances?: number;
    monthly: { reasons: unknown[] };
  }[];
  readonly parts: { readonly best: { [part: string]: number } };
  readonly best: { result: { value: number } };
  readonly curves: readonly { steps: readonly unknown[] }[];
  readonly breakEvens: readonly { hoursPerDay: number }[];
  readonly ways: readonly { way: string; monthly: number }[];
  readonly unpriced: readonly { label: string }[];
}

/** Runs `scantling cost commit` and checks its JSON by the published schema. */
function json(...words: string[]): Report {
  const run = runScantling(["cost", "commit", ...words, ...day, "-o", "json"]);
  const document = JSON.parse(run.stdout) as Report;
  const published = JSON.parse(
    readFileSync(join(repositoryRoot, "schemas/cost-commitments.v1alpha1.json"), "utf8"),
  ) as object;
  const isValid = new Ajv({ strict: false }).compile(published);
  expect(isValid(document), JSON.stringify(isValid.errors?.[0])).toBe(true);
  return document;
}

describe("scantling cost commit", () => {
  test("reads like an invoice: what to buy, the bill, how sure it is, and the break-even beside the rule of thumb", () => {
    const { code, stdout } = runScantling(["cost", "commit", nordwind, ...day]);
    expect(code).toBe(0);
    for (const text of [
      "WHAT TO BUY",
      "Reserve D4ds_v5, westeurope, 3 y",
      "THE BILL OF THE NODES",
      "Locked until",
      "The rule of thumb says 8 hours a day",
      "2029-11-21",
      "WITHOUT A PRICE",
      "ASM-190",
    ]) {
      expect(stdout).toContain(text);
    }
    expect(stdout.split("\n").every((line) => line.length <= 100)).toBe(true);
  });

  test("the report is what its schema says, adds up, and no way that it sets beside is cheaper", () => {
    const report = json(nordwind);
    const { payAsYouGo = 0, spot = 0, ownedCommitments = 0, purchases = 0, total = 0 } = report.parts.best;
    expect(payAsYouGo + spot + ownedCommitments + purchases).toBeCloseTo(total, 6);
    expect(report.best.result.value).toBe(total);
    // Plans of trifling money are left out: a thousandth of the bill.
    for (const { monthly } of report.ways) expect(total).toBeLessThanOrEqual(monthly * 1.001);
    expect(report.purchases.every(({ monthly }) => monthly.reasons.length > 0)).toBe(true);
    expect(report.curves.every(({ steps }) => steps.length > 0)).toBe(true);
    expect(report.breakEvens.every(({ hoursPerDay }) => hoursPerDay > 8)).toBe(true);
    expect(report.unpriced.some(({ label }) => label.startsWith("3-year savings-plan rate"))).toBe(true);
  });

  test("terms and kinds follow the options; markdown is the same advice", () => {
    expect(json("examples/shop", "--term", "1").purchases).toMatchObject([
      { kind: "reservation", termYears: 1, instances: 6 },
    ]);
    expect(json("examples/shop", "--no-reservations").purchases).toMatchObject([{ kind: "savingsPlan", termYears: 1 }]);
    expect(json("examples/shop", "--no-reservations", "--no-savings-plan").purchases).toEqual([]);
    const { stdout } = runScantling(["cost", "commit", "examples/shop", ...day, "-o", "markdown"]);
    expect(stdout).toContain("## What to buy");
  });

  test("measured nodes are read; rows that say nothing are counted and shown", () => {
    const file = join(mkdtempSync(join(tmpdir(), "nodes-")), "nodes.csv");
    writeFileSync(
      file,
      "time,pool,nodes\n2026-11-01T00:00:00Z,apps,2\n2026-11-01T01:00:00Z,apps,2\n2026-11-01T01:00:00Z,gone,1\n2026-11-01T02:00:00Z,apps,-1\n",
    );
    const run = runScantling(["cost", "commit", "examples/shop", "--today", "2026-11-22", "--node-hours", file]);
    expect(run.code).toBe(0);
    expect(run.stderr).toContain("EST-765");
    expect(run.stderr).toContain("EST-766");
    expect(run.stdout).toMatch(/Reserve D4ads_v5, westeurope, 3 y \* +5 /);
    expect(runScantling(["cost", "commit", "examples/shop", "--node-hours", `${file}.gone`]).code).toBe(2);
  });

  test.each([
    ["--term", "2"],
    ["--months", "40"],
    ["--growth", "much"],
    ["--fall", "130%"],
    ["--days", "0"],
  ])("%s %s is refused with a hint", (option, value) => {
    const { code, stderr } = runScantling(["cost", "commit", "examples/shop", option, value]);
    expect(code).toBe(2);
    expect(stderr).not.toBe("");
  });
});
