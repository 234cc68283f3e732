import { describe, expect, test } from "vitest";
import { bareDeployment } from "../../audit/testing/audit-texts.ts";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { loadEstate } from "../../estate/load-estate.ts";
import { memorySources } from "../../estate/sources/memory-sources.ts";
import { type AuditRunOptions, audit, hasOpenFindings } from "./audit.ts";
import { baselineText, parseBaseline } from "./audit-baseline.ts";
import type { Audit } from "./audit-report.ts";
import { AuditSchema, auditMatches } from "./audit-schema.ts";

function run(texts: { readonly [path: string]: string }, options: Partial<AuditRunOptions> = {}): Audit {
  const sources = memorySources(texts);
  return audit({ estate: loadEstate(sources), sources }, defaultCatalog, { today: "2026-11-22", ...options });
}

const shop = { "shop.yaml": bareDeployment("web") };
const twoEnvironments = {
  "estate.yaml": `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: shop}
spec:
  environments: [{name: dev, criticality: low}, {name: staging, criticality: medium}, {name: prod, criticality: high}]
---
apiVersion: scantling/v1alpha1
kind: Application
metadata: {name: shop}
spec: {environments: [dev, staging, prod], namespace: shop, manifests: {default: ./apps}}
`,
  "apps/web.yaml": bareDeployment("web", "", ["app", "proxy"]),
};

function baselineOf(report: Audit) {
  const reading = parseBaseline(baselineText(report.findings), "baseline.json");
  if ("problem" in reading) throw new Error(reading.problem.message);
  return reading.baseline;
}

test("the report is what its schema says", () => {
  const report = run(twoEnvironments, { includeNotEvaluable: true });
  expect(AuditSchema.safeParse(JSON.parse(JSON.stringify(report))).error).toBeUndefined();
  expect(auditMatches).toBe(true);
});

describe("one text rendered into three environments", () => {
  const report = run(twoEnvironments);
  const pinned = report.findings.filter(({ rule }) => rule === "GIT-001.1");

  test("is one finding a container, the worst environment first", () => {
    expect(pinned.map(({ container }) => container)).toEqual(["app", "proxy"]);
    expect(pinned[0]?.severity).toBe("high");
    expect(pinned[0]?.occurrences.map(({ environment, severity }) => [environment, severity])).toEqual([
      ["prod", "high"],
      ["staging", "medium"],
      ["dev", "low"],
    ]);
    expect(report.summary.open.high).toBe(
      report.findings.filter(({ severity, status }) => severity === "high" && status === "open").length,
    );
  });

  test("stays apart where only one environment is exempted", () => {
    const exemption = `  audit: {exemptions: [{rule: GIT-001, selector: {environment: dev}, reason: r, owner: o, until: "2027-01-01"}]}\n`;
    const texts = {
      ...twoEnvironments,
      "estate.yaml": twoEnvironments["estate.yaml"].replace("spec:\n", `spec:\n${exemption}`),
    };
    const findings = run(texts).findings.filter(({ rule, container }) => rule === "GIT-001.1" && container === "app");
    expect(
      findings.map(({ status, occurrences }) => [status, occurrences.map(({ environment }) => environment)]),
    ).toEqual([
      ["open", ["prod", "staging"]],
      ["exempted", ["dev"]],
    ]);
  });
});

