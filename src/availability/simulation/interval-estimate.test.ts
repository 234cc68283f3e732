import { expect, test } from "vitest";
import { meanInterval, quantile, shareInterval } from "./interval-estimate.ts";

test("the interval of a mean is that of Student's t", () => {
  // Mean 3, standard deviation √2.5, t(0.975, 4) = 2.7764; the expansion has it to one in a hundred.
  const { mean, lower, upper } = meanInterval([1, 2, 3, 4, 5]);
  expect(mean).toBe(3);
  expect((upper - mean) / (2.7764 * Math.sqrt(2.5 / 5))).toBeCloseTo(1, 1);
  expect(mean - lower).toBeCloseTo(upper - mean, 12);
});

test("one value has no interval, and none no mean", () => {
  expect(meanInterval([1])).toEqual({ mean: 1, lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY });
  expect(meanInterval([]).mean).toBeNaN();
});

test("a share that was never seen is not known to be nothing", () => {
  const { mean, lower, upper } = shareInterval(0, 100);
  expect({ mean, lower }).toEqual({ mean: 0, lower: 0 });
  expect(upper).toBeCloseTo(0.037, 3);
  expect(shareInterval(100, 100)).toMatchObject({ mean: 1, upper: 1 });
});

test("quantiles are values that occurred", () => {
  expect([0, 0.5, 0.95, 1].map((share) => quantile([1, 2, 3, 4], share))).toEqual([1, 2, 4, 4]);
  expect(quantile([], 0.5)).toBe(0);
});
