import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "scantling-rollout-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly method: string;
  readonly rolledBack: number;
  readonly exposedRequests: number;
}

interface Report {
  readonly policies: readonly {
    readonly subject: string;
    readonly runs: readonly {
      readonly requestsPerSecond: number;
      readonly regression: Outcome;
      readonly healthy: Outcome;
      readonly simulation: { readonly caught: { readonly lower: number; readonly upper: number } };
    }[];
  }[];
}

const policies = "examples/rollouts/web-canary.yaml,examples/rollouts/catalog-api-rollout.yaml";

describe("scantling simulate rollout", () => {
  test("evaluates a Flagger and an Argo policy at several traffics, exactly and as simulated", () => {
    const line = ["simulate", "rollout", "--policy", policies, "--rps", "2,10,50,500", "--error-rate", "2%"];
    const run = runScantling([...line, "-o", "json"]);
    expect(run.code).toBe(0);
    const schema = JSON.parse(
      readFileSync(join(repositoryRoot, "schemas/rollout-simulation.v1alpha1.json"), "utf8"),
    ) as object;
    const report = JSON.parse(run.stdout) as Report;
    const ajv = new Ajv({ strict: false });
    expect(ajv.validate(schema, report), ajv.errorsText()).toBe(true);
    expect(report.policies.map(({ subject }) => subject)).toEqual([
      "Canary/storefront/web",
      "Rollout/catalog/catalog-api",
    ]);
    for (const { runs } of report.policies) {
      expect(runs.map(({ requestsPerSecond }) => requestsPerSecond)).toEqual([2, 10, 50, 500]);
      for (const { regression, simulation } of runs) {
        expect(regression.method).toBe("exact");
        expect(regression.rolledBack).toBeGreaterThanOrEqual(simulation.caught.lower - 1e-9);
        expect(regression.rolledBack).toBeLessThanOrEqual(simulation.caught.upper + 1e-9);
      }
      expect(runs[0]?.regression.rolledBack).toBeLessThan(0.95);
      expect(runs[3]?.regression.rolledBack).toBeGreaterThan(0.99);
    }
    expect(runScantling([...line, "-o", "json"]).stdout).toBe(run.stdout);
    const table = runScantling(line).stdout;
    expect(table).toContain("weak");
    expect(Math.max(...table.split("\n").map((text) => text.length))).toBeLessThanOrEqual(100);
  });

  test("proposes policies that keep the bounds", () => {
    const line = ["simulate", "rollout", "--policy", "examples/rollouts/web-canary.yaml", "--rps", "2"];
    const run = runScantling([...line, "--error-rate", "0.02", "--propose"]);
    expect([run.code, run.stdout.includes("keep the bounds")]).toEqual([0, true]);
  });

  test("takes Deployments and feature flags, and warns that nothing judges the former", () => {
    const files = "examples/rollouts/orders-api-deployment.yaml,examples/rollouts/one-page-checkout-flag.json";
    const run = runScantling(["simulate", "rollout", "--policy", files, "--rps", "50", "--error-rate", "2%"]);
    expect(run.code).toBe(0);
    expect(run.stderr).toMatch(/orders-api-deployment\.yaml:8:3: warning EST-814/);
    expect(run.stdout).toContain("OnePageCheckout");
  });

  test.each([
    ["--rps", "0"],
    ["--rps", "-5"],
    ["--rps", "many"],
    ["--error-rate", "1.5"],
    ["--error-rate", "-0.1"],
    ["--error-rate", "101%"],
    ["--objective", "100%"],
  ])("refuses %s %s", (option, value) => {
    const usual = { "--policy": "examples/rollouts/web-canary.yaml", "--rps": "10", "--error-rate": "2%" };
    const line = Object.entries({ ...usual, [option]: value }).flatMap(([name, text]) => [`${name}=${text}`]);
    expect(runScantling(["simulate", "rollout", ...line]).code).toBe(2);
  });

  test("tells bad policies with their place", () => {
    const file = join(folder, "canary.yaml");
    writeFileSync(
      file,
      "apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: {name: web}\nspec:\n  analysis:\n    stepWeight: 120\n",
    );
    const run = runScantling(["simulate", "rollout", "--policy", file, "--rps", "10", "--error-rate", "2%"]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/canary\.yaml:6:5: error EST-849/);
    const missing = runScantling([
      "simulate",
      "rollout",
      "--policy",
      join(folder, "none.yaml"),
      "--rps",
      "1",
      "--error-rate",
      "1",
    ]);
    expect([missing.code, missing.stdout]).toEqual([2, ""]);
  });
});