describe("fingerprints", () => {
  const identities = (texts: { readonly [path: string]: string }) =>
    run(texts).findings.flatMap(({ occurrences }) => occurrences.map(({ fingerprint }) => fingerprint));

  test("hold when lines move and files are renamed, and differ by object", () => {
    const before = identities(shop);
    expect(new Set(before).size).toBe(before.length);
    expect(identities({ "moved.yaml": `# one\n\n# two\n${bareDeployment("web")}` }).sort()).toEqual(before.toSorted());
    expect(identities({ "shop.yaml": bareDeployment("api") }).some((each) => before.includes(each))).toBe(false);
    for (const fingerprint of before) expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe("a baseline", () => {
  const before = run(shop);

  test("silences what it holds, and nothing new", () => {
    const baseline = baselineOf(before);
    const same = run(shop, { baseline });
    expect(hasOpenFindings(before, "high")).toBe(true);
    expect(hasOpenFindings(same, "info")).toBe(false);
    expect(same.summary.findings).toEqual({
      ...before.summary.findings,
      open: 0,
      baseline: before.summary.findings.open,
    });
    expect(same.diagnostics).toEqual(before.diagnostics);
    const more = run({ ...shop, "api.yaml": bareDeployment("api") }, { baseline });
    const open = more.findings.filter(({ status }) => status === "open");
    expect(open.length).toBeGreaterThan(0);
    expect(open.every(({ subject }) => subject.endsWith("/api"))).toBe(true);
  });

  test("written from a run with a baseline is the same baseline", () => {
    const text = baselineText(before.findings);
    expect(baselineText(run(shop, { baseline: baselineOf(before) }).findings)).toBe(text);
    expect(text.split("\n").filter((line) => line.includes("fingerprint")).length).toBe(before.findings.length);
  });

  test("says what it names and is not there", () => {
    const baseline = baselineOf(before);
    const [first] = baseline.findings;
    const gone = run({ "api.yaml": bareDeployment("api") }, { baseline });
    expect(gone.diagnostics.map(({ code }) => code)).toContain("EST-609");
    const unknown = { ...baseline, findings: [{ fingerprint: "0", rule: "AVL-999.1", subject: first?.subject ?? "" }] };
    expect(run(shop, { baseline: unknown }).diagnostics.map(({ code }) => code)).toContain("EST-608");
    const fixed = { "shop.yaml": bareDeployment("web").replace(":latest", ":1.4.2") };
    const diagnostics = run(fixed, { baseline }).diagnostics.filter(({ code }) => code === "EST-610");
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "1 of the findings of the baseline baseline.json is fixed: write it anew, so that they cannot come back unseen.",
    ]);
    expect(run(fixed, { baseline, rules: ["AVL-001"] }).diagnostics.map(({ code }) => code)).not.toContain("EST-610");
  });

  test.each([
    ["", "it is not JSON"],
    ["{}", "apiVersion:"],
    ['{"apiVersion":"scantling/v1alpha1","kind":"Audit","findings":[]}', "kind:"],
    ['{"apiVersion":"scantling/v1alpha1","kind":"AuditBaseline","findings":[{"rule":1}]}', "findings.0."],
    ["[]", "the document"],
  ])("is refused when it is %s", (text, reason) => {
    const reading = parseBaseline(text, "b.json");
    expect("problem" in reading ? reading.problem.message : "accepted").toContain(reason);
  });
});

test("what is missing is said by what would supply it", () => {
  const { notEvaluable } = run(shop);
  const pools = notEvaluable.find(({ missing }) => missing === "needs-P");
  expect(pools?.supply).toBe("declare node pools (Cluster.spec.nodePools)");
  expect(pools?.rules).toContain("AVL-027");
  expect(notEvaluable.map(({ rules }) => -rules.length)).toEqual(
    notEvaluable.map(({ rules }) => -rules.length).toSorted((left, right) => left - right),
  );
});

test("verdicts that could not be given are listed where they are asked for", () => {
  expect(run(shop).findings.every(({ verdict }) => verdict === "fail")).toBe(true);
  const all = run(shop, { includeNotEvaluable: true }).findings;
  expect(all.some(({ verdict }) => verdict === "notEvaluable")).toBe(true);
});

test("nothing to audit gives an empty report", () => {
  const report = run({ "config.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n" }, {});
  expect(hasOpenFindings(report, "critical")).toBe(false);
  expect(AuditSchema.safeParse(JSON.parse(JSON.stringify(report))).error).toBeUndefined();
});
