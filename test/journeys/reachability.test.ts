import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const nordwind = "examples/nordwind";

describe("scantling tenancy reachability", () => {
  test("gives JSON that is what the schema says", () => {
    const run = runScantling(["tenancy", "reachability", nordwind, "-o", "json", "--quiet"]);
    expect(run.code).toBe(0);
    const path = join(repositoryRoot, "schemas/reachability.v1alpha1.json");
    const validate = new Ajv({ strict: false, allErrors: true }).compile(
      JSON.parse(readFileSync(path, "utf8")) as object,
    );
    expect(validate(JSON.parse(run.stdout)), JSON.stringify(validate.errors?.slice(0, 5))).toBe(true);
  });

  test("prints lines that say which cluster they are of", () => {
    const lines = runScantling(["tenancy", "reachability", nordwind, "-o", "lines", "--quiet"]).stdout.split("\n");
    expect(lines.filter((line) => line.startsWith("# "))).toEqual([
      "# dev-weu",
      "# prod-neu",
      "# prod-weu",
      "# staging-weu",
    ]);
    expect(lines).toContain("agent-runner/agent-gateway[Deployment] => agent-runner/runner[Deployment] : TCP 8080");
  });

  test("prints a graph", () => {
    const { stdout } = runScantling(["tenancy", "reachability", nordwind, "-o", "dot", "--quiet"]);
    expect(stdout).toMatch(/^digraph "reachability of nordwind" \{\n/);
    expect(stdout.trimEnd().endsWith("}")).toBe(true);
  });

  test("reads a cluster without an engine as open, whatever the policies say", () => {
    const { stdout, stderr } = runScantling(["tenancy", "reachability", nordwind, "--engine", "none"]);
    expect(stdout).not.toContain("What stops the others");
    expect(stderr).toContain("EST-702");
  });

  test("says which engines there are", () => {
    const run = runScantling(["tenancy", "reachability", nordwind, "--engine", "weave"]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("api-standard");
  });
});

describe("scantling tenancy policies", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "scantling-policies-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("writes one file a namespace, proves them, and leaves what is there alone", () => {
    const run = runScantling(["tenancy", "policies", nordwind, "--to", folder]);
    expect(run.code).toBe(0);
    expect(run.stderr).toContain("Proven: exactly the dependencies");
    const files = readdirSync(folder).sort();
    expect(files).toContain("ledger.yaml");
    expect(run.stdout.trim().split("\n")).toHaveLength(files.length);
    const again = runScantling(["tenancy", "policies", nordwind, "--to", folder]);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain("were left alone");
  });

  test("prints the same policies without a folder", () => {
    const { stdout } = runScantling(["tenancy", "policies", nordwind, "--quiet"]);
    const files = readdirSync(folder).sort();
    expect(stdout).toBe(files.map((file) => readFileSync(join(folder, file), "utf8")).join("---\n"));
  });

  test("knows the environments", () => {
    const run = runScantling(["tenancy", "policies", nordwind, "--environment", "moon"]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("dev, staging and prod");
  });
});
