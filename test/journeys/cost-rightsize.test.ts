import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import type { CostRightSizing } from "../../src/operations/cost/rightsize-report.ts";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const day = ["--today", "2026-11-22", "--quiet"];
const nordwind = "examples/nordwind";
const usage = ["--usage", "examples/nordwind/usage/prod-weu.csv"];

describe("scantling cost rightsize", () => {
  test("says the total first, then each step, requests, idle things and pools, at 100 columns", () => {
    const { code, stdout } = runScantling(["cost", "rightsize", nordwind, ...usage, ...day]);
    expect(code).toBe(0);
    const lines = stdout.split("\n");
    expect(lines[2]).toMatch(/^Could go: EUR [\d,.]+ a month, \d+% of the bill of EUR [\d,.]+\.$/);
    expect(lines.every((line) => line.length <= 100)).toBe(true);
    for (const text of [
      "REQUESTS",
      "clickstream/enricher",
      "orders/tax",
      "IDLE AND ORPHANED",
      "tracking-poller",
      "NODE POOLS",
    ]) {
      expect(stdout).toContain(text);
    }
    // Three nodes of sixteen cores for one job, which needs one; and the memory that 250 pods a node take.
    expect(stdout).toMatch(/prod-weu\/batch +3 × D16ds_v5 +2,320\.08 +1 node +1,546\.72/);
    expect(stdout).toMatch(/prod-neu\/general +maxPods 250 to 30 +12\.9 GiB/);
  });

  test("the report is what its schema says, and its sums hold", () => {
    const run = runScantling([
      "cost",
      "rightsize",
      nordwind,
      ...usage,
      "--strategy",
      "percentile",
      ...day,
      "-o",
      "json",
    ]);
    const report = JSON.parse(run.stdout) as CostRightSizing;
    const schema = readFileSync(join(repositoryRoot, "schemas/cost-right-sizing.v1alpha1.json"), "utf8");
    const isValid = new Ajv({ strict: false }).compile(JSON.parse(schema) as object);
    expect(isValid(report), JSON.stringify(isValid.errors?.[0])).toBe(true);
    const cents = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + Math.round(amount * 100), 0);
    const saving = report.saving.result.kind === "exact" ? report.saving.result.value : Number.NaN;
    expect(cents(report.steps.map(({ saved }) => saved))).toBe(cents([saving]));
    const rows = report.requests?.rows ?? [];
    expect(cents(rows.map(({ saved }) => saved ?? 0))).toBe(cents([report.requests?.totals.allocated ?? 0]));
    const tax = rows.find(({ workload }) => workload.endsWith("/tax"));
    expect(tax?.memory).toMatchObject({ because: "oomKill", proposed: 2.5 * 2 ** 30 });
  });

  test("without usage requests are not evaluable, with the form that is taken; a sweep names the pods to spare", () => {
    const id = "prod/prod-weu/catalog/Deployment/catalog-api";
    const { code, stdout } = runScantling(["cost", "rightsize", nordwind, "--workload", id, ...day, "-o", "markdown"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Not evaluable: requests are derived from usage");
    expect(stdout).toContain("time,namespace,pod,cpuCores,memoryGiB");
    expect(stdout).toContain("Pods to spare");
    expect(stdout).toContain("Sizes of prod-weu/general");
  });

  test("a workload that is none is an error with what is near; bad lines of usage are counted", () => {
    const input = "time,namespace,pod,cpuCores,memoryGiB\nx,shop,web-0,1,1\n60,shop,nobody-0,1,1\n";
    const words = ["--usage", "-", "--workload", "wbe", "--today", "2026-11-22"];
    const { code, stderr } = runScantling(["cost", "rightsize", "examples/shop", ...words], { input });
    expect(code).toBe(1);
    for (const diagnostic of ["EST-753", "EST-770", "EST-772", "Did you mean"]) expect(stderr).toContain(diagnostic);
  });
});
