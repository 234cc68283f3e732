import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "scantling-slo-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function isOf(schema: string, text: string): boolean {
  const read = JSON.parse(readFileSync(join(repositoryRoot, `schemas/${schema}.v1alpha1.json`), "utf8")) as object;
  return new Ajv({ strict: false }).compile(read)(JSON.parse(text));
}

describe("scantling slo", () => {
  test("writes rules with suspects into a folder, and says what the alerts do", () => {
    const run = runScantling(["slo", "rules", "examples/nordwind", "--to", join(folder, "rules"), "-o", "json"]);
    expect(run.code).toBe(0);
    expect(isOf("slo-rules", run.stdout)).toBe(true);
    expect(readdirSync(join(folder, "rules"))).toEqual(["checkout-checkout-availability.yaml"]);
    const text = readFileSync(join(folder, "rules/checkout-checkout-availability.yaml"), "utf8");
    expect(text).toMatch(/suspects: \S/);
    const again = runScantling(["slo", "rules", "examples/nordwind"]);
    expect(again.stdout).toBe(text);
  });

  test("proposes, simulates and budgets in the form of its schemas", () => {
    const proposed = runScantling(["slo", "propose", "examples/shop", "--to", join(folder, "slo"), "-o", "json"]);
    expect([proposed.code, isOf("slo-proposals", proposed.stdout)]).toEqual([0, true]);
    const series = join(folder, "series.csv");
    const rows = Array.from({ length: 240 }, (_, minute) => `${60 * minute},${minute < 120 ? 600 : 300},600`);
    writeFileSync(series, ["time,good,total", ...rows].join("\n"));
    const played = runScantling(["slo", "simulate", "--series", series, "--objective", "99.9%", "-o", "json"]);
    expect([played.code, isOf("slo-simulation", played.stdout)]).toEqual([0, true]);
    const { fired } = JSON.parse(played.stdout) as { fired: { longWindow: string; startSeconds: number }[] };
    // A half fails: 1.44 % of an hour's traffic is bad after 104 s, which the end of the second minute shows.
    expect(fired.find(({ longWindow }) => longWindow === "1h")?.startSeconds).toBe(7200 + 120);
    const slo = join(folder, "slo/shop-checkout-requests.yaml");
    const budget = runScantling(["slo", "budget", "examples/shop", slo, "--series", series, "-o", "json"]);
    expect([budget.code, isOf("slo-budget", budget.stdout)]).toEqual([0, true]);
  });

  test("refuses targets and series that mean nothing", () => {
    for (const objective of ["100%", "0%", "101%", "-1", "NaN"]) {
      expect(runScantling(["slo", "simulate", "--series", "-", "--objective", objective]).code).toBe(2);
    }
    const empty = runScantling(["slo", "simulate", "--series", join(folder, "none.csv"), "--objective", "99%"]);
    expect(empty.code).toBe(2);
    expect(runScantling(["slo", "rules", "examples/shop"]).stderr).toContain("slo propose");
    expect(runScantling(["slo", "budget", "examples/nordwind", "--slo", "nothing"]).stderr).toContain(
      "there is checkout",
    );
  });
});
