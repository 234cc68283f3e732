import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { document, givenTexts, webService } from "../../estate/testing/given-texts.ts";
import { sloBudgets } from "./slo-budget.ts";
import { proposeSlos } from "./slo-proposals.ts";
import { type SloRulesOptions, sloRules } from "./slo-rules.ts";
import { sloSchemaMatches } from "./slo-schemas.ts";
import { simulateSlo } from "./slo-simulation.ts";

const options: SloRulesOptions = { form: "prometheusRule", windows: [], minimumErrors: 0 };
const query = (text: string) => `{metricSource: {type: Prometheus, spec: {query: ${JSON.stringify(text)}}}}`;
const ratio = `ratioMetric: {counter: true, bad: ${query("sum(rate(errors_total[{{.window}}]))")}, total: ${query("sum(rate(requests_total[{{.window}}]))")}}`;

/** A shop with one journey, buy, and the SLOs that are given. */
function givenShop(...objectives: readonly string[]): Estate {
  const journeys = "journeys: [{name: buy, entryPoint: web, downtimeCostPerMinute: 5}]";
  return givenTexts({
    "shop.yaml": document("Application", "shop", `\n  manifests: {default: [./m.yaml]}\n  ${journeys}`),
    "m.yaml": webService("web", { type: "LoadBalancer" }),
    "slo.yaml": objectives.join("---\n"),
  });
}

interface SloFields {
  readonly name?: string;
  readonly indicator?: string;
  readonly window?: string;
  readonly more?: string;
}

function slo(
  objectives: string,
  {
    name = "goal",
    indicator = `indicator: {spec: {${ratio}}}`,
    window = "{duration: 28d, isRolling: true}",
    more = "",
  }: SloFields = {},
): string {
  return `apiVersion: openslo/v1
kind: SLO
metadata: {name: ${name}}
spec:
  service: shop
  ${indicator}
  timeWindow: [${window}]
  ${more}
  objectives: [${objectives}]
`;
}

function codes(estate: Estate): readonly string[] {
  return sloRules(estate, options).report.diagnostics.map(({ code }) => code);
}

