import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, describe, expect, test } from "vitest";
import type { Audit } from "../../src/operations/audit/audit-report.ts";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const day = ["--today", "2026-11-22"];
const failing = "src/audit/rules/AVL-001/testdata/fail.1.one-replica.yaml";
const folder = mkdtempSync(join(tmpdir(), "scantling-audit-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function audit(...words: readonly string[]) {
  return runScantling(["audit", ...words, ...day]);
}

describe("examples/nordwind", () => {
  const json = audit("examples/nordwind", "-o", "json");
  const report = JSON.parse(json.stdout) as Audit;

  test("is JSON as the schema says, with findings once for all environments", () => {
    const schema = JSON.parse(readFileSync(join(repositoryRoot, "schemas/audit.v1alpha1.json"), "utf8")) as object;
    const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
    expect(validate(report), JSON.stringify(validate.errors?.slice(0, 5))).toBe(true);
    expect(report.findings.some(({ occurrences }) => occurrences.length > 2)).toBe(true);
    expect(json.code).toBe(1);
  });

  test("says the same bytes twice", () => {
    expect(audit("examples/nordwind", "-o", "json").stdout).toBe(json.stdout);
  });

  test("counts one environment where it is asked for", () => {
    const production = JSON.parse(audit("examples/nordwind", "--environment", "prod", "-o", "json").stdout) as Audit;
    const environments = production.findings.flatMap(({ occurrences }) => occurrences.map((each) => each.environment));
    expect(new Set(environments.filter((each) => each !== undefined))).toEqual(new Set(["prod"]));
  });
});

test("plain manifests are audited with no document at all; --fail-on decides the exit code", () => {
  const run = audit(failing);
  expect(run.stdout).toContain("AVL-001.1 enough-replicas");
  expect(run.stdout).toContain(`${failing}:`);
  expect(run.code).toBe(1);
  expect(audit(failing, "--fail-on", "none").code).toBe(0);
  expect(audit(failing, "--fail-on", "critical").code).toBe(0);
  expect(audit(failing, "--rule", "AVL-003").code).toBe(0);
});

test("a baseline lets what is known pass, and nothing new", () => {
  const file = join(folder, "baseline.json");
  const written = audit(failing, "--write-baseline", file);
  expect(written.code).toBe(0);
  expect(written.stdout).toBe("");
  expect(written.stderr).toMatch(/finding/);
  const known = audit(failing, "--baseline", file, "--fail-on", "info");
  expect(known.code).toBe(0);
  expect(known.stdout).toMatch(/no open findings; \d+ in the baseline/);
  expect(audit(failing, "src/audit/rules/GIT-001/testdata/fail.1.latest.yaml", "--baseline", file).code).toBe(1);
});

test("a baseline in the folder that is audited is not taken for a manifest", () => {
  const manifests = mkdtempSync(join(folder, "manifests-"));
  writeFileSync(join(manifests, "web.yaml"), readFileSync(join(repositoryRoot, failing), "utf8"));
  const file = join(manifests, "baseline.json");
  expect(audit(manifests, "--write-baseline", file).code).toBe(0);
  const run = audit(manifests, "--baseline", file);
  expect(run.stderr).toBe("");
  expect(run.code).toBe(0);
});

test("an exemption that has ended fails again and is reported with its place", () => {
  const documents = mkdtempSync(join(folder, "estate-"));
  writeFileSync(join(documents, "web.yaml"), readFileSync(join(repositoryRoot, failing), "utf8"));
  const until = (date: string) =>
    writeFileSync(
      join(documents, "estate.yaml"),
      `apiVersion: scantling/v1alpha1\nkind: Estate\nmetadata: {name: shop}\nspec:\n  audit:\n    exemptions: [{rule: AVL-001, reason: one licence, owner: anna, until: "${date}"}]\n`,
    );
  until("2026-11-22");
  const held = audit(documents, "--rule", "AVL-001");
  expect(held.code).toBe(0);
  expect(held.stdout).toMatch(/exempt until 2026-11-22, anna\s+\(one licence\)/);
  until("2026-11-21");
  const ended = audit(documents, "--rule", "AVL-001");
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/estate\.yaml:6:\d+: warning EST-604 exemption-expired/);
});

test("--output-file takes any format", () => {
  const file = join(folder, "audit.sarif");
  const run = audit(failing, "-o", "sarif", "--output-file", file, "--fail-on", "none");
  expect(run.stdout).toBe("");
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ version: "2.1.0" });
});

test("the Pod Security Standards alone, each finding with the control it breaks", () => {
  const run = audit("examples/nordwind", "--pod-security", "restricted@v1.33", "-o", "json");
  const { findings } = JSON.parse(run.stdout) as Audit;
  expect(run.stderr).toBe("");
  expect(findings.length).toBeGreaterThan(0);
  for (const { rule, control } of findings) {
    expect(rule).toMatch(/^TEN-008\.\d+$/);
    expect(control).toMatch(/^[a-zA-Z_]+$/);
  }
});

test("--list prints every rule, as JSON too", () => {
  const list = JSON.parse(runScantling(["audit", "--list", "-o", "json"]).stdout) as {
    rules: readonly { id: string }[];
  };
  const text = runScantling(["audit", "--list"]).stdout;
  expect(list.rules.length).toBeGreaterThan(20);
  for (const { id } of list.rules) expect(text).toContain(`${id}  `);
});

describe("usage", () => {
  test.each([
    [["--rule", "AVL-01"], /no rule "AVL-01"[\s\S]*did you mean "AVL-0/],
    [["--environment", "prodd"], /no environment "prodd"/],
    [["--profile", "strikt"], /strict/],
    [["--baseline", "absent.json"], /EST-607 baseline-unreadable/],
    [["--pod-security", "restrictd@v1.33"], /restricted@v1\.33/],
  ])("%j is exit code 2 with a hint", (words, message) => {
    const run = audit(failing, ...words);
    expect(run.code).toBe(2);
    expect(run.stdout).toBe("");
    expect(run.stderr).toMatch(message);
  });

  test("a text that is no YAML is exit code 2, beside one that is it is 1", () => {
    const broken = join(folder, "broken.yaml");
    writeFileSync(broken, "a: [1\n");
    expect(audit(broken).code).toBe(2);
    expect(audit(broken, failing, "--fail-on", "none").code).toBe(1);
  });
});
