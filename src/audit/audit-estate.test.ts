import { describe, expect, test } from "vitest";
import type { Rule } from "./rule.ts";
import { auditTexts, bareDeployment } from "./testing/audit-texts.ts";
import { workloadOutcome } from "./workload-outcome.ts";

const shop = { "shop.yaml": bareDeployment("web") };

function ruleOf(given: Partial<Rule>): Rule {
  return {
    id: "AVL-900",
    name: "made-up",
    title: "Something holds.",
    severity: { high: "high", medium: "medium", low: undefined },
    inputs: ["manifests"],
    evaluate: () => [],
    ...given,
  };
}

const failsAll = ruleOf({
  *evaluate({ estate }) {
    for (const workload of estate.workloads) {
      yield workloadOutcome(workload, { verdict: "fail", message: "It fails." });
    }
  },
});

describe("a rule that throws", () => {
  const throws = ruleOf({
    id: "AVL-901",
    name: "throws",
    *evaluate({ estate }) {
      const [first] = estate.workloads;
      if (first !== undefined) yield workloadOutcome(first, { verdict: "fail", message: "Said before." });
      throw new TypeError("cannot read properties of undefined");
    },
  });

  test("is reported with its id, keeps what it said, and stops no other", () => {
    const report = auditTexts(shop, { rules: [throws, failsAll] });
    expect(report.diagnostics.map(({ code, message }) => [code, message])).toEqual([
      [
        "EST-611",
        "Audit rule AVL-901 failed, so it is not evaluable here; the other rules were judged (cannot read properties of undefined).",
      ],
    ]);
    expect(report.findings.map(({ rule, message }) => [rule, message])).toEqual([
      ["AVL-900", "It fails."],
      ["AVL-901", "Said before."],
    ]);
  });
});

test("the same verdict said twice counts once", () => {
  const twice = ruleOf({ evaluate: (context) => [...failsAll.evaluate(context), ...failsAll.evaluate(context)] });
  const report = auditTexts(shop, { rules: [twice] });
  expect(report.findings).toHaveLength(1);
  expect(report.verdicts["AVL-900"]).toEqual({ pass: 0, fail: 1, notEvaluable: 0 });
});

describe("workloads whose pods cannot be seen", () => {
  const hidden = {
    "shop.yaml": bareDeployment("web"),
    "broken.yaml":
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: broken, namespace: shop}\nspec: {replicas: 2, template: nothing}\n",
    "store.yaml":
      "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: store, namespace: shop}\nspec: {instances: 3}\n",
  };
  const judgesOpen = ruleOf({
    evaluate: ({ estate }) =>
      estate.workloads
        .filter(({ name }) => name === "web")
        .map((workload) => workloadOutcome(workload, { verdict: "pass", message: "" })),
  });

  test.each([["pods" as const], ["replicas" as const], [undefined]])("are not evaluable for a rule of %s", (judges) => {
    const rule = judges === undefined ? judgesOpen : { ...judgesOpen, judges };
    const { findings, verdicts } = auditTexts(hidden, { rules: [rule] });
    expect(findings.map(({ verdict, subject, missing }) => [verdict, subject, missing])).toEqual([
      ["notEvaluable", "default/default/shop/Cluster/store", ["unknown-kind"]],
      ["notEvaluable", "default/default/shop/Deployment/broken", ["unparsable-dependency"]],
    ]);
    expect(verdicts["AVL-900"]).toEqual({ pass: 1, fail: 0, notEvaluable: 2 });
  });

  test("say nothing for a rule of other objects", () => {
    expect(auditTexts(hidden, { rules: [{ ...judgesOpen, judges: "objects" }] }).findings).toEqual([]);
  });

  test("are no pass of any rule that judges pods", () => {
    const { findings } = auditTexts(hidden);
    const ofStore = findings.filter(({ subject }) => subject.endsWith("/Cluster/store"));
    expect(ofStore.length).toBeGreaterThan(5);
    expect(ofStore.filter(({ verdict }) => verdict === "fail")).toEqual([]);
  });
});

