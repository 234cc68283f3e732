import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compensatedSum, roundByLargestRemainder, toCents } from "./money.ts";

describe("compensatedSum", () => {
  test("keeps what a plain sum loses", () => {
    expect(compensatedSum([1e16, 1, -1e16])).toBe(1);
    expect(compensatedSum(Array.from({ length: 10 }, () => 0.1))).toBe(1);
    expect(compensatedSum([])).toBe(0);
  });
});

describe("toCents", () => {
  test.each([
    [0.125, 13],
    [1.004, 100],
    [-0.125, -13],
    [0, 0],
    [1234.56, 123_456],
  ])("%d", (amount, cents) => {
    expect(toCents(amount)).toBe(cents);
  });
});

describe("roundByLargestRemainder", () => {
  test("gives the missing cents to the largest remainders, earlier ones first", () => {
    expect(roundByLargestRemainder([0.333, 0.333, 0.334])).toEqual([33, 33, 34]);
    expect(roundByLargestRemainder([10 / 3, 10 / 3, 10 / 3])).toEqual([334, 333, 333]);
    expect(roundByLargestRemainder([])).toEqual([]);
  });

  test("adds up to the rounded total, is never more than a cent off and never negative", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { maxLength: 60 }), (amounts) => {
        const cents = roundByLargestRemainder(amounts);
        expect(cents.reduce((sum, each) => sum + each, 0)).toBe(toCents(compensatedSum(amounts)));
        for (const [index, amount] of amounts.entries()) {
          expect(Math.abs((cents[index] ?? 0) - amount * 100)).toBeLessThan(1.000001);
          expect(cents[index]).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
