import fc from "fast-check";
import { expect, test } from "vitest";
import { businessAnswers } from "./business-answers.ts";
import { overbookingPolicy } from "./overbooking-policy.ts";
import { showUpsOf, turnoutOf } from "./show-ups.ts";

const group = fc.record({ count: fc.nat(60), showUp: fc.double({ min: 0, max: 1, noNaN: true }) });

test("bumped less empty is what turns up beyond the capacity", () => {
  fc.assert(
    fc.property(fc.array(group, { maxLength: 3 }), fc.nat(120), (groups, capacity) => {
      const { expectedBumped, expectedEmpty } = turnoutOf(showUpsOf(groups, capacity));
      const mean = groups.reduce((sum, { count, showUp }) => sum + count * showUp, 0);
      expect(expectedBumped - expectedEmpty).toBeCloseTo(mean - capacity, 8);
    }),
  );
});

test("the distribution is the binomial one, and beyond the capacity its sum", () => {
  const rounded = (capacity: number) =>
    [...showUpsOf([{ count: 2, showUp: 0.9 }], capacity).chances].map((each) => Number(each.toFixed(12)));
  expect(rounded(2)).toEqual([0.01, 0.18, 0.81, 0]);
  expect(rounded(1)).toEqual([0.01, 0.18, 0.81]);
  const many = showUpsOf([{ count: 400, showUp: 0.9 }], 350).chances;
  expect(many.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
});

test("two sorts of customers are no binomial of their mean", () => {
  const mixed = turnoutOf(
    showUpsOf(
      [
        { count: 5, showUp: 1 },
        { count: 5, showUp: 0.5 },
      ],
      9,
    ),
  );
  expect(mixed.overProbability).toBeCloseTo(0.5 ** 5, 12);
  expect(turnoutOf(showUpsOf([{ count: 10, showUp: 0.75 }], 9)).overProbability).toBeCloseTo(0.75 ** 10, 12);
});

test("no other number of sales earns more than the policy", () => {
  const question = fc.record({
    capacity: fc.integer({ min: 1, max: 40 }),
    booked: fc.constant([]),
    nextShowUp: fc.double({ min: 0.05, max: 1, noNaN: true }),
    price: fc.integer({ min: 1, max: 200 }),
    bumpCost: fc.integer({ min: 250, max: 900 }),
    refundable: fc.boolean(),
  });
  fc.assert(
    fc.property(question, (each) => {
      const { best, curve, isUnbounded } = overbookingPolicy(each);
      expect(isUnbounded).toBe(!each.refundable && each.price >= each.nextShowUp * each.bumpCost);
      if (isUnbounded) return;
      for (const level of curve) expect(level.expectedRevenue).toBeLessThanOrEqual(best.expectedRevenue + 1e-6);
      expect(best.sold).toBeGreaterThanOrEqual(each.capacity);
    }),
  );
});

test("who all turn up are not oversold; a bump that costs nothing is never refused", () => {
  const base = { capacity: 10, booked: [], nextShowUp: 1, price: 100, bumpCost: 300, refundable: true };
  expect(overbookingPolicy(base).best.sold).toBe(10);
  expect(overbookingPolicy({ ...base, bumpCost: 0 }).isUnbounded).toBe(true);
});

test("customers who hardly ever turn up are oversold many times, up to the bound and no further", () => {
  const { best, isUnbounded } = overbookingPolicy({
    capacity: 100,
    booked: [],
    nextShowUp: 0.1,
    price: 100,
    bumpCost: 300,
    refundable: true,
  });
  expect(isUnbounded).toBe(false);
  // P(S >= 100) is 0.2468 for 933 sold and 0.2504 for 934, by exact fractions.
  expect(best.sold).toBe(934);
});

test("a price above the cost of a bump is unbounded, whatever the chances round to", () => {
  const question = { capacity: 10, booked: [], nextShowUp: 0.95, price: 100, bumpCost: 50, refundable: false };
  expect(overbookingPolicy(question)).toMatchObject({ isUnbounded: true, criticalRatio: 1, best: { sold: 10 } });
});

test("a bound that no sum of chances can tell from 1 still ends", () => {
  const question = { capacity: 5, booked: [], nextShowUp: 0.05, price: 1e9, bumpCost: 1e-6, refundable: true };
  expect(overbookingPolicy(question).best.sold).toBeGreaterThan(5);
});

test("what is booked already counts, each sort with its own chance", () => {
  const base = { capacity: 10, nextShowUp: 0.5, price: 100, bumpCost: 300, refundable: true };
  const sure = overbookingPolicy({ ...base, booked: [{ count: 9, showUp: 1 }] });
  expect(sure.best.sold).toBeLessThan(overbookingPolicy({ ...base, booked: [{ count: 9, showUp: 0.5 }] }).best.sold);
  const full = overbookingPolicy({ ...base, booked: [{ count: 14, showUp: 1 }] });
  expect(full.best.sold).toBe(14);
  expect(full.atCapacity.sold).toBe(14);
});

test("answers are compared in money, and are not evaluable without their cost", () => {
  const { best, atCapacity } = overbookingPolicy({
    capacity: 100,
    booked: [],
    nextShowUp: 0.9,
    price: 100,
    bumpCost: 300,
    refundable: true,
  });
  const answers = businessAnswers(
    best,
    atCapacity,
    { gross: 10_000, grossAtCapacity: 9000 },
    { compensate: 400, coordinate: 2 },
  );
  const [writeOff, retry, compensate, coordinate] = answers;
  expect(writeOff).toMatchObject({ missing: ["writeOff"] });
  expect(retry).toMatchObject({ missing: ["retry", "retrySuccess"] });
  expect(compensate?.expectedCost).toBeCloseTo(best.turnout.expectedBumped * 400, 9);
  expect(coordinate).toMatchObject({ sold: 100, expectedCost: 200, expectedNet: 8800 });
});
