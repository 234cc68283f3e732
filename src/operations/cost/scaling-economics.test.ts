import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { type Figure, likelyValue } from "../../estate/figures/figure.ts";
import { givenTexts } from "../../estate/testing/given-texts.ts";
import { type ScalingEconomicsOptions, scalingEconomics } from "./scaling-economics.ts";
import type { ScalingEconomics } from "./scaling-economics-report.ts";
import { scalingEconomicsJsonSchema, scalingEconomicsSchemaMatches } from "./scaling-economics-schema.ts";

interface Given {
  readonly region?: string;
  readonly hours?: string;
  readonly vmSize?: string;
  readonly requests?: string;
}

/** A workload of one core a replica, busy at noon; nothing leads to it from outside. */
function givenShop({
  region = "westeurope",
  hours = "always",
  vmSize = "Standard_D4s_v5",
  requests = "cpu: 1, memory: 1Gi",
}: Given = {}) {
  return givenTexts({
    "estate.yaml": `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: shop}
spec:
  environments: [{name: prod, criticality: high, hours: "${hours}", timeZone: UTC}]
---
apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: main}
spec:
  region: ${region}
  environments: [prod]
  kubernetesVersion: "1.34"
  nodePools: [{name: system, mode: System, vmSize: ${vmSize}, autoscaling: {min: 1, max: 8}}]
---
apiVersion: scantling/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  namespace: shop
  manifests: {default: ./shop.yaml}
  load: [{profile: LoadProfile/day, workload: shop/Deployment/web, perReplica: 10}]
---
apiVersion: scantling/v1alpha1
kind: LoadProfile
metadata: {name: day}
spec: {unit: requestsPerSecond, shape: {base: 2, daily: {peak: 30, peakAt: "12:00"}, timeZone: UTC}}
`,
    "shop.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "web:1", resources: {requests: {${requests}}}}]
`,
  });
}

function run(given: Given = {}, options: Partial<ScalingEconomicsOptions> = {}) {
  return scalingEconomics(givenShop(given), defaultCatalog, {
    workload: "web",
    days: 1,
    burstsPerDay: 1,
    seed: 1,
    today: "2026-11-22",
    textOf: () => undefined,
    ...options,
  });
}

function study(given: Given = {}, options: Partial<ScalingEconomicsOptions> = {}): ScalingEconomics {
  const report = run(given, options);
  if ("problem" in report) throw new Error(report.problem);
  return report;
}

const valueIn = (figure: Figure | undefined) =>
  figure === undefined ? Number.NaN : (likelyValue(figure) ?? Number.NaN);

const costAtDuty = ({ curves }: ScalingEconomics, way: string, duty: number) => {
  const points = curves.find((curve) => curve.way === way)?.points ?? [];
  return points.findLast((point) => Math.abs(point.duty - duty) < 1e-9)?.monthlyCost ?? Number.NaN;
};

const report = study();

describe("the break-even", () => {
  test("lies between the sampled sides of the two curves", () => {
    expect(report.breakEvens.length).toBeGreaterThan(4);
    for (const { used, held, duty, cheaperBelow } of report.breakEvens) {
      const at = likelyValue(duty) ?? Number.NaN;
      const below = Math.floor(at * 50 - 1e-9) / 50;
      const above = Math.ceil(at * 50 + 1e-9) / 50;
      const dearer = cheaperBelow === used ? held : used;
      if (below > 0)
        expect(costAtDuty(report, cheaperBelow, below)).toBeLessThanOrEqual(costAtDuty(report, dearer, below));
      const [there, other] = [costAtDuty(report, cheaperBelow, above), costAtDuty(report, dearer, above)];
      if (!Number.isNaN(there) && !Number.isNaN(other)) expect(there).toBeGreaterThanOrEqual(other);
    }
  });

  test("of Functions against nodes is the ratio of what they cost", () => {
    const found = report.breakEvens.find(({ used, held }) => used === "functions" && held === "own-nodes");
    const full = costAtDuty(report, "functions", 1);
    const nodes = costAtDuty(report, "own-nodes", 1);
    expect(full).toBeGreaterThan(nodes);
    expect(valueIn(found?.duty)).toBeCloseTo(nodes / full, 5);
  });

  test("explains itself: formula, prices with their dates, assumptions", () => {
    const kinds = new Set(report.breakEvens[0]?.duty.reasons.map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual(["assumption", "fact", "formula"]);
  });
});

describe("strategies", () => {
  test("are said for a month, with what they lose and start cold", () => {
    expect(report.strategies.map(({ strategy }) => strategy)).toEqual([
      "fixed",
      "reactive",
      "prescaled",
      "scale-to-zero",
      "serverless",
      "functions",
    ]);
    const fixed = report.strategies[0];
    expect(valueIn(fixed?.monthlyRoom)).toBeCloseTo(costAtDuty(report, "shared-nodes", 1), -1);
    expect(report.verdict.length).toBeGreaterThan(1);
  });

  test("off-hours stand beside them where the environment has hours, and their curve ends there", () => {
    const withHours = study({ hours: "Mon-Fri 07:00-19:00" }, { days: 0.25 });
    expect(withHours.strategies.map(({ strategy }) => strategy)).toContain("off-hours");
    const points = withHours.curves.find(({ way }) => way === "own-nodes-off-hours")?.points ?? [];
    expect(points.at(-1)?.duty).toBeCloseTo(60 / 168, 12);
  });
});

test("what has no price is named, and the ways that stand on it are left out", () => {
  const { missing, curves } = study({ region: "germanywestcentral" }, { days: 0.25 });
  expect(missing.some((what) => what.includes("germanywestcentral"))).toBe(true);
  const ways = curves.map(({ way }) => way);
  for (const what of missing) {
    if (what.startsWith("Container Apps")) expect(ways).not.toContain("container-apps");
    if (what.startsWith("Functions")) expect(ways).not.toContain("functions");
  }
  expect(ways).toContain("own-nodes");
});

test.each([
  [{ workload: "nobody" }, "nobody", "shop/web"],
  [{ cluster: "elsewhere" }, "elsewhere", "main"],
  [{ environment: "dev" }, "dev", "prod"],
])("%j is answered with what there is", (options, named, hint) => {
  const report = run({}, options);
  expect(report).toMatchObject({ problem: expect.stringContaining(named), hint: expect.stringContaining(hint) });
});

test("reports are what the schema says", () => {
  expect(scalingEconomicsSchemaMatches).toBe(true);
  const isValid = new Ajv({ strict: false }).compile(scalingEconomicsJsonSchema());
  for (const each of [report]) {
    expect(isValid(JSON.parse(JSON.stringify(each))), JSON.stringify(isValid.errors?.[0])).toBe(true);
  }
});

test("a pod larger than any Container App or instance of Functions is not priced as one", () => {
  const report = run({ vmSize: "Standard_D16s_v5", requests: "cpu: 5, memory: 6Gi" });
  const waysOf = (of: ReturnType<typeof run>) => ("curves" in of ? of.curves.map(({ way }) => way) : []);
  expect(waysOf(run())).toEqual(expect.arrayContaining(["container-apps", "functions"]));
  expect(waysOf(report)).toContain("shared-nodes");
  for (const way of ["container-apps", "container-apps-warm", "functions"]) expect(waysOf(report)).not.toContain(way);
  expect(JSON.stringify(report)).toContain("a Container App with 5 vCPU and 6 GiB");
});
