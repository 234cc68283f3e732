import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { type Run, repositoryRoot, runScantling } from "./run-scantling.ts";

let folder = "";
let planned: Run;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "scantling-chaos-"));
  planned = runScantling(["chaos", "plan", "examples/shop", "--to", join(folder, "chaos"), "-o", "json"]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function isOf(schema: string, text: string): boolean {
  const read = JSON.parse(readFileSync(join(repositoryRoot, `schemas/${schema}.v1alpha1.json`), "utf8")) as object;
  return new Ajv({ strict: false }).compile(read)(JSON.parse(text));
}

function verify(observed: string, ...options: readonly string[]): Run {
  const file = join(folder, "observed.csv");
  writeFileSync(file, observed);
  const plan = join(folder, "chaos/plan.json");
  return runScantling(["chaos", "verify", "--plan", plan, "--observed", file, ...options]);
}

describe("scantling chaos", () => {
  test("writes a plan, manifests that parse, and run-books for what no tool can do", () => {
    expect(planned.code).toBe(0);
    expect(isOf("chaos-plan", planned.stdout)).toBe(true);
    const experiments = readdirSync(join(folder, "chaos/experiments"));
    const kinds = experiments
      .filter((name) => name.endsWith(".yaml"))
      .flatMap((name) => parseAllDocuments(readFileSync(join(folder, "chaos/experiments", name), "utf8")))
      .map((document) => [document.errors.length, (document.toJS() as { apiVersion: string }).apiVersion]);
    expect(kinds.length).toBeGreaterThan(3);
    expect(new Set(kinds.map(String))).toEqual(new Set(["0,chaos-mesh.org/v1alpha1"]));
    for (const name of experiments.filter((each) => each.endsWith(".json"))) {
      const template = JSON.parse(readFileSync(join(folder, "chaos/experiments", name), "utf8")) as {
        resources: { type: string }[];
      };
      expect(template.resources.map(({ type }) => type)).toContain("Microsoft.Chaos/experiments");
    }
    expect(readdirSync(join(folder, "chaos/run-books"))).toContain("deploy-prod-shop.md");
  });

  test("leaves a folder alone that holds files of others", () => {
    const foreign = join(folder, "foreign");
    runScantling(["chaos", "plan", "examples/shop", "--to", foreign]);
    writeFileSync(join(foreign, "plan.json"), "mine\n");
    const again = runScantling(["chaos", "plan", "examples/shop", "--to", foreign]);
    expect(again.code).not.toBe(0);
    expect(readFileSync(join(foreign, "plan.json"), "utf8")).toBe("mine\n");
  });

  test("holds what was seen against what was predicted", () => {
    const rows = (seconds: number) => `experiment,journey,downtimeSeconds\npods-orders-db,checkout,${seconds}\n`;
    const agreed = verify(rows(60), "--fail-on", "different", "-o", "json");
    expect([agreed.code, isOf("chaos-verification", agreed.stdout)]).toEqual([0, true]);
    const worse = verify(rows(600), "--fail-on", "worse");
    expect(worse.code).toBe(1);
    expect(worse.stdout).toMatch(/worse/);
    const unknown = verify("experiment,journey,downtimeSeconds\nno-such,checkout,60\n");
    expect(unknown.code).not.toBe(0);
    expect(unknown.stderr).toMatch(/EST-84\d/);
  });
});
