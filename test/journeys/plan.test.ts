import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import type { StructurePlan } from "../../src/operations/planning/plan-report.ts";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const day = ["--today", "2026-11-22", "--quiet"];

describe("scantling plan", () => {
  test("the report of an estate is what its schema says; it schedules, and its steps add before they remove", () => {
    const run = runScantling(["plan", "examples/nordwind", "--no-alternatives", ...day, "-o", "json"]);
    expect(run.code).toBe(0);
    const report = JSON.parse(run.stdout) as StructurePlan;
    const schema = readFileSync(join(repositoryRoot, "schemas/structure-plan.v1alpha1.json"), "utf8");
    const isValid = new Ajv({ strict: false }).compile(JSON.parse(schema) as object);
    expect(isValid(report), JSON.stringify(isValid.errors?.[0])).toBe(true);
    expect(report.holds).toBe(true);
    expect(report.isolation.pairsShortAfter).toBe(0);
    expect(report.bill.difference).toBeLessThan(0);
    const worse = report.journeys.filter(
      ({ objective, minutesBefore = 0, minutesAfter = 0 }) => objective !== undefined && minutesAfter > minutesBefore,
    );
    expect(worse.map(({ journey }) => journey)).toEqual([]);
    expect(report.responsibility.capabilities.length).toBeGreaterThan(5);
    expect(report.budgets.map(({ tenant }) => tenant)).toContain("treasury");
    expect(report.proof.packingGap).toBeLessThanOrEqual(0.03);
    expect(report.proof.lowerBound).toBeLessThanOrEqual(report.proof.monthly);
    const symbols = report.steps.map(({ symbol }) => symbol);
    expect(symbols.lastIndexOf("+")).toBeLessThan(symbols.findIndex((symbol) => symbol === "-" || symbol === "-/+"));
  });

  test("a small estate: what it comes to first, then structure, reasons and steps, at 100 columns", () => {
    const { code, stdout } = runScantling(["plan", "examples/shop", ...day]);
    expect(code).toBe(0);
    expect(stdout.split("\n").every((line) => line.length <= 100)).toBe(true);
    const titles = [
      "WHAT IT COMES TO",
      "RECOMMENDED STRUCTURE",
      "PROOF",
      "HEADROOM",
      "WHY, AND WHAT WAS REJECTED",
      "STEPS",
    ];
    const places = titles.map((title) => stdout.indexOf(title));
    expect(places.every((place, index) => place > (places[index - 1] ?? -1))).toBe(true);
  });

  test("contradicting demands are named with what relaxing each costs, and exit 1", () => {
    const { code, stdout, stderr } = runScantling([
      "plan",
      "examples/shop",
      "--budget",
      "10",
      "--no-alternatives",
      ...day,
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain("EST-901");
    expect(stdout).toContain("DEMANDS THAT CANNOT ALL HOLD");
  });
});
