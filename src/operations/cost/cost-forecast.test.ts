import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { givenTexts } from "../../estate/testing/given-texts.ts";
import { type CostForecastOptions, forecastCost } from "./cost-forecast.ts";
import type { CostForecast } from "./cost-forecast-report.ts";
import { costForecastJsonSchema, costForecastSchemaMatches } from "./cost-forecast-schema.ts";

const texts = {
  "estate.yaml": `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: shop}
spec:
  environments: [{name: prod, criticality: high, hours: always, timeZone: UTC}]
  commercial:
    reservations: [{vmSize: Standard_D4s_v5, region: eastus2, quantity: 2, termYears: 3, until: "2027-01-14"}]
---
apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: main}
spec:
  region: eastus2
  environments: [prod]
  kubernetesVersion: "1.34"
  nodePools: [{name: system, mode: System, vmSize: Standard_D4s_v5, autoscaling: {min: 2, max: 6}}]
---
apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: retail}
spec: {namespaces: [shop], budget: {monthlyCost: 310}}
---
apiVersion: scantling/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  tenant: retail
  namespace: shop
  manifests: {default: ./shop.yaml}
  load: [{profile: LoadProfile/day, workload: shop/Deployment/web, perReplica: 10}]
---
apiVersion: scantling/v1alpha1
kind: LoadProfile
metadata: {name: day}
spec:
  unit: ordersPerSecond
  shape: {base: 10, timeZone: UTC}
  events: [{name: sale, start: "2026-12-01T00:00:00Z", duration: 24h, factor: 4}]
`,
  "shop.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "web:1", resources: {requests: {cpu: 1, memory: 1Gi}}}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 10
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]
`,
};
const shop = givenTexts(texts);
const fixedShop = givenTexts({
  ...texts,
  "estate.yaml": texts["estate.yaml"].replace("autoscaling: {min: 2, max: 6}", "count: 6"),
});

function forecast(options: Partial<CostForecastOptions> = {}): CostForecast {
  const report = forecastCost(shop, defaultCatalog, { today: "2026-11-22", months: 6, priceChanges: [], ...options });
  if (!("kind" in report)) throw new Error(report.diagnostics.map(({ message }) => message).join());
  return report;
}

/** Ten a day for retail, five for the platform, over so many days before 22 November 2026. */
function history(days: number, retail: (index: number) => number = () => 10) {
  const rows = Array.from({ length: days }, (_, index) => {
    const day = new Date(Date.UTC(2026, 10, 22 - days + index)).toISOString().slice(0, 10);
    return `${day},retail,${retail(index)}\n${day},platform,5`;
  });
  return { source: "costs.csv", text: `date,tenant,cost\n${rows.join("\n")}\n` };
}

const bearer = ({ bearers }: CostForecast, name: string) => {
  const found = bearers.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

test("on a fixed number of nodes the total is certain, however tenant and platform share it", () => {
  const report = forecastCost(fixedShop, defaultCatalog, { today: "2026-11-22", months: 1, priceChanges: [] });
  if (!("kind" in report)) throw new Error("no forecast");
  const [november] = report.total.months;
  const retail = bearer(report, "retail").months[0];
  expect(retail?.high).toBeGreaterThan(2 * (retail?.low ?? 0));
  expect(november?.low).toBeCloseTo(november?.likely ?? 0, 1);
  expect(november?.high).toBeCloseTo(november?.likely ?? 0, 1);
});

describe("from a history", () => {
  test("a steady cost goes on: a month is its days, the current one holds what is spent", () => {
    const report = forecast({ history: history(60) });
    const platform = bearer(report, "platform");
    expect(platform.months[0]).toMatchObject({ month: "2026-11", actual: 105 });
    expect(bearer(report, "retail").months[1]).toMatchObject({ month: "2026-12" });
    expect(platform.past).toEqual([{ month: "2026-10", cost: 155 }]);
    expect(report.history).toMatchObject({ step: "day", from: "2026-09-23", to: "2026-11-21", periods: 60 });
  });

  test("bearers add up to the total in every month, to the cent", () => {
    const report = forecast({ history: history(90, (index) => 10 + (index % 7) + 0.37 * Math.sin(index * 2.3)) });
    for (const [index, month] of report.total.months.entries()) {
      const sum = report.bearers.reduce((all, { months }) => all + Math.round(100 * (months[index]?.likely ?? 0)), 0);
      expect(Math.round(100 * month.likely)).toBe(sum);
      expect(month.low).toBeLessThanOrEqual(month.likely);
      expect(month.high).toBeGreaterThanOrEqual(month.likely);
    }
  });

  test("the end of a commitment is a step by what the bill then changes, from its day on", () => {
    const report = forecast({ history: history(60) });
    const [step] = report.steps.filter(({ kind }) => kind === "commitmentEnds");
    expect(step).toMatchObject({ date: "2027-01-15", label: expect.stringContaining("ends") });
    expect(step?.monthly).toBeGreaterThan(50);
    const added = report.total.months.map(({ fromSteps }) => fromSteps);
    const [, , january = 0, february = 0] = added;
    expect(january).toBeCloseTo(((step?.monthly ?? 0) * 17 * 24) / 730, 1);
    expect(february).toBeCloseTo(((step?.monthly ?? 0) * 28 * 24) / 730, 1);
  });

  test("a declared price change holds from its day, for whom it names", () => {
    const change = { day: Date.UTC(2027, 1, 1) / 86_400_000, ratio: 1.1, bearer: "platform" };
    const [plain, dearer] = [
      forecast({ history: history(60) }),
      forecast({ history: history(60), priceChanges: [change] }),
    ];
    const february = (report: CostForecast, name: string) => bearer(report, name).months[3];
    const own = (report: CostForecast) =>
      (february(report, "platform")?.likely ?? 0) - (february(report, "platform")?.fromSteps ?? 0);
    expect((february(dearer, "platform")?.likely ?? 0) - (february(plain, "platform")?.likely ?? 0)).toBeCloseTo(
      0.1 * own(plain),
      1,
    );
    expect(february(dearer, "retail")).toEqual({ ...february(plain, "retail"), figure: expect.anything() });
  });

  test("a budget is passed in the month that rising costs reach it", () => {
    const report = forecast({ history: history(120, (index) => 6 + index / 40), months: 12 });
    const { budget, months } = bearer(report, "retail");
    const first = months.find(({ likely }) => likely > 310)?.month;
    expect(budget).toMatchObject({ monthly: 310, crossing: { month: first } });
    expect(budget?.crossing?.probability).toBeGreaterThanOrEqual(0.5);
  });

  test("names that the estate does not declare are marked, too short histories are not evaluable", () => {
    const { source, text } = history(60);
    const report = forecast({ history: { source, text: `${text}2026-11-20,retial,4\n2026-11-21,retial,4\n` } });
    expect(bearer(report, "retial")).toMatchObject({ declared: false, months: [] });
    expect(report.partial).toBe(true);
    expect(report.diagnostics.map(({ code }) => code)).toContain("EST-795");
  });

  test("a history of nothing gives its diagnostics and no forecast", () => {
    const options = { today: "2026-11-22", months: 6, priceChanges: [], history: { source: "x.csv", text: "a,b\n" } };
    const report = forecastCost(shop, defaultCatalog, options);
    expect(report).toEqual({ diagnostics: [expect.objectContaining({ code: "EST-790" })] });
  });
});

describe("from what is declared alone", () => {
  test("months lie between all autoscalers at their minimum and at their maximum", () => {
    const report = forecast();
    expect(report.basis).toBe("declared");
    const december = report.total.months[1];
    expect(december?.high ?? 0).toBeGreaterThan(december?.low ?? 0);
    expect(december?.likely ?? 0).toBeGreaterThan(december?.low ?? 0);
    expect(december?.likely ?? 0).toBeLessThan(december?.high ?? 0);
  });

  test("growth of the demand never makes it cheaper, and brings units down", () => {
    const [still, growing] = [forecast(), forecast({ monthlyGrowth: 0.2 })];
    for (const [index, month] of growing.total.months.entries()) {
      expect(month.likely).toBeGreaterThanOrEqual((still.total.months[index]?.likely ?? 0) - 0.01);
    }
    expect(growing.unitCosts[0]?.trend ?? 0).toBeLessThan(still.unitCosts[0]?.trend ?? 0);
  });

  test("the unit cost is the cost over the units of the month", () => {
    const [unit] = forecast().unitCosts;
    expect(unit).toMatchObject({ application: "shop", unit: "order" });
    const december = unit?.months.find(({ month }) => month === "2026-12");
    expect(december?.units).toBeCloseTo(10 * 86_400 * 30 + 40 * 86_400, 3);
    expect(december?.unitCost).toBeCloseTo(((unit?.per ?? 0) * (december?.cost ?? 0)) / (december?.units ?? 1), 9);
  });
});

test("the same input gives the same report", () => {
  const options = { history: history(90, (index) => 10 + Math.sin(index)) };
  expect(JSON.stringify(forecast(options))).toBe(JSON.stringify(forecast(options)));
});

test("reports are what the schema says", () => {
  expect(costForecastSchemaMatches).toBe(true);
  const isValid = new Ajv({ strict: false }).compile(costForecastJsonSchema());
  for (const each of [forecast({ history: history(60) }), forecast()]) {
    expect(isValid(JSON.parse(JSON.stringify(each))), JSON.stringify(isValid.errors?.[0])).toBe(true);
  }
});
