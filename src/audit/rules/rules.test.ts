import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { asObject } from "../../estate/kubernetes/json-value.ts";
import { loadEstate } from "../../estate/load-estate.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { memorySources } from "../../estate/sources/memory-sources.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { createUsageProfiler } from "../../finops/right-sizing/requests/usage-profiler.ts";
import { readUsage } from "../../finops/usage/read-usage.ts";
import { countUsageProblems } from "../../finops/usage/usage-problems.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { auditEstate } from "../audit-estate.ts";
import type { ChangeTarget, ManifestChange } from "../manifest-change.ts";
import { peerTools } from "../peer-check.ts";
import type { UsageStudy } from "../studies/estate-studies.ts";
import { MoneyStudy } from "../studies/money-study.ts";
import { estateStudies } from "../studies/study-estate.ts";
import { rules } from "./rules.ts";

const folder = import.meta.dirname;

/**
 * `pass.case.yaml`, `fail.case.yaml`, `fail.PART.case.yaml`, `notEvaluable.case.yaml`: the name is the expectation. Rules
 * about the repository have folders of the same names without `.yaml`: every text below is part of the input.
 */
const expectation = /^(pass|fail|notEvaluable)(?:\.(\d+))?\.[a-z0-9-]+(?:\.yaml)?$/;

function fixturesOf(rule: string): string[] {
  return readdirSync(join(folder, rule, "testdata")).sort();
}

/** The texts of a fixture by path: of one file, or of everything in a folder. */
function textsOf(rule: string, fixture: string): { readonly [path: string]: string } {
  const path = join(folder, rule, "testdata", fixture);
  if (fixture.endsWith(".yaml")) return { [fixture]: readFileSync(path, "utf8") };
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map(({ parentPath, name }) => [
      relative(path, join(parentPath, name)).replaceAll("\\", "/"),
      readFileSync(join(parentPath, name), "utf8"),
    ]),
  );
}

/** A text of this name is measured usage, and no part of the estate. */
const usageFile = "usage.csv";

async function audit(given: { readonly [path: string]: string }, fixture: string) {
  const { [usageFile]: measured, ...texts } = given;
  const sources = memorySources(texts);
  const estate = loadEstate(sources);
  // Only what is not evaluable may come of something that cannot be read.
  if (!fixture.startsWith("notEvaluable.")) {
    expect(estate.diagnostics.filter((diagnostic) => diagnostic.severity === "error")).toEqual([]);
  }
  const today = "2026-11-22";
  const placement = placeWorkloads(estate, defaultCatalog);
  const usage = measured === undefined ? undefined : await usageOf(estate, measured, today);
  const studies = estateStudies(today, usage)(estate, placement, defaultCatalog);
  const options = { today, texts: sources.texts, studies };
  return { estate, report: auditEstate(estate, placement, defaultCatalog, options) };
}

/** Samples profiled as an audit with a usage file does it; every one has to count. */
async function usageOf(estate: Estate, text: string, today: string): Promise<UsageStudy> {
  const money = new MoneyStudy(estate, placeWorkloads(estate, defaultCatalog), defaultCatalog, today);
  const problems = countUsageProblems();
  const profiler = createUsageProfiler(money.targets, new Map(), problems);
  async function* chunks() {
    yield text;
  }
  for await (const samples of readUsage(chunks(), problems)) profiler.add(samples);
  expect(problems.diagnostics(usageFile, 1).filter(({ severity }) => severity === "error")).toEqual([]);
  return { source: usageFile, profiles: profiler.finish() };
}

/** Reasons why a change cannot be made: no such object, nothing to remove, or something else where a field belongs. */
function whyNotApplicable(
  change: ManifestChange,
  estate: Estate,
  texts: { readonly [path: string]: string },
): string[] {
  if (change.kind === "add") return typeof change.manifest["kind"] === "string" ? [] : ["adds an object without kind"];
  const { target, path } = change;
  let value: unknown = target.apiVersion.startsWith("scantling/")
    ? documentOf(target, texts)
    : objectOf(target, estate)?.object.value;
  if (value === undefined) return [`changes ${target.kind}/${target.name}, which is not there`];
  for (const [depth, step] of path.entries()) {
    const at = `${target.kind}/${target.name} ${path.slice(0, depth + 1).join(".")}`;
    const isList = Array.isArray(value);
    if (isList !== (typeof step === "number")) return [`${at}: the step does not fit what is there`];
    if (isList && typeof step === "number" && step > (value as unknown[]).length) return [`${at}: beyond the list`];
    const next = (value as { readonly [key: string | number]: unknown })[step];
    if (next === undefined || next === null) return change.kind === "remove" ? [`${at}: nothing to remove`] : [];
    if (depth < path.length - 1 && typeof next !== "object") return [`${at}: a ${typeof next} is in the way`];
    value = next;
  }
  return [];
}

