import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { caughtShare } from "../advice/gate-quality.ts";
import type { JudgedMetric } from "../judging/judged-metric.ts";
import { analysisMetric, argoCanary, atLeast, flaggerCanary, successRate } from "../testing/policies.ts";
import { evaluatePolicy, simulatePolicy } from "./evaluate-policy.ts";

function options(requestsPerSecond: number, errorRate: number, runs = 2000) {
  return { requestsPerSecond, behaviour: { errorRate, slowRate: 0 }, seed: 7, runs };
}

/** P(a check of `requests` passes), from binomial coefficients and a comparison of whole numbers. */
function passes(requests: number, errorRate: number, percent: number): number {
  let sum = 0;
  let choose = 1;
  for (let bad = 0; bad <= requests; bad += 1) {
    const isGood = requests > 0 && (requests - bad) * 100 >= percent * requests;
    if (isGood) sum += choose * errorRate ** bad * (1 - errorRate) ** (requests - bad);
    choose = (choose * (requests - bad)) / (bad + 1);
  }
  return sum;
}

/** Every sequence of passed and failed checks of a Flagger canary, one after the other. */
function enumerateFlagger(
  weights: readonly number[],
  threshold: number,
  pass: (weight: number) => number,
  step = 0,
  failed = 0,
): { readonly rolledBack: number; readonly ticks: number; readonly weighted: number } {
  const weight = weights[step] ?? 0;
  if (failed >= threshold) return { rolledBack: 1, ticks: 1, weighted: weight };
  const good = pass(weight);
  const last = step + 1 >= weights.length;
  const afterPass = last
    ? { rolledBack: 0, ticks: 0, weighted: 0 }
    : enumerateFlagger(weights, threshold, pass, step + 1, failed);
  const afterFail = enumerateFlagger(weights, threshold, pass, step, failed + 1);
  return {
    rolledBack: good * afterPass.rolledBack + (1 - good) * afterFail.rolledBack,
    ticks: 1 + good * afterPass.ticks + (1 - good) * afterFail.ticks,
    weighted: weight + good * afterPass.weighted + (1 - good) * afterFail.weighted,
  };
}

const errorRates = fc.double({ min: 0, max: 0.3, noNaN: true });

