import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPolicies } from "../../../src/delivery/policies/read-policies.ts";
import { defaultViewState } from "../view-state/view-state.ts";
import { answerRollout, listRollouts } from "./answer-rollout.ts";
import { rolloutCharts } from "./rollout-charts.ts";
import { chosenPolicy, errorRange, readInput, sliderPlace, sliderValue, trafficRange } from "./rollout-inputs.ts";
import { rolloutSamples } from "./rollout-samples.ts";
import { rolloutStages } from "./rollout-stages.ts";
import { chance, gateFacts, verdictSentence } from "./rollout-words.ts";

const canary = "examples/rollouts/web-canary.yaml#Canary/storefront/web";

describe("choices", () => {
  it("put what judges a version before updates, and the input before samples", () => {
    const own = { "own.yaml": rolloutSamples["examples/rollouts/web-canary.yaml"] ?? "" };
    const { choices, problems } = listRollouts(own);
    expect(choices.map(({ key }) => key)).toEqual([
      "own.yaml#Canary/storefront/web",
      "examples/rollouts/catalog-api-rollout.yaml#Rollout/catalog/catalog-api",
      canary,
      "examples/rollouts/orders-api-deployment.yaml#Deployment/orders/orders-api",
    ]);
    expect(choices[0]?.from).toBe("input");
    expect(choices.at(-1)?.tool).toBe("kubernetes");
    expect(problems).toEqual([]);
    expect(chosenPolicy({ choices, problems }, { ...defaultViewState, policy: "no#such" })?.key).toBe(choices[0]?.key);
  });

  it("have samples for who has no file at all", () => {
    expect(listRollouts({}).choices.every(({ from }) => from === "sample")).toBe(true);
    expect(listRollouts({ "a.yaml": "kind: Canary\n: : broken" }).choices.length).toBeGreaterThan(2);
  });
});

describe("a policy", () => {
  const answer = answerRollout({}, { policy: canary, requestsPerSecond: 10, errorRate: 0.05 });
  const [policy] = answer.report.policies;
  const run = policy?.runs[0];
  if (policy === undefined || run === undefined) throw new Error("the sample is evaluable");

  it("is answered for alone, with its stages", () => {
    expect(answer.report.policies.map(({ subject }) => subject)).toEqual(["Canary/storefront/web"]);
    expect(answer.stages.map(({ weight, seconds }) => [weight, seconds])).toEqual([
      [10, 60],
      [20, 60],
      [30, 60],
      [40, 60],
      [50, 60],
    ]);
  });

  it("is told in a sentence, without rounding up to certainty", () => {
    expect(verdictSentence(run, 0.05)).toMatch(/^Good at 10 requests\/s: it catches .* 5% .* >99\.9%/);
    expect(gateFacts(run).join(" ")).toContain("Its smallest check sees 60 requests");
    expect([chance(1), chance(0), chance(0.9999), chance(0.00001), chance(0.5)]).toEqual([
      "100%",
      "0%",
      ">99.9%",
      "<0.01%",
      "50.0%",
    ]);
  });

  it("draws power and exposure along both axes, each with words", () => {
    const charts = [
      ...rolloutCharts(policy.trafficCurve, "traffic", 10),
      ...rolloutCharts(run.curve, "errorRate", 0.05),
    ];
    expect(charts.map(({ key }) => key)).toEqual([
      "power-traffic",
      "exposure-traffic",
      "power-errorRate",
      "exposure-errorRate",
    ]);
    for (const { words } of charts) expect(words.split("; ")).toHaveLength(3);
  });

  it("that nobody has is not evaluable, without throwing", () => {
    const none = answerRollout({}, { policy: "x#y", requestsPerSecond: 10, errorRate: 0.05 });
    expect([none.report.policies, none.stages]).toEqual([[], []]);
  });
});

it("an Argo stage lasts as long as its pause and its analysis", () => {
  const text = rolloutSamples["examples/rollouts/catalog-api-rollout.yaml"] ?? "";
  const [policy] = readPolicies(new Map([["a.yaml", text]]), {}).policies;
  if (policy === undefined) throw new Error("the sample has a policy");
  const seconds = rolloutStages(policy).reduce((sum, stage) => sum + stage.seconds, 0);
  // Two pauses of 5 min and two analyses of five measurements a minute apart.
  expect(seconds).toBe(2 * 300 + 2 * 240);
});

describe("controls", () => {
  it("keep every place of a slider", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.constantFrom(trafficRange, errorRange), (place, range) => {
        // Two digits move a value by at most one step of the scale.
        expect(Math.abs(sliderPlace(sliderValue(place, range), range) - place)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("read any address within the range", () => {
    fc.assert(
      fc.property(fc.option(fc.string(), { nil: undefined }), (text) => {
        const value = readInput(text, trafficRange);
        expect(value >= trafficRange.least && value <= trafficRange.most).toBe(true);
      }),
    );
    expect([readInput("0.2", errorRange), readInput("", errorRange), readInput("9e99", errorRange)]).toEqual([
      0.2,
      errorRange.usual,
      errorRange.most,
    ]);
  });
});
