import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import type { Assessment } from "../../src/operations/assessment/assessment.ts";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const day = ["--today", "2026-11-22"];

function assessAsJson(...paths: readonly string[]): Assessment {
  const run = runScantling(["assess", ...paths, "-o", "json", ...day]);
  expect(run.stderr).toBe("");
  expect(run.code).toBe(0);
  return JSON.parse(run.stdout) as Assessment;
}

describe.each(["shop", "nordwind"])("examples/%s", (name) => {
  const path = `examples/${name}`;
  const assessment = assessAsJson(path);

  test("assesses without a problem, and its JSON is what the schema says", () => {
    const schema = JSON.parse(readFileSync(join(repositoryRoot, "schemas/assessment.v1alpha1.json"), "utf8")) as object;
    const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
    expect(validate(assessment), JSON.stringify(validate.errors?.slice(0, 5))).toBe(true);
    expect(assessment.worst).toHaveLength(3);
    expect(assessment.sharpen.length).toBeGreaterThan(0);
  });

  test("the parts of the bill add up to the bill, to the cent", () => {
    const { cost } = assessment;
    const cents = (amount: number) => Math.round(amount * 100);
    const parts = Object.values(cost.parts).reduce((sum, amount) => sum + cents(amount), 0);
    const rows = cost.allocation.reduce((sum, row) => sum + cents(row.monthlyCost), 0);
    const bill =
      cost.monthly.result.kind === "range"
        ? cost.monthly.result.likely
        : cost.monthly.result.kind === "exact"
          ? cost.monthly.result.value
          : Number.NaN;
    expect(parts).toBe(cents(bill));
    expect(rows).toBe(cents(bill));
  });

  test("says the same bytes twice, and the page ends with the worst things and the sharpening facts", () => {
    const first = runScantling(["assess", path, "-o", "markdown", ...day]);
    const second = runScantling(["assess", path, "-o", "markdown", ...day]);
    expect(first.stdout).toBe(second.stdout);
    expect(first.stdout).toMatch(
      /## The three worst things\n\n1\. [\s\S]*2\. [\s\S]*3\. [\s\S]*## The facts that would sharpen this most\n\n1\. /,
    );
  });

  test("every figure that the report names can be explained", () => {
    const list = runScantling(["explain", "--in", path, ...day]);
    expect(list.code).toBe(0);
    const ids = list.stdout
      .trim()
      .split("\n")
      .map((line) => line.split("  ")[0] ?? "");
    expect(ids.length).toBeGreaterThan(5);
    const bill = runScantling(["explain", ids[0] ?? "", "--in", path, "--depth", "9", ...day]);
    expect(bill.stdout).toMatch(/fact: .*\(.*20\d\d-\d\d/);
    expect(bill.stdout).toMatch(/formula: /);
  });

  test("validates", () => {
    const run = runScantling(["validate", path]);
    expect(run.stdout).toMatch(/no problems|note/);
    expect(run.code).toBe(0);
  });
});

test("standard input says the same as the file, but for the source's name", () => {
  const file = join(repositoryRoot, "src/audit/rules/AVL-001/testdata/pass.three-replicas.yaml");
  const fromFile = runScantling(["assess", file, "-o", "json", ...day]);
  const fromInput = runScantling(["assess", "-", "-o", "json", ...day], { input: readFileSync(file, "utf8") });
  expect(fromInput.code).toBe(0);
  expect(
    fromInput.stdout
      .replaceAll('"source": "-"', `"source": ${JSON.stringify(file)}`)
      .replaceAll('"-"', JSON.stringify(file)),
  ).toBe(fromFile.stdout);
});

test("--fail-on turns findings into exit code 1", () => {
  const file = "src/audit/rules/AVL-001/testdata/fail.1.one-replica.yaml";
  expect(runScantling(["assess", file, ...day]).code).toBe(0);
  expect(runScantling(["assess", file, "--fail-on", "high", ...day]).code).toBe(1);
  expect(runScantling(["assess", file, "--fail-on", "critical", ...day]).code).toBe(0);
});

test("init writes documents that load, with fewer assumptions", () => {
  const folder = mkdtempSync(join(tmpdir(), "scantling-init-"));
  try {
    const manifests = join(repositoryRoot, "examples/shop/manifests");
    const before = assessAsJson(manifests);
    const init = runScantling(["init", "--from", manifests, "--to", folder]);
    expect(init.code).toBe(0);
    expect(readFileSync(join(folder, "estate.yaml"), "utf8")).toMatch(/^# yaml-language-server: \$schema=/);
    const after = assessAsJson(folder, manifests);
    expect(after.assumptions.length).toBeLessThan(before.assumptions.length);
    expect(after.estate.counts.workloads).toBe(before.estate.counts.workloads);
    expect(runScantling(["init", "--from", manifests, "--to", folder]).code).toBe(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe("usage", () => {
  test("an unknown command is exit code 2, with a suggestion", () => {
    const run = runScantling(["asses"]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/Did you mean assess/);
  });

  test("an unknown figure is exit code 2, with a suggestion", () => {
    const run = runScantling(["explain", "Cluster.spec.teir", "--in", "examples/shop", ...day]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/Cluster\.spec\.tier/);
  });

  test("schema prints what schemas/ holds", () => {
    const run = runScantling(["schema", "estate"]);
    expect(JSON.parse(run.stdout)).toEqual(
      JSON.parse(readFileSync(join(repositoryRoot, "schemas/estate.v1alpha1.json"), "utf8")),
    );
  });

  test("doctor always passes: nothing is required", () => {
    const run = runScantling(["doctor"]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/prices +list prices as of 20\d\d-\d\d-\d\d/);
  });

  test("colour only where it is asked for", () => {
    const colourCode = String.fromCharCode(27);
    expect(runScantling(["doctor"]).stdout).not.toContain(colourCode);
    expect(runScantling(["--color", "always", "doctor"]).stdout).toContain(colourCode);
    expect(runScantling(["doctor"], { environment: { FORCE_COLOR: "1" } }).stdout).toContain(colourCode);
    expect(runScantling(["doctor"], { environment: { FORCE_COLOR: "1", NO_COLOR: "1" } }).stdout).not.toContain(
      colourCode,
    );
  });
});
