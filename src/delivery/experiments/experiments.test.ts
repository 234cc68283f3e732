import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalQuantile } from "./normal-quantile.ts";
import { falseAlarmWhenPeeking, requestsPerArm } from "./sample-size.ts";
import { expectedRequests, sequentialVerdict } from "./sequential-test.ts";

test("quantiles of the normal distribution, as tables have them", () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 8);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306, 7);
  expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
});

describe("sample size", () => {
  test("as tables of two proportions have it", () => {
    expect(requestsPerArm({ baseline: 0.5, changed: 0.6, falseAlarm: 0.05, power: 0.8 })).toBe(388);
    expect(requestsPerArm({ baseline: 0.1, changed: 0.1, falseAlarm: 0.05, power: 0.8 })).toBeUndefined();
  });

  test("rises with power and falls with the difference", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.4, noNaN: true }),
        fc.double({ min: 0.01, max: 0.3, noNaN: true }),
        (baseline, difference) => {
          const size = (changed: number, power: number) =>
            requestsPerArm({ baseline, changed, falseAlarm: 0.05, power }) ?? 0;
          expect(size(baseline + difference, 0.9)).toBeGreaterThanOrEqual(size(baseline + difference, 0.8));
          expect(size(baseline + difference / 2, 0.8)).toBeGreaterThanOrEqual(size(baseline + difference, 0.8));
        },
      ),
    );
  });

  test("looking again and again raises false alarms, as Armitage, McPherson and Rowe tabulate it", () => {
    expect(falseAlarmWhenPeeking(0.05, 1)).toBeCloseTo(0.05, 3);
    expect(falseAlarmWhenPeeking(0.05, 2)).toBeCloseTo(0.083, 3);
    expect(falseAlarmWhenPeeking(0.05, 5)).toBeCloseTo(0.142, 3);
    expect(falseAlarmWhenPeeking(0.05, 10)).toBeCloseTo(0.193, 3);
  });
});

describe("sequential test", () => {
  const wald = { good: 0.01, bad: 0.05, falseAlarm: 0.05, missed: 0.1 };

  test("decides as its likelihood ratio says", () => {
    expect(sequentialVerdict(wald, 10, 0)).toBe("undecided");
    expect(sequentialVerdict(wald, 10, 4)).toBe("bad");
    expect(sequentialVerdict(wald, 200, 0)).toBe("good");
  });

  test("needs fewer requests on average than a test of fixed size", () => {
    const fixed = requestsPerArm({ baseline: 0.01, changed: 0.05, falseAlarm: 0.05, power: 0.9 }) ?? 0;
    const { whenBad, whenGood } = expectedRequests(wald);
    expect(Math.max(whenBad, whenGood)).toBeLessThan(fixed);
    expect(Math.min(whenBad, whenGood)).toBeGreaterThan(0);
  });
});
