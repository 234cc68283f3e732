import { describe, expect, test } from "vitest";
import type { Condition } from "../judging/condition.ts";
import { parseCondition } from "./parse-condition.ts";
import { readPolicies } from "./read-policies.ts";

function read(text: string, conditions = {}) {
  return readPolicies(new Map([["policy.yaml", text]]), conditions);
}

function canary(analysis: string): string {
  return `apiVersion: flagger.app/v1beta1
kind: Canary
metadata: {name: web}
spec:
  targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  analysis:
${analysis.replaceAll(/^/gm, "    ")}
`;
}

const gate = "metrics: [{name: request-success-rate, thresholdRange: {min: 99}}]";

function rollout(steps: string, metric: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  strategy:
    canary:
      steps: ${steps}
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: errors}
spec:
  metrics:
    - ${metric}
`;
}

const analysis = "[{setWeight: 10}, {analysis: {templates: [{templateName: errors}]}}]";
const prometheus = 'provider: {prometheus: {query: "errors / total"}}';

function weights(text: string, conditions = {}) {
  const [policy] = read(text, conditions).policies;
  return policy?.tool === "flagger" ? policy.steps.map(({ weight }) => weight) : undefined;
}

describe("Flagger Canary", () => {
  test("adds stepWeight until maxWeight is reached or passed, at most to 100", () => {
    expect(weights(canary(`stepWeight: 20\nmaxWeight: 50\n${gate}`))).toEqual([20, 40, 60]);
    expect(weights(canary(`stepWeight: 40\n${gate}`))).toEqual([40, 80, 100]);
    expect(weights(canary(`stepWeights: [1, 5, 50]\n${gate}`))).toEqual([1, 5, 50]);
  });

  test("iterations are blue/green, or an A/B test where something is matched", () => {
    const headers = "match: [{headers: {x-beta: {exact: always}}}]";
    expect(weights(canary(`iterations: 3\n${gate}`))).toEqual([0, 0, 0]);
    expect(weights(canary(`iterations: 2\n${headers}\n${gate}`), { matchShare: 4 })).toEqual([4, 4]);
    const { assumptions } = read(canary(`iterations: 2\n${headers}\n${gate}`));
    expect(assumptions.map(({ id }) => id)).toEqual(["ASM-249"]);
  });

  test("a mirrored step comes first, and a load test adds to what is measured", () => {
    const [policy] = read(
      canary(
        `stepWeight: 50\nmirror: true\n${gate}\nwebhooks: [{name: load, url: "http://t/", metadata: {cmd: "hey -z 1m -q 10 -c 2 http://web/"}}]`,
      ),
    ).policies;
    expect(policy?.tool === "flagger" ? [policy.steps[0], policy.loadTestPerSecond] : []).toEqual([
      { weight: 0, judgedWeight: 100 },
      20,
    ]);
  });

  test("defaults are those of the controller", () => {
    const [policy] = read(canary(`interval: 1s\nstepWeight: 50\n${gate}`)).policies;
    expect(policy?.tool === "flagger" ? [policy.intervalSeconds, policy.threshold] : []).toEqual([10, 1]);
  });
});

describe("bad input has its place", () => {
  test.each([
    ["a weight above 100", canary(`stepWeight: 110\n${gate}`), "EST-849", 7],
    ["weights that fall", canary(`stepWeights: [10, 5]\n${gate}`), "EST-849", 7],
    ["no weights at all", canary(gate), "EST-849", 6],
    ["an interval that is none", canary(`interval: soon\nstepWeight: 10\n${gate}`), "EST-849", 7],
    [
      "a metric that nobody has",
      canary("stepWeight: 10\nmetrics: [{name: request-sucess-rate, thresholdRange: {min: 99}}]"),
      "EST-849",
      8,
    ],
    [
      "a range beyond 100 %",
      canary("stepWeight: 10\nmetrics: [{name: request-success-rate, thresholdRange: {min: 990}}]"),
      "EST-849",
      8,
    ],
    [
      "a step weight above 100 of a Rollout",
      rollout("[{setWeight: 101}]", `{name: errors, ${prometheus}}`),
      "EST-849",
      7,
    ],
    ["an unknown step", rollout("[{setWheight: 10}]", `{name: errors, ${prometheus}}`), "EST-849", 7],
    [
      "an unknown provider",
      rollout(analysis, "{name: errors, successCondition: result < 0.01, provider: {promtheus: {}}}"),
      "EST-849",
      14,
    ],
    [
      "a condition in another language",
      rollout(analysis, `{name: errors, successCondition: "sum(result) < 1", ${prometheus}}`),
      "EST-849",
      14,
    ],
    [
      "an argument without value",
      rollout(analysis, `{name: errors, successCondition: "result[0] < {{args.most}}", ${prometheus}}`),
      "EST-849",
      14,
    ],
    [
      "an analysis without end",
      rollout(analysis, `{name: errors, interval: 1m, successCondition: "result[0] < 0.01", ${prometheus}}`),
      "EST-849",
      7,
    ],
    [
      "a template that is missing",
      rollout("[{analysis: {templates: [{templateName: nothing}]}}]", `{name: errors, ${prometheus}}`),
      "EST-829",
      7,
    ],
  ])("%s", (_, text, code, line) => {
    const { policies, notEvaluable, diagnostics } = read(text);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(policies).toEqual([]);
    expect(notEvaluable).toHaveLength(1);
    expect(errors[0]?.code).toBe(code);
    expect([errors[0]?.place?.source, errors[0]?.place?.line]).toEqual(["policy.yaml", line]);
    expect(errors[0]?.place?.column).toBeGreaterThan(0);
    expect(errors[0]?.hint).toMatch(/\w/);
  });

  test("no analysis at all, and metrics that say nothing of requests, are warned of", () => {
    expect(read(canary("stepWeight: 10")).diagnostics.map(({ code }) => code)).toEqual(["EST-814"]);
    const queue = rollout(analysis, `{name: queue-length, successCondition: "result[0] < 10", provider: {web: {}}}`);
    const { policies, diagnostics, assumptions } = read(queue);
    expect([policies.length, diagnostics.map(({ code }) => code)]).toEqual([1, ["EST-815"]]);
    expect(assumptions.map(({ id }) => id)).toEqual(["ASM-247"]);
  });

  test("files without policy, and files that are no YAML, are told", () => {
    expect(read("kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}").diagnostics.map(({ code }) => code)).toEqual([
      "EST-848",
    ]);
    expect(read("a: [").diagnostics.some(({ severity }) => severity === "error")).toBe(true);
    expect(read("").diagnostics.map(({ code }) => code)).toEqual(["EST-848"]);
  });

  test.each([
    "spec: 1",
    "spec: {strategy: 5}",
    "spec: {strategy: {canary: {steps: {a: 1}}}}",
    "spec: {strategy: {canary: {steps: [1, null, []]}}}",
    "spec: {strategy: {blueGreen: {prePromotionAnalysis: 4}}}",
  ])("a hostile Rollout does not throw: %s", (spec) => {
    const text = `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: web}\n${spec}`;
    const { policies, diagnostics } = read(text);
    expect(policies.length + diagnostics.length).toBeGreaterThan(0);
  });
});

describe("conditions of Argo Rollouts", () => {
  const atLeast: Condition = { kind: "compare", operator: ">=", limit: "0.95" };
  test.each<[string, Condition | undefined]>([
    ["result[0] >= 0.95", atLeast],
    ["0.95 <= result[0]", atLeast],
    ["all(result, # >= 0.95)", atLeast],
    ["(result >= 0.95)", atLeast],
    ["asFloat(result) >= 0.95", atLeast],
    ["len(result) > 0 && result[0] >= 0.95", { kind: "and", parts: [{ kind: "hasValue" }, atLeast] }],
    [
      "len(result) == 0 || result[0] >= 0.95",
      { kind: "or", parts: [{ kind: "not", part: { kind: "hasValue" } }, atLeast] },
    ],
    [
      "isNaN(result[0]) or not (result[0] < 1)",
      {
        kind: "or",
        parts: [{ kind: "isNaN" }, { kind: "not", part: { kind: "compare", operator: "<", limit: "1" } }],
      },
    ],
    ["result[0] >=", undefined],
    ["result[0] >= 0.95 extra", undefined],
    ["result.errors > 1", undefined],
    ["((((", undefined],
    ["", undefined],
  ])("%s", (text, condition) => {
    expect(parseCondition(text)).toEqual(condition);
  });
});
