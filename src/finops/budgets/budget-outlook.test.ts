import fc from "fast-check";
import { expect, test } from "vitest";
import type { MonthOutlook } from "../forecast/monthly-outlook.ts";
import { budgetOutlook } from "./budget-outlook.ts";

function month(
  name: string,
  likely: number,
  deviation: number | undefined,
  part: Partial<MonthOutlook> = {},
): MonthOutlook {
  const spread = deviation ?? 0;
  return {
    month: name,
    actual: 0,
    likely,
    deviation,
    low: likely - spread,
    high: likely + spread,
    fromSteps: 0,
    ...part,
  };
}

test("a budget is passed in the first month that is more likely than not above it; a warning comes before", () => {
  const months = [month("2027-01", 900, 50), month("2027-02", 950, 50), month("2027-03", 1010, 50)];
  const outlook = budgetOutlook(1000, months, [{ month: "2026-12", cost: 1100 }]);
  expect(outlook.crossing).toMatchObject({ month: "2027-03", probability: expect.closeTo(0.579, 2) });
  expect(outlook.warning).toMatchObject({ month: "2027-02", probability: expect.closeTo(0.159, 2) });
  expect(outlook.passedBefore).toEqual(["2026-12"]);
});

test("what is spent already is certain; a range without a distribution is certain outside it only", () => {
  const months = [
    month("2027-01", 1200, 500, { actual: 1001 }),
    month("2027-02", 900, undefined, { low: 800, high: 1100 }),
    month("2027-03", 900, undefined, { low: 800, high: 1000 }),
    month("2027-04", 1100, undefined, { low: 1050, high: 1200 }),
  ];
  expect(budgetOutlook(1000, months, []).months.map(({ probability }) => probability)).toEqual([1, undefined, 0, 1]);
});

test("a larger budget is never passed with a higher probability", () => {
  const money = fc.double({ min: 0, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(
      money,
      money,
      money,
      fc.double({ min: 0, max: 1e5, noNaN: true }),
      (budget, more, likely, deviation) => {
        const of = (monthly: number) =>
          budgetOutlook(monthly, [month("2027-01", likely, deviation)], []).months[0]?.probability ?? 0;
        expect(of(budget + more)).toBeLessThanOrEqual(of(budget) + 1e-9);
      },
    ),
  );
});