function objectOf(target: ChangeTarget, { objects }: Estate) {
  return objects.find(
    ({ object, namespace }) =>
      object.apiVersion === target.apiVersion &&
      object.kind === target.kind &&
      object.name === target.name &&
      (namespace === target.namespace || object.namespace === target.namespace),
  );
}

/** A Scantling document of the texts: what is set on clusters is in no Kubernetes object. */
function documentOf({ kind, name }: ChangeTarget, texts: { readonly [path: string]: string }): unknown {
  const documents = Object.entries(texts).flatMap(([path, text]) => readYaml(text, path).documents);
  return documents.find(
    ({ value }) => asObject(value).kind === kind && asObject(asObject(value).metadata).name === name,
  )?.value;
}

test("every folder is a rule and every rule has its folder", () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(rules.map(({ id }) => id).sort());
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
});

describe.each(rules)("$id $name", (rule) => {
  const fixtures = fixturesOf(rule.id);

  test("has a page, passing and failing manifests", () => {
    expect(existsSync(join(folder, rule.id, "README.md"))).toBe(true);
    expect(readFileSync(join(folder, rule.id, "README.md"), "utf8")).toMatch(new RegExp(`^# ${rule.id} `));
    expect(fixtures.filter((fixture) => fixture.startsWith("pass.")).length).toBeGreaterThan(0);
    expect(fixtures.filter((fixture) => fixture.startsWith("fail.")).length).toBeGreaterThan(0);
    expect(fixtures.filter((fixture) => !expectation.test(fixture))).toEqual([]);
  });

  test("says what it is, what it needs and who else checks it", () => {
    expect(rule.id).toMatch(/^(?:AVL|TEN|FIN|GIT|AKS|STA)-\d{3}$/);
    expect(rule.name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(rule.title).toMatch(/^[A-Z].*\.$/);
    expect(rule.inputs.length).toBeGreaterThan(0);
    for (const { tool, check, part } of rule.peers ?? []) {
      expect(peerTools).toContain(tool);
      expect(check).toMatch(/^\S+$/);
      if (part !== undefined) expect(part).toMatch(/^\d+$/);
    }
    for (const parameter of rule.parameters ?? []) {
      expect(parameter.name).toMatch(/^[a-z][a-zA-Z0-9]*$/);
      expect(parameter.description).toMatch(/^[A-Z].*\.$/);
      for (const value of [parameter.default, parameter.strict ?? parameter.default]) {
        expect(typeof value).toBe(typeof parameter.default);
        if (parameter.allowed !== undefined) expect(parameter.allowed).toContain(value);
      }
    }
  });

  test.each(fixtures)("%s", async (fixture) => {
    const [, verdict, part] = expectation.exec(fixture) ?? [];
    const texts = textsOf(rule.id, fixture);
    const { estate, report } = await audit(texts, fixture);
    const own = report.findings.filter((finding) => finding.rule === rule.id || finding.rule.startsWith(`${rule.id}.`));
    const counts = report.verdicts[rule.id];
    if (verdict === "pass") {
      expect(own).toEqual([]);
      expect(counts?.pass).toBeGreaterThan(0);
      return;
    }
    expect(own.map((finding) => finding.verdict)).toContain(verdict);
    if (part !== undefined) expect(own.map((finding) => finding.rule)).toContain(`${rule.id}.${part}`);
    for (const finding of own) {
      expect(finding.message).toMatch(/^\S.*\.$/);
      expect(Object.keys(texts)).toContain(finding.place.source);
      expect(finding.place.line).toBeGreaterThan(0);
      if (finding.verdict === "notEvaluable") expect(finding.missing?.length).toBeGreaterThan(0);
      expect(finding.fix?.changes?.flatMap((change) => whyNotApplicable(change, estate, texts)) ?? []).toEqual([]);
    }
  });
});
