import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sourceReader } from "../../src/adapters/filesystem/read-sources.ts";
import { chartRenderer } from "../../src/adapters/helm/render-chart.ts";
import { detectionTime } from "../../src/availability/slo/alerts/detection.ts";
import { ratioOfNumber } from "../../src/availability/slo/exact-ratio.ts";
import { usualAlerts } from "../../src/availability/slo/rules/burn-rate-alert.ts";
import type { Estate } from "../../src/estate/model/estate.ts";
import { givenTexts } from "../../src/estate/testing/given-texts.ts";
import { readEstate } from "../../src/operations/read-estate.ts";
import { proposeSlos } from "../../src/operations/slo/slo-proposals.ts";
import { type SloRulesOptions, sloRules } from "../../src/operations/slo/slo-rules.ts";

/** promtool of Debian's package `prometheus` judges the rules that are written, and plays them. */
let folder = "";
beforeAll(() => {
  const found = spawnSync("promtool", ["--version"]).status;
  expect(found, "Debian's package prometheus is needed: apt-get install prometheus").toBe(0);
  folder = mkdtempSync(join(tmpdir(), "scantling-promtool-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function rulesOf(estate: Estate, options: Partial<SloRulesOptions> = {}): string {
  const { text, report } = sloRules(estate, { form: "file", windows: [], minimumErrors: 0, ...options });
  expect(report.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return text;
}

/** Number of rules that promtool found right. */
function checkRules(text: string): number {
  const file = join(folder, "rules.yaml");
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync("promtool", ["check", "rules", "--lint-fatal", file], {
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return Number(/SUCCESS: (\d+) rules found/.exec(stdout)?.[1]);
}

const query = (code: string) => `sum(rate(requests_total{code="${code}"}[{{.window}}]))`;

function givenSlo(indicator: string, fields: string, objective: string): Estate {
  const text = `apiVersion: openslo/v1
kind: SLO
metadata: {name: goal}
spec:
  service: shop
  indicator: {spec: ${indicator}}
  timeWindow: [{duration: 30d, isRolling: true}]
  ${fields}
  objectives: [${objective}]
`;
  return givenTexts({ "slo.yaml": text, "app.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n" });
}

const metric = (text: string) => `{metricSource: {type: Prometheus, spec: {query: ${JSON.stringify(text)}}}}`;
const ratio = `{ratioMetric: {counter: true, good: ${metric(query("200"))}, total: ${metric("sum(rate(requests_total[5m]))")}}}`;

describe("promtool check rules", () => {
  test.each(["nordwind", "shop"])(
    "takes the rules of examples/%s and of every SLI proposed for it",
    async (example) => {
      const reading = { sources: sourceReader, charts: chartRenderer };
      const { estate } = await readEstate([join(import.meta.dirname, "../../examples", example)], reading);
      const { files } = proposeSlos(estate);
      const proposed = givenTexts(Object.fromEntries(files));
      const objectives = [...estate.serviceLevelObjectives, ...proposed.serviceLevelObjectives];
      expect(objectives.length).toBeGreaterThan(5);
      const text = rulesOf({ ...estate, serviceLevelObjectives: objectives }, { minimumErrors: 0 });
      expect(checkRules(text)).toBeGreaterThan(15 * objectives.length);
    },
  );

  test.each([
    ["events", ratio, "budgetingMethod: Occurrences", "{target: 0.999}"],
    [
      "bare counters",
      `{ratioMetric: {counter: true, bad: ${metric('e{a="]"}')}, total: ${metric("sum by (b) (t)")}}}`,
      "",
      "{target: 0.999}",
    ],
    ["time slices", ratio, "budgetingMethod: Timeslices", "{target: 0.99, timeSliceTarget: 0.95, timeSliceWindow: 1m}"],
    ["ratios of slices", ratio, "budgetingMethod: RatioTimeslices", "{target: 0.99, timeSliceWindow: 10m}"],
    ["a threshold", `{thresholdMetric: ${metric("max(queue_age_seconds)")}}`, "", "{target: 0.99, op: lt, value: 0.1}"],
    ["a raw ratio", `{ratioMetric: {raw: ${metric("success_ratio")}, rawType: success}}`, "", "{target: 0.9}"],
    [
      "a raw ratio by window",
      `{ratioMetric: {raw: ${metric("rate(a[5m]) / rate(b[5m])")}, rawType: failure}}`,
      "",
      "{target: 0.9}",
    ],
    [
      "an own alert policy",
      ratio,
      "alertPolicies: [{spec: {conditions: [{spec: {severity: page, condition: {kind: burnrate, op: gte, threshold: 2, lookbackWindow: 90m, alertAfter: 5m}}}]}}]",
      "{target: 0.999}",
    ],
  ])("takes the rules of an SLO of %s, over 7, 28 and 30 days, guarded or not", (_, indicator, fields, objective) => {
    const estate = givenSlo(indicator, fields, objective);
    const windows = [7, 28, 30].map((days) => days * 86_400);
    expect(checkRules(rulesOf(estate, { windows }))).toBeGreaterThan(3 * 14);
    const { text } = sloRules(estate, { form: "file", windows, minimumErrors: 3 });
    expect(checkRules(text)).toBeGreaterThan(3 * 14);
  });
});

/** Minutes of the played incident: a fifth of the requests fails. */
const begin = 400;
const end = 460;

/** Plays ten requests a second; asks at some minutes how many alerts of a severity fire. */
function play(
  rules: string,
  expected: readonly (readonly [minute: number, severity: string, firing: boolean])[],
): string {
  writeFileSync(join(folder, "played.yaml"), rules);
  const asked = expected.map(([minute, severity, firing]) => ({
    expr: `count(ALERTS{alertname="ErrorBudgetBurn", alertstate="firing", sloth_severity="${severity}"})`,
    eval_time: `${minute}m`,
    exp_samples: firing ? [{ labels: "{}", value: 1 }] : [],
  }));
  const good = `0+600x${begin} ${600 * begin + 480}+480x${end - begin - 1} ${600 * begin + 480 * (end - begin) + 600}+600x200`;
  const bad = `0+0x${begin} 120+120x${end - begin - 1} ${120 * (end - begin)}+0x201`;
  const tests = {
    rule_files: ["played.yaml"],
    evaluation_interval: "1m",
    // Without an order promtool takes groups as they come, and alerts may see the records of the minute before.
    group_eval_order: ["sli-recordings", "meta-recordings", "alerts"].map((part) => `sloth-slo-${part}-shop-goal`),
    tests: [
      {
        interval: "1m",
        input_series: [
          { series: 'requests_total{code="200"}', values: good },
          { series: 'requests_total{code="500"}', values: bad },
        ],
        promql_expr_test: asked,
      },
    ],
  };
  const file = join(folder, "test.yaml");
  writeFileSync(file, JSON.stringify(tests));
  return execFileSync("promtool", ["test", "rules", file], { encoding: "utf8" });
}

describe("promtool test rules", () => {
  test.each([28, 30])("fires and resets in the computed minutes, over %i days", (days) => {
    const estate = givenSlo(ratio, "", "{target: 0.999}");
    const rules = rulesOf(estate, { windows: [days * 86_400] });
    const [quick, slow] = usualAlerts(days * 86_400).map((alert) => detectionTime(alert, ratioOfNumber(0.001), 0.2, 0));
    const fires = begin + Math.ceil((quick?.detectionSeconds ?? 0) / 60);
    // The page lasts until its slow windows reset, which take longer.
    const silent = end + Math.ceil((slow?.resetSeconds ?? 0) / 60);
    expect([fires, silent]).toEqual([405, 490]);
    const output = play(rules, [
      [begin, "page", false],
      [fires - 1, "page", false],
      [fires, "page", true],
      [end, "page", true],
      [end, "ticket", true],
      [silent - 1, "page", true],
      [silent, "page", false],
    ]);
    expect(output).toContain("SUCCESS");
  });

  test("keeps silent below the least number of errors where a guard is wanted", () => {
    const rules = rulesOf(givenSlo(ratio, "", "{target: 0.999}"), { minimumErrors: 3 });
    expect(play(rules, [[405, "page", true]])).toContain("SUCCESS");
    // 520 errors at a threshold of 1.44 % need more than the 36,000 requests of an hour.
    const strict = rulesOf(givenSlo(ratio, "", "{target: 0.999}"), { minimumErrors: 520 });
    expect(play(strict, [[405, "page", false]])).toContain("SUCCESS");
  });
});
