import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import { givenTexts } from "../../estate/testing/given-texts.ts";
import { simulateEstateLoad } from "./simulate-load.ts";
import type { LoadSimulation, LoadStrategy } from "./simulate-load-report.ts";
import type { SimulateLoadOptions } from "./simulate-load-study.ts";

interface Given {
  readonly hours?: string;
  readonly cluster?: string;
  /** How many nodes the pool has. */
  readonly pool?: string;
  /** Units a second. */
  readonly load?: number;
}

/** One workload of one core a replica in environment `dev`, on nodes of four cores. */
function givenShop({
  hours = "always",
  cluster = "",
  pool = "minCount: 1, maxCount: 6, autoscaling: true",
}: Given = {}) {
  return givenTexts({
    "estate.yaml": `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: shop}
spec:
  environments: [{name: dev, criticality: low, hours: "${hours}", timeZone: Europe/Copenhagen}]
---
apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: main}
spec:
  region: westeurope
  environments: [dev]
  kubernetesVersion: "1.34"
  ${cluster}
  nodePools:
    - {name: system, mode: System, vmSize: Standard_D4s_v5, ${pool}}
---
apiVersion: scantling/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  namespace: shop
  manifests: {default: ./shop.yaml}
  entryPoints: [{name: web, workload: shop/Deployment/web, exposure: public}]
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
  });
}

const options = { source: "week.csv", timeColumn: undefined, valueColumn: undefined, startSeconds: undefined } as const;

/** A week from Monday, 2 November 2026, of ten units a second, night and day. */
const week: NonNullable<SimulateLoadOptions["series"]> = {
  text: "time,value\n2026-11-02T00:00:00Z,10\n2026-11-05T12:00:00Z,10\n2026-11-09T00:00:00Z,10\n",
  options: { ...options, gaps: "hold" },
  scale: 1,
};

function simulate(given: Given, strategies?: readonly LoadStrategy[]): LoadSimulation {
  const report = simulateEstateLoad(givenShop(given), defaultCatalog, {
    series: { ...week, scale: (given.load ?? 10) / 10 },
    textOf: () => undefined,
    days: 7,
    perReplica: 10,
    ...(strategies === undefined ? {} : { strategies }),
    seed: 1,
    today: "2026-11-20",
  });
  if ("problem" in report) throw new Error(report.problem);
  return report;
}

function outcome({ strategies }: LoadSimulation, name: LoadStrategy) {
  const found = strategies.find(({ strategy }) => strategy === name);
  if (found === undefined) throw new Error(`no ${name}`);
  const value = (figure: typeof found.cost) => likelyValue(figure) ?? Number.NaN;
  return {
    cost: value(found.cost),
    workload: value(found.workloadCost),
    held: value(found.heldCost),
    unservedShare: value(found.unservedShare),
    nodeHours: value(found.nodeHours),
  };
}

describe("off-hours", () => {
  const hours = "Mon-Fri 07:00-19:00";

  test("stand beside the usual strategies where the environment has hours, and stop the cluster that nobody else needs", () => {
    const report = simulate({ hours });
    expect(report.strategies.map(({ strategy }) => strategy)).toContain("off-hours");
    const [reactive, stopped] = [outcome(report, "reactive"), outcome(report, "off-hours")];
    // 60 of the 168 hours of the week; demand that comes in the others is not served, and is said.
    // Nodes come back one by one after a stop, so that fewer may do than before.
    expect(stopped.nodeHours).toBeGreaterThanOrEqual(60);
    expect(stopped.nodeHours).toBeLessThanOrEqual((60 / 168) * reactive.nodeHours + 0.01);
    expect(stopped.unservedShare).toBeCloseTo(108 / 168, 2);
    expect(stopped.workload).toBeGreaterThanOrEqual(0);
    expect(reactive.unservedShare).toBe(0);
  });

  test("hold for every strategy on the cluster when the cluster is declared to stop, not for platforms beside it", () => {
    const report = simulate({ hours, cluster: "stopsOutsideHours: true" }, ["reactive", "fixed", "serverless"]);
    expect(outcome(report, "reactive").unservedShare).toBeCloseTo(108 / 168, 2);
    expect(outcome(report, "fixed").unservedShare).toBeCloseTo(108 / 168, 2);
    expect(outcome(report, "serverless").unservedShare).toBeLessThan(0.001);
  });

  test("are left out, with the reason, where the environment is needed always", () => {
    expect(simulate({}).diagnostics).toEqual([]);
    const asked = simulate({}, ["reactive", "off-hours"]);
    expect(asked.strategies.map(({ strategy }) => strategy)).toEqual(["reactive"]);
    expect(asked.diagnostics.map(({ code }) => code)).toEqual(["EST-673"]);
  });
});

describe("the verdict", () => {
  test("names all that cost the same, and tells them apart by the room that they hold", () => {
    const report = simulate({ pool: "minCount: 4, maxCount: 6, autoscaling: true" }, [
      "reactive",
      "fixed",
      "scale-to-zero",
    ]);
    expect(new Set(report.strategies.map(({ cost }) => likelyValue(cost))).size).toBe(1);
    const text = report.verdict.join(" ");
    expect(text).toContain("Scaling as declared, fixed replicas and scaling to zero cost the same.");
    expect(text).toContain("smallest node counts");
    expect(text).not.toContain("The cheapest");
    for (const strategy of ["reactive", "fixed"] as const) {
      const { held, cost, workload } = outcome(report, strategy);
      expect(workload).toBe(0);
      expect(held).toBeGreaterThan(0);
      expect(held).toBeLessThan(cost);
    }
  });
});

test.each([
  ["", "random by default"],
  ["autoscaler: {expander: least-waste}", "least-waste as declared"],
  ["autoscaler: {expander: priority}", "random, for priority has no list"],
])("the node autoscaler is the declared one: %j is %s", (cluster, words) => {
  const { assumptions } = simulate({ cluster }, ["fixed"]);
  expect(assumptions.find(({ id }) => id === "ASM-157")?.value).toContain(words);
});

test("a cluster with node auto-provisioning gets nodes for what its declared pools do not hold, and says how", () => {
  const report = simulate({ cluster: "nodeAutoProvisioning: true", pool: "count: 1" }, ["reactive", "scale-to-zero"]);
  const ids = report.assumptions.map(({ id }) => id);
  expect(ids).toContain("ASM-149");
  expect(ids).not.toContain("ASM-157");
  const declaredOnly = simulate({ pool: "count: 1", load: 40 }, ["reactive"]);
  const provisioned = simulate({ cluster: "nodeAutoProvisioning: true", pool: "count: 1", load: 40 }, ["reactive"]);
  expect(outcome(declaredOnly, "reactive").unservedShare).toBeGreaterThan(0.1);
  expect(outcome(provisioned, "reactive").unservedShare).toBeLessThan(0.001);
  expect(outcome(provisioned, "reactive").workload).toBeGreaterThan(0);
});