describe("rules of SLOs", () => {
  test("are the golden file, byte for byte", async () => {
    const { text } = sloRules(givenShop(slo("{target: 0.999}")), { ...options, minimumErrors: 3 });
    await expect(text).toMatchFileSnapshot("testdata/slo-rules.yaml");
  });

  test("hold no noise of floating point", () => {
    const targets = ["{target: 0.999}", "{targetPercent: 99.95}", "{target: 0.9}", "{targetPercent: 99.999}"];
    const text = targets.map((target) => sloRules(givenShop(slo(target)), options).text).join("");
    expect(text).toContain("(14 / 15 * 0.001)");
    expect(text).not.toMatch(/\d\.\d{8,}/);
  });

  test("name an SLI document, and an alert policy with its condition", () => {
    const sli = `apiVersion: openslo/v1\nkind: SLI\nmetadata: {name: answers}\nspec: {${ratio}}\n`;
    const policy =
      "apiVersion: openslo/v1\nkind: AlertPolicy\nmetadata: {name: fast}\nspec: {conditions: [{conditionRef: burn}]}\n";
    const condition =
      "apiVersion: openslo/v1\nkind: AlertCondition\nmetadata: {name: burn}\nspec: {severity: page, condition: {kind: burnrate, op: gt, threshold: 2.5, lookbackWindow: 4h, alertAfter: 10m}}\n";
    const own = slo("{target: 0.99}", { indicator: "indicatorRef: answers", more: "alertPolicies: [fast]" });
    const estate = givenShop(own, sli, policy, condition);
    expect(estate.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const { text } = sloRules(estate, options);
    expect(text).toContain("sum(rate(errors_total[4h]))");
    expect(text).toContain("> (2.5 * 0.01)) without (sloth_window)");
    expect(text).toContain("for: 10m");
  });

  test("are made for every objective of an SLO, and for every window that is asked for", () => {
    const estate = givenShop(slo("{displayName: low, target: 0.9}, {displayName: high, target: 0.99}"));
    const { files } = sloRules(estate, { ...options, windows: [604_800, 2_592_000] });
    expect([...files.keys()]).toEqual([
      "shop-goal-low-1w.yaml",
      "shop-goal-low-30d.yaml",
      "shop-goal-high-1w.yaml",
      "shop-goal-high-30d.yaml",
    ]);
  });

  test.each<readonly [string, string, readonly string[]]>([
    ["a target of 100 %", slo("{target: 1}"), ["EST-820"]],
    ["a target of 0", slo("{target: 0}"), ["EST-820"]],
    ["no indicator", slo("{target: 0.9}", { indicator: "description: none" }), ["EST-821"]],
    [
      "another source",
      slo("{target: 0.9}", {
        indicator: "indicator: {spec: {thresholdMetric: {metricSource: {type: Datadog, spec: {query: a}}}}}",
      }),
      ["EST-822"],
    ],
    [
      "several ranges",
      slo("{target: 0.9}", {
        indicator: `indicator: {spec: {ratioMetric: {bad: ${query("rate(a[5m])")}, total: ${query("rate(a[5m]) + rate(b[1h])")}}}}`,
      }),
      ["EST-822"],
    ],
    [
      "a threshold without value",
      slo("{target: 0.9}", { indicator: `indicator: {spec: {thresholdMetric: ${query("a")}}}` }),
      ["EST-822"],
    ],
    ["a window of an hour", slo("{target: 0.9}", { window: "{duration: 1h}" }), ["EST-825"]],
    ["slices of no length", slo("{target: 0.99}", { more: "budgetingMethod: Timeslices" }), ["EST-827"]],
    ["a target that no outage breaks fast enough", slo("{target: 0.9}"), ["EST-824"]],
    [
      "a condition that fires in health",
      slo("{target: 0.9}", {
        more: "alertPolicies: [{spec: {conditions: [{spec: {condition: {kind: burnrate, op: lt, threshold: 1, lookbackWindow: 1h}}}]}}]",
      }),
      ["EST-828"],
    ],
    ["a calendar", slo("{target: 0.999}", { window: "{duration: 1M, isRolling: false}" }), ["EST-826"]],
  ])("of %s are diagnosed", (_, text, expected) => {
    expect(codes(givenShop(text))).toEqual(expected);
  });

  test("do not overwrite one another", () => {
    const twice = [
      slo("{displayName: b, target: 0.99}, {displayName: c, target: 0.999}", { name: "a" }),
      slo("{target: 0.99}", { name: "a-b" }),
    ];
    expect(codes(givenShop(...twice))).toEqual(["EST-823"]);
  });

  test("a target above 1 does not reach the rules", () => {
    const estate = givenShop(slo("{target: 99.9}"));
    expect(estate.diagnostics.some(({ severity }) => severity === "error")).toBe(true);
    expect(sloRules(estate, options).text).toBe("");
  });
});

describe("error budgets", () => {
  const minutes = (count: number, bad: (minute: number) => number) =>
    ["time,bad,total", ...Array.from({ length: count }, (_, minute) => `${minute * 60},${bad(minute)},1000`)].join(
      "\n",
    );

  test("are forecast by the fault tree, and what is left is put to use", () => {
    const [budget] = sloBudgets(givenShop(slo("{target: 0.9}")), defaultCatalog, { today: "2026-11-22" }).budgets;
    expect(budget?.budget.result).toEqual({ kind: "exact", value: 4032 });
    expect(budget?.forecast?.exhaustionProbability.result).toMatchObject({ kind: "exact" });
    expect(budget?.overDelivery.map(({ kind }) => kind)).toEqual(["drill", "stricterObjective"]);
    expect(budget?.policy.map(({ holds }) => holds)).toEqual(["notEvaluable", "notEvaluable", "notEvaluable", false]);
  });

  test("spent in one incident ask for a freeze and a postmortem, and leave nothing", () => {
    const series = {
      file: "s.csv",
      text: minutes(28 * 1440, (minute) => (minute >= 30_000 && minute < 30_100 ? 1000 : 0)),
    };
    const report = sloBudgets(givenShop(slo("{target: 0.999}")), defaultCatalog, { today: "2026-11-22", series });
    const [budget] = report.budgets;
    expect(budget?.measured?.spent.result).toEqual({ kind: "exact", value: expect.closeTo(100 / 40.32, 9) as number });
    expect(budget?.measured?.worstIncidentShare).toBeCloseTo(100 / 40.32, 9);
    expect(budget?.policy.slice(0, 3).map(({ holds }) => holds)).toEqual([true, false, true]);
    expect(budget?.overDelivery).toEqual([]);
  });

  test("are spent when the errors of the last day go on, and not when they leave the window as fast", () => {
    const growing = { file: "s.csv", text: minutes(28 * 1440, (minute) => (minute >= 27 * 1440 ? 2 : 0)) };
    const steady = { file: "s.csv", text: minutes(28 * 1440, () => 1) };
    const of = (series: { file: string; text: string }) =>
      sloBudgets(givenShop(slo("{target: 0.999}")), defaultCatalog, { today: "2026-11-22", series }).budgets[0]
        ?.measured;
    // 2 in 1,000 spend the budget in 14 days, of which one is gone.
    expect(of(growing)?.exhaustedInSeconds).toBeCloseTo(13 * 86_400 + 60, -2);
    expect(of(steady)?.exhaustedInSeconds).toBeUndefined();
    expect(of(steady)?.spent.result).toEqual({ kind: "exact", value: 1 });
  });

  test("of a short series say that it is short", () => {
    const series = { file: "s.csv", text: minutes(60, () => 0) };
    const { diagnostics } = sloBudgets(givenShop(slo("{target: 0.999}")), defaultCatalog, {
      today: "2026-11-22",
      series,
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(["EST-833"]);
  });
});

describe("simulation", () => {
  test("reports alerts on the clock of the series, and the same every time", () => {
    const rows = Array.from(
      { length: 300 },
      (_, minute) => `${1_762_000_020 + 60 * minute},${minute >= 200 ? 0 : 100},100`,
    );
    const text = ["time,good,total", ...rows].join("\n");
    const of = () => simulateSlo("s.csv", text, { unavailability: 0.001, windowSeconds: 2_592_000 });
    const { simulation, diagnostics } = of();
    expect(diagnostics.map(({ code }) => code)).toEqual(["EST-833"]);
    expect(simulation?.fired[0]).toMatchObject({ severity: "page", longWindow: "1h", start: "2025-11-01T15:48:00Z" });
    expect(JSON.stringify(of())).toBe(JSON.stringify(of()));
  });
});

test("the schemas describe exactly what the reports hold", () => {
  expect(sloSchemaMatches).not.toContain(false);
});

describe("proposed SLIs", () => {
  test("are documents that Scantling reads and makes rules of, without any complaint", () => {
    const { files, report } = proposeSlos(givenShop());
    expect(report.indicators.map(({ kind }) => kind)).toEqual(["latency", "requests"]);
    expect(report.keyFigures.map(({ name }) => name)).toEqual(["shop-unit-cost"]);
    const estate = givenShop(...files.values());
    expect(codes(estate)).toEqual([]);
    // The target of the latency is not taken for the availability of the journey.
    expect(estate.journeys.map(({ objective }) => objective)).toEqual(["99.9%"]);
  });

  test("leave out what an SLO is for already", () => {
    expect(proposeSlos(givenShop(slo("{target: 0.9}"))).report.indicators).toEqual([]);
  });
});