describe("Flagger, exactly", () => {
  test("is the sum over every sequence of checks", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(0.05, 0.3, 1),
        errorRates,
        fc.constantFrom(90, 95, 99),
        (unsorted, threshold, requestsPerSecond, errorRate, percent) => {
          const weights = unsorted.toSorted((left, right) => left - right);
          const policy = flaggerCanary(weights, threshold, [successRate(String(percent))]);
          const outcome = evaluatePolicy(policy, options(requestsPerSecond, errorRate));
          const pass = (weight: number) =>
            passes(Math.round(((requestsPerSecond * weight) / 100) * 60), errorRate, percent);
          const all = enumerateFlagger(weights, threshold, pass);
          expect(outcome.method).toBe("exact");
          expect(outcome.rolledBack).toBeCloseTo(all.rolledBack, 9);
          expect(outcome.promoted + outcome.rolledBack).toBeCloseTo(1, 9);
          expect(outcome.minutes).toBeCloseTo(all.ticks, 7);
          expect(outcome.exposedRequests).toBeCloseTo((all.weighted / 100) * requestsPerSecond * 60, 6);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("the last failed check is followed by one more interval of exposure", () => {
    const outcome = evaluatePolicy(flaggerCanary([10, 50], 2), options(10, 1));
    expect([outcome.rolledBack, outcome.minutes, outcome.exposedRequests]).toEqual([1, 3, 180]);
  });

  test("without traffic every check fails", () => {
    expect(evaluatePolicy(flaggerCanary([1], 1), options(0.1, 0)).rolledBack).toBe(1);
  });

  test("a limit of 99.9 % permits one failure in a thousand requests, and not two", () => {
    const policy = flaggerCanary([100], 1, [successRate("99.9", 100)]);
    const errorRate = 0.001;
    const atMostOne = (1 - errorRate) ** 1000 + 1000 * errorRate * (1 - errorRate) ** 999;
    const outcome = evaluatePolicy({ ...policy, intervalSeconds: 100 }, options(10, errorRate));
    expect(outcome.promoted).toBeCloseTo(atMostOne, 12);
  });
});

describe("Argo Rollouts, exactly", () => {
  test("fails when more measurements fail than the limit permits, before the count is reached", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 3 }),
        fc.constantFrom(0.5, 2),
        errorRates,
        (count, failureLimit, requestsPerSecond, errorRate) => {
          const policy = argoCanary([50], analysisMetric(successRate("95"), { count, failureLimit }));
          const outcome = evaluatePolicy(policy, options(requestsPerSecond, errorRate));
          const pass = passes(requestsPerSecond * 30, errorRate, 95);
          let atMost = 0;
          for (let failed = 0, choose = 1; failed <= Math.min(failureLimit, count); failed += 1) {
            atMost += choose * (1 - pass) ** failed * pass ** (count - failed);
            choose = (choose * (count - failed)) / (failed + 1);
          }
          expect(outcome.promoted).toBeCloseTo(Math.min(1, atMost), 9);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("between the two conditions a measurement is inconclusive, and the rollout waits for a person", () => {
    const metric: JudgedMetric = {
      ...successRate("99"),
      failure: { kind: "compare", operator: "<", limit: "90" },
    };
    const outcome = evaluatePolicy(argoCanary([100], analysisMetric(metric, { count: 1 })), options(1, 0.05));
    expect(outcome.paused).toBeGreaterThan(0.5);
    expect(outcome.paused + outcome.promoted + outcome.rolledBack).toBeCloseTo(1, 12);
  });

  test("a query without result is an error, repeated every 10 seconds and given up at the fifth", () => {
    const silent: JudgedMetric = { ...successRate("99"), withoutRequests: "empty" };
    const outcome = evaluatePolicy(argoCanary([0], analysisMetric(silent)), options(10, 0));
    expect([outcome.rolledBack, outcome.minutes * 60]).toEqual([1, 60 + 40]);
  });

  test("a failureCondition alone passes when there is no traffic to be wrong with", () => {
    const metric: JudgedMetric = {
      ...successRate("99"),
      success: undefined,
      failure: { kind: "compare", operator: "<", limit: "99" },
    };
    expect(evaluatePolicy(argoCanary([0], analysisMetric(metric)), options(10, 1)).promoted).toBe(1);
  });

  test("failureLimit -1 counts no failures; a run of successes ends the analysis early", () => {
    const ignoring = argoCanary([100], analysisMetric(successRate("99"), { failureLimit: -1 }));
    expect(evaluatePolicy(ignoring, options(10, 1)).promoted).toBe(1);
    const early = analysisMetric(successRate("99"), { count: 10, consecutiveSuccessLimit: 2 });
    expect(evaluatePolicy(argoCanary([100], early), options(10, 0)).minutes).toBe(2);
  });

  test("an analysis in the background ends the rollout while a stage still holds", () => {
    const analysis = analysisMetric(successRate("99"), { count: undefined, initialDelaySeconds: 60 });
    const policy = {
      ...argoCanary([50], analysis),
      stages: [{ weight: 50, holdSeconds: 600, analysis: [] }],
      background: { fromStage: 0, analysis: [analysis] },
    };
    expect(evaluatePolicy(policy, options(10, 1)).minutes).toBe(1);
    const healthy = evaluatePolicy(policy, options(10, 0));
    expect([healthy.promoted, healthy.minutes]).toEqual([1, 10]);
  });
});

describe("laws", () => {
  const policies = fc.record({
    weights: fc.constantFrom([10, 50], [5, 25, 50], [100]),
    tolerated: fc.integer({ min: 0, max: 3 }),
    percent: fc.constantFrom("95", "99", "99.5"),
    isFlagger: fc.boolean(),
  });
  const policyOf = ({
    weights,
    tolerated,
    percent,
    isFlagger,
  }: typeof policies extends fc.Arbitrary<infer T> ? T : never) =>
    isFlagger
      ? flaggerCanary(weights, tolerated + 1, [successRate(percent)])
      : argoCanary(weights, analysisMetric(successRate(percent), { count: 4, failureLimit: tolerated }));

  test("power rises with the size of the regression", () => {
    fc.assert(
      fc.property(policies, fc.constantFrom(1, 5, 40), errorRates, errorRates, (shape, rps, one, other) => {
        const policy = policyOf(shape);
        const [small, large] = [Math.min(one, other), Math.max(one, other)].map((errorRate) =>
          caughtShare(evaluatePolicy(policy, options(rps, errorRate))),
        );
        expect(large ?? 0).toBeGreaterThanOrEqual((small ?? 1) - 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  test("power over a regression of twice the limit rises with traffic, a hundredfold at a time", () => {
    fc.assert(
      fc.property(policies, fc.constantFrom(1, 3, 10), (shape, rps) => {
        const policy = policyOf(shape);
        const errorRate = (2 * (100 - Number(shape.percent))) / 100;
        const [little, much] = [rps, 100 * rps].map((each) =>
          caughtShare(evaluatePolicy(policy, options(each, errorRate))),
        );
        expect(much ?? 0).toBeGreaterThanOrEqual((little ?? 1) - 1e-9);
      }),
      { numRuns: 30 },
    );
  });

  test("simulation lies within its interval of the exact value", () => {
    fc.assert(
      fc.property(
        policies,
        fc.constantFrom(1, 10),
        fc.double({ min: 0, max: 0.1, noNaN: true }),
        (shape, rps, errorRate) => {
          const policy = policyOf(shape);
          const runs = 1500;
          const exact = caughtShare(evaluatePolicy(policy, options(rps, errorRate)));
          const simulated = caughtShare(simulatePolicy(policy, options(rps, errorRate, runs)));
          // Five standard deviations, and room for three rollouts where the share is next to 0 or 1.
          const room = 5 * Math.sqrt((exact * (1 - exact)) / runs) + 3 / runs;
          expect(Math.abs(simulated - exact)).toBeLessThanOrEqual(room);
        },
      ),
      { numRuns: 40, seed: 11 },
    );
  });
});

describe("windows that overlap", () => {
  test("are simulated: one bad minute fails several checks in a row", () => {
    const policy = flaggerCanary([50], 3, [successRate("99", 300)]);
    const outcome = evaluatePolicy(policy, options(2, 0.01, 500));
    expect([outcome.method, outcome.runs]).toEqual(["simulated", 500]);
    const again = evaluatePolicy(policy, options(2, 0.01, 500));
    expect(again).toEqual(outcome);
  });

  test("two metrics over the same requests are judged together", () => {
    const strict = { ...successRate("99"), id: "strict" };
    const loose = { ...successRate("99"), id: "loose", success: atLeast("90") };
    const both = evaluatePolicy(flaggerCanary([100], 1, [strict, loose]), options(1, 0.01));
    const alone = evaluatePolicy(flaggerCanary([100], 1, [strict]), options(1, 0.01));
    expect(both.rolledBack).toBeCloseTo(alone.rolledBack, 12);
  });
});
