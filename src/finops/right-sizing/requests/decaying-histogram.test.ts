import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucketOf, bucketScheme, bucketStart } from "./bucket-scheme.ts";
import { DecayingHistogram } from "./decaying-histogram.ts";
import { SampleCounts } from "./sample-counts.ts";

const cpu = bucketScheme(0.01, 1.05, 1000);
const day = 86_400;

describe("the buckets of VPA", () => {
  test("start at first × (1.05^i - 1) / 0.05", () => {
    expect([0, 1, 2, 3].map((index) => Number(bucketStart(cpu, index).toFixed(9)))).toEqual([
      0, 0.01, 0.0205, 0.031525,
    ]);
    // ceil(ln(1000 × 0.05 / 0.01 + 1) / ln(1.05)) + 1 = ceil(174.57) + 1
    expect(cpu.buckets).toBe(176);
    expect(bucketScheme(1e7, 1.05, 1e12).buckets).toBe(176);
  });

  test("hold what is between their start and the next; the first all below, the last all above", () => {
    expect([0, 0.0099, 0.01, 0.0204, 0.0206, 1e9].map((value) => bucketOf(cpu, value))).toEqual([0, 0, 1, 1, 2, 175]);
    expect(bucketOf(cpu, Number.NaN)).toBe(0);
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 900, noNaN: true }), (value) => {
        const bucket = bucketOf(cpu, value);
        expect(bucketStart(cpu, bucket)).toBeLessThanOrEqual(value * (1 + 1e-9));
        expect(bucketStart(cpu, bucket + 1)).toBeGreaterThanOrEqual(value * (1 - 1e-9));
      }),
    );
  });
});

describe("a decaying histogram", () => {
  const of = (...samples: readonly (readonly [value: number, time: number])[]) => {
    const histogram = new DecayingHistogram(cpu, day, 0.1);
    for (const [value, time] of samples) histogram.add(value, 0.1, time);
    return histogram;
  };

  test("answers with the end of the bucket", () => {
    const histogram = of([0.005, 0], ...Array.from({ length: 9 }, () => [0.015, 0] as const));
    expect(histogram.percentile(0.1)).toBeCloseTo(0.01, 12);
    expect(histogram.percentile(0.5)).toBeCloseTo(0.0205, 12);
    expect(histogram.percentile(1)).toBeCloseTo(0.0205, 12);
    expect(of().percentile(0.9)).toBe(0);
  });

  test("counts a sample double that is a half-life younger", () => {
    // Weights 1 (0.5 cores) and 2 (0.015): two thirds of the weight are below.
    const histogram = of([0.5, 0], [0.015, day]);
    expect(histogram.percentile(0.66)).toBeCloseTo(0.0205, 12);
    expect(histogram.percentile(0.67)).toBeGreaterThan(0.5);
  });

  test("keeps its precision over years, and forgets what is old", () => {
    const histogram = of([2, 0], [0.015, 3_000 * day], [0.03, 3_001 * day]);
    expect(histogram.percentile(1)).toBeCloseTo(0.031525, 12);
    expect(histogram.percentile(0.33)).toBeCloseTo(0.0205, 12);
  });

  test("takes back what was added", () => {
    const histogram = of([0.015, 0], [3, day]);
    histogram.subtract(3, 0.1, day);
    expect(histogram.percentile(1)).toBeCloseTo(0.0205, 12);
  });

  const samples = fc.array(
    fc.tuple(fc.double({ min: 0, max: 900, noNaN: true }), fc.integer({ min: 0, max: 90 * day })),
    {
      minLength: 1,
      maxLength: 60,
    },
  );

  test("has percentiles that only rise", () => {
    fc.assert(
      fc.property(
        samples,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (given, a, b) => {
          const histogram = of(...given);
          expect(histogram.percentile(Math.min(a, b))).toBeLessThanOrEqual(histogram.percentile(Math.max(a, b)));
        },
      ),
    );
  });

  test("stays within a bucket when the same samples come again", () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 2, max: 5 }), (given, times) => {
        const once = bucketOf(cpu, of(...given).percentile(0.9));
        const again = bucketOf(cpu, of(...Array.from({ length: times }, () => given).flat()).percentile(0.9));
        expect(Math.abs(again - once)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

test("counts know a percentile to 1 %, the peak exactly, and the share from a value on", () => {
  const counts = new SampleCounts("cpu");
  for (let value = 1; value <= 1_000; value += 1) counts.add(value);
  expect(counts.percentile(0.95)).toBeGreaterThanOrEqual(950);
  expect(counts.percentile(0.95)).toBeLessThanOrEqual(950 * 1.011);
  expect(counts.peak).toBe(1_000);
  expect(counts.shareFrom(900)).toBeGreaterThan(0.08);
  expect(counts.shareFrom(900)).toBeLessThan(0.11);
  expect(counts.shareFrom(1_000_000)).toBe(0);
});
