import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import { givenTexts } from "../../estate/testing/given-texts.ts";
import { RolloutSchema, rolloutSchemaMatches } from "./rollout-schema.ts";
import { type RolloutOptions, simulateRollouts } from "./simulate-rollouts.ts";

const canary = `apiVersion: flagger.app/v1beta1
kind: Canary
metadata: {name: web, namespace: shop}
spec:
  targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  analysis:
    interval: 1m
    threshold: 2
    iterations: 10
    mirror: true
    metrics: [{name: request-success-rate, thresholdRange: {min: 99}}]
`;
const texts = new Map([["canary.yaml", canary]]);
const options: RolloutOptions = { requestsPerSecond: [10], errorRate: 0.05, seed: 1, runs: 200, propose: false };

function estate() {
  return givenTexts({
    "estate.yaml": `apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: main}
spec:
  region: westeurope
  kubernetesVersion: "1.34"
  nodePools:
    - {name: system, mode: System, vmSize: Standard_D4s_v5, zones: ["1", "2", "3"], count: 3}
`,
    "web.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1", resources: {requests: {cpu: 200m, memory: 256Mi}}}]}
`,
  });
}

describe("blue/green", () => {
  test("exposes nobody while mirrored requests are judged, and prices the second copy", () => {
    const priced = { estate: estate(), catalog: defaultCatalog, today: "2026-11-22" };
    const [policy] = simulateRollouts(texts, { ...options, priced }).policies;
    const [run] = policy?.runs ?? [];
    expect([policy?.strategy, run?.regression.exposedRequests]).toEqual(["blueGreen", 0]);
    expect(run?.regression.rolledBack).toBeGreaterThan(0.99);
    const doubles = policy?.runningDouble ?? [];
    expect(doubles.map(({ scope }) => scope)).toEqual(["workload", "pool", "cluster"]);
    const [workload = 0, pool = 0, cluster = 0] = doubles.map(({ hourly }) => likelyValue(hourly));
    const price = defaultCatalog.vmPrice("westeurope", "Standard_D4s_v5", "payAsYouGo")?.value ?? 0;
    expect(pool).toBeCloseTo(3 * price, 6);
    expect(workload).toBeLessThan(pool);
    expect(cluster).toBeGreaterThan(pool);
    const minutes = run?.healthy.minutesUntilPromoted ?? 0;
    expect(likelyValue(doubles[1]?.rollout ?? doubles[0]?.hourly ?? never())).toBeCloseTo((pool * minutes) / 60, 9);
  });
});

function never(): never {
  throw new Error("no figure");
}

describe("inputs", () => {
  test.each([
    [{ requestsPerSecond: [0] }, "The traffic is 0"],
    [{ requestsPerSecond: [10, -1] }, "The traffic is -1"],
    [{ requestsPerSecond: [Number.NaN] }, "The traffic is NaN"],
    [{ errorRate: 1.2 }, "The error rate is 1.2"],
    [{ errorRate: Number.NaN }, "The error rate is NaN"],
    [{ healthyErrorRate: -0.1 }, "The healthy error rate is -0.1"],
  ])("%j evaluates nothing and says why", (change, message) => {
    const report = simulateRollouts(texts, { ...options, ...change });
    expect([report.policies.length, report.notEvaluable]).toEqual([0, ["Canary/shop/web"]]);
    expect(report.diagnostics.map((each) => [each.code, each.message])).toEqual([
      ["EST-819", expect.stringContaining(message)],
    ]);
  });

  test("a healthy version is assumed to fail a tenth of what the policy permits, unless it is given", () => {
    const assumed = simulateRollouts(texts, options);
    expect(assumed.policies[0]?.runs[0]?.healthyErrorRate).toBe(0.001);
    expect(assumed.assumptions.map(({ id }) => id)).toContain("ASM-246");
    const given = simulateRollouts(texts, { ...options, healthyErrorRate: 0.004 });
    expect(given.policies[0]?.runs[0]?.healthyErrorRate).toBe(0.004);
    expect(given.assumptions.map(({ id }) => id)).not.toContain("ASM-246");
  });

  test("a report with proposals and prices has the form of its schema", () => {
    const priced = { estate: estate(), catalog: defaultCatalog, today: "2026-11-22" };
    const report = simulateRollouts(texts, { ...options, priced, propose: true });
    expect([rolloutSchemaMatches, RolloutSchema.safeParse(report).error?.issues]).toEqual([true, undefined]);
  });

  test("the same options give the same report, every number of it finite", () => {
    const report = JSON.stringify(simulateRollouts(texts, { ...options, propose: true }));
    expect(JSON.stringify(simulateRollouts(texts, { ...options, propose: true }))).toBe(report);
    expect(report).not.toContain("null");
  });
});