describe("settings of the Estate", () => {
  function estate(audit: string, environments = ""): { [path: string]: string } {
    return {
      ...shop,
      "estate.yaml": `apiVersion: scantling/v1alpha1\nkind: Estate\nmetadata: {name: shop}\nspec:\n  audit: ${audit}\n${environments}`,
    };
  }
  const severityOf = (texts: { [path: string]: string }) =>
    auditTexts(texts, { rules: [failsAll] }).findings[0]?.severity;

  test("change the severity, by criticality too", () => {
    expect(severityOf(shop)).toBe("high");
    expect(severityOf(estate("{rules: {AVL-900: {severity: low}}}"))).toBe("low");
    expect(severityOf(estate("{rules: {AVL-900: {severity: {high: critical}}}}"))).toBe("critical");
    expect(severityOf(estate("{rules: {AVL-900: {severity: {high: none}}}}"))).toBeUndefined();
    const development = "  environments: [{name: dev, criticality: low}]\n";
    expect(severityOf(estate("{}", development))).toBeUndefined();
    expect(severityOf(estate("{profile: strict}", development))).toBe("high");
    expect(severityOf(estate("{rules: {AVL-900: {severity: {low: info}}}}", development))).toBe("info");
  });

  test("turn rules and sub-verdicts off", () => {
    expect(severityOf(estate("{rules: {AVL-900: {enabled: false}}}"))).toBeUndefined();
    const report = auditTexts(estate("{rules: {AVL-001.1: {enabled: false}}}"));
    expect(report.findings.some(({ rule }) => rule === "AVL-001.1")).toBe(false);
    expect(report.findings.some(({ rule }) => rule === "GIT-001.1")).toBe(true);
  });

  test("set parameters, and say where they are wrong", () => {
    const seen: unknown[] = [];
    const rule = ruleOf({
      parameters: [
        { name: "least", description: "Lowest number.", default: 2, strict: 3 },
        { name: "mode", description: "How.", default: "off", allowed: ["off", "on"] },
      ],
      evaluate: ({ parameters }) => {
        seen.push(parameters);
        return [];
      },
    });
    const run = (audit: string) => auditTexts(estate(audit), { rules: [rule] }).diagnostics.map(({ code }) => code);
    expect(run("{}")).toEqual([]);
    expect(run("{profile: strict}")).toEqual([]);
    expect(run("{profile: strict, rules: {AVL-900: {parameters: {least: 5, mode: on}}}}")).toEqual(["EST-603"]);
    expect(run('{rules: {AVL-900: {parameters: {least: "5", lest: 1, mode: "on"}}}}')).toEqual(["EST-603", "EST-602"]);
    expect(seen).toEqual([
      { least: 2, mode: "off" },
      { least: 3, mode: "off" },
      { least: 5, mode: "off" },
      { least: 2, mode: "on" },
    ]);
  });

  test("name rules and profiles that exist", () => {
    const { diagnostics, profile } = auditTexts(estate("{profile: strikt, rules: {AVL-999: {enabled: false}}}"));
    expect(diagnostics.map(({ code, place }) => [code, place?.source, place?.line])).toEqual([
      ["EST-601", "estate.yaml", 5],
      ["EST-600", "estate.yaml", 5],
    ]);
    expect(diagnostics[0]?.hint).toBe("Did you mean strict?");
    expect(profile).toBe("default");
  });

  test("baseline leaves what is less than high", () => {
    const { findings } = auditTexts(shop, { profile: "baseline" });
    const fails = findings.filter(({ verdict }) => verdict === "fail");
    expect(fails.length).toBeGreaterThan(2);
    expect(fails.filter(({ severity }) => severity !== "high" && severity !== "critical")).toEqual([]);
  });
});

test("only the rules, sub-verdicts and environments that are asked for", () => {
  const all = auditTexts(shop);
  const some = auditTexts(shop, { only: ["GIT-001", "AVL-011.1"] });
  expect(new Set(some.findings.map(({ rule }) => rule))).toEqual(new Set(["AVL-011.1", "GIT-001.1"]));
  expect(Object.keys(some.verdicts)).toEqual(["AVL-011", "GIT-001"]);
  expect(
    auditTexts(shop, { environments: ["other"] }).findings.filter(({ environment }) => environment !== undefined),
  ).toEqual([]);
  expect(all.findings.length).toBeGreaterThan(some.findings.length);
});

test("findings are sorted: fails first, worst first, then by rule and object", () => {
  const { findings } = auditTexts({ "a.yaml": bareDeployment("web"), "b.yaml": bareDeployment("api") });
  const ranks = { critical: 0, high: 1, medium: 2, low: 3, info: 4 };
  const keys = findings.map(({ verdict, severity, rule, subject }) =>
    [verdict === "fail" ? 0 : 1, ranks[severity], rule, subject].join(" "),
  );
  expect(keys.length).toBeGreaterThan(10);
  expect(keys).toEqual(keys.toSorted());
});
