import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../scheduling/packing/heuristics/seeded-random.ts";
import { canaryScore } from "./canary-score.ts";
import { judgeMetric, type KayentaMetric } from "./judge-metric.ts";
import { locationShift } from "./mann-whitney.ts";

const metric: KayentaMetric = {
  name: "errors",
  direction: "either",
  missing: "remove",
  mustHaveData: false,
  critical: false,
  allowedIncrease: 1,
  allowedDecrease: 1,
  group: "all",
};
const quantile = 2.326347874;
const random = () => 0.5;

/** Hodges and Lehmann: the median of all differences. */
function medianDifference(one: readonly number[], other: readonly number[]): number {
  const all = one.flatMap((left) => other.map((right) => left - right)).sort((left, right) => left - right);
  const middle = all.length / 2;
  return ((all[Math.ceil(middle) - 1] ?? 0) + (all[Math.floor(middle)] ?? 0)) / 2;
}

const samples = fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 12, maxLength: 24 });

describe("Mann-Whitney", () => {
  test("estimates the median of all differences, within an interval that holds it", () => {
    fc.assert(
      fc.property(samples, samples, (one, other) => {
        const { estimate, lower, upper } = locationShift(one, other, quantile);
        const differences = one.flatMap((left) => other.map((right) => left - right));
        const near = differences.filter(
          (each) => Math.abs(each - medianDifference(one, other)) <= Math.abs(estimate - medianDifference(one, other)),
        );
        // The root of a step function: at most a step away from the median.
        expect(near.length).toBeLessThanOrEqual(Math.max(4, 0.05 * differences.length));
        expect(lower).toBeLessThanOrEqual(estimate + 1e-3);
        expect(upper).toBeGreaterThanOrEqual(estimate - 1e-3);
      }),
      { numRuns: 15 },
    );
  });

  test("moves with the experiment, and turns around when the two are exchanged", () => {
    const one = [1, 4, 7, 9, 12, 15, 18, 22, 25, 31];
    const other = [2, 3, 8, 10, 11, 16, 19, 21, 26, 30];
    const here = locationShift(one, other, quantile);
    const moved = locationShift(
      one.map((value) => value + 5),
      other,
      quantile,
    );
    expect(moved.lower).toBeCloseTo(here.lower + 5, 2);
    expect(moved.upper).toBeCloseTo(here.upper + 5, 2);
    const exchanged = locationShift(other, one, quantile);
    expect(exchanged.lower).toBeCloseTo(-here.upper, 2);
  });
});

describe("the judge", () => {
  const baseline = [10, 11, 9, 10.5, 9.5, 10.2, 9.8, 10.1, 9.9, 10.3];

  test.each([
    ["a clear rise", baseline.map((value) => value + 5), metric, "High"],
    ["a clear fall", baseline.map((value) => value - 5), metric, "Low"],
    [
      "a rise where only a fall matters",
      baseline.map((value) => value + 5),
      { ...metric, direction: "decrease" },
      "Pass",
    ],
    ["a rise that is permitted", baseline.map((value) => value + 5), { ...metric, allowedIncrease: 2 }, "Pass"],
    ["the same data", baseline, metric, "Pass"],
    ["no data", [Number.NaN, Number.NaN], metric, "Nodata"],
    ["nothing, where missing points are zero", [], { ...metric, missing: "replace" }, "Pass"],
  ] as const)("%s", (_, canary, of, classification) => {
    expect(judgeMetric(of, canary, baseline, random)).toBe(classification);
  });

  test("two constants that differ are told apart, by noise of the seed", () => {
    const canary = Array.from({ length: 20 }, () => 12);
    const control = Array.from({ length: 20 }, () => 10);
    expect(judgeMetric(metric, canary, control, seededRandom(1))).toBe("High");
  });

  test("scores groups by weight; critical failures and silence give 0", () => {
    const judged = (classification: "Pass" | "High" | "Nodata", group: string, more = {}) => ({
      metric: { ...metric, group, ...more },
      classification,
    });
    const thresholds = { pass: 95, marginal: 75, groupWeights: new Map([["errors", 60]]) };
    const half = [judged("Pass", "errors"), judged("High", "errors"), judged("Pass", "latency")];
    expect(canaryScore(half, thresholds)).toEqual({ score: 70, verdict: "Fail" });
    expect(canaryScore([judged("Pass", "errors"), judged("Pass", "latency")], thresholds)).toEqual({
      score: 100,
      verdict: "Pass",
    });
    const critical = [...half.slice(0, 1), judged("High", "latency", { critical: true })];
    expect(canaryScore(critical, thresholds).score).toBe(0);
    expect(canaryScore([judged("Pass", "errors"), judged("Nodata", "latency")], thresholds).score).toBe(0);
  });
});
