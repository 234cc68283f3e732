import fc from "fast-check";
import { expect, test } from "vitest";
import { businessAnswers } from "./business-answers.ts";
import { overbookingPolicy } from "./overbooking-policy.ts";
import { showUpDistribution, turnoutOf } from "./show-ups.ts";

const group = fc.record({ count: fc.nat(60), showUp: fc.double({ min: 0, max: 1, noNaN: true }) });

test("bumped less empty is what turns up beyond the capacity", () => {
  fc.assert(
    fc.property(fc.array(group, { maxLength: 3 }), fc.nat(120), (groups, capacity) => {
      const { expectedBumped, expectedEmpty } = turnoutOf(showUpDistribution(groups), capacity);
      const mean = groups.reduce((sum, { count, showUp }) => sum + count * showUp, 0);
      expect(expectedBumped - expectedEmpty).toBeCloseTo(mean - capacity, 8);
    }),
  );
});

test("the distribution is the binomial one", () => {
  const [none = 0, one = 0, two = 0] = showUpDistribution([{ count: 2, showUp: 0.9 }]);
  expect([none, one, two].map((each) => Number(each.toFixed(12)))).toEqual([0.01, 0.18, 0.81]);
  const many = showUpDistribution([{ count: 400, showUp: 0.9 }]);
  expect(many.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
});

test("no other number of sales earns more than the policy", () => {
  const question = fc.record({
    capacity: fc.integer({ min: 1, max: 40 }),
    booked: fc.constant([]),
    nextShowUp: fc.double({ min: 0.3, max: 1, noNaN: true }),
    price: fc.integer({ min: 1, max: 200 }),
    bumpCost: fc.integer({ min: 250, max: 900 }),
    refundable: fc.constant(true),
  });
  fc.assert(
    fc.property(question, (each) => {
      const { best, curve } = overbookingPolicy(each);
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
