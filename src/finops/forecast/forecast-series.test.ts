import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededDraws } from "../../scheduling/kube-scheduler/tie-breaker.ts";
import { dayNumber, monthOf } from "./calendar.ts";
import { type CostSeries, forecastSeries } from "./forecast-series.ts";
import { normalProbability, quantile90 } from "./normal-distribution.ts";

const monday = dayNumber("2026-03-02") ?? 0;
const money = fc.double({ min: -50, max: 50, noNaN: true });
const week = fc.array(money, { minLength: 7, maxLength: 7 });

function given(length: number, valueAt: (index: number) => number, part: Partial<CostSeries> = {}) {
  const values = Array.from({ length }, (_, index) => valueAt(index));
  const forecast = forecastSeries({ step: "day", startDay: monday, values, ...part });
  if (forecast === undefined) throw new Error("too short");
  return forecast;
}

describe("a series that is exactly a line with a season is continued exactly", () => {
  test("by days with a week", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 200, max: 2000, noNaN: true }),
        fc.double({ min: -0.5, max: 3, noNaN: true }),
        week,
        fc.integer({ min: 28, max: 200 }),
        (level, slope, season, length) => {
          const exact = (index: number) => level + slope * index + (season[index % 7] ?? 0);
          const forecast = given(length, exact);
          for (const lead of [1, 6, 7, 30, 365]) {
            expect(forecast.at(lead)).toBeCloseTo(exact(length - 1 + lead), 4);
          }
          expect(forecast.oddValues).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("by months with a year", () => {
    const exact = (index: number) => 900 + 12 * index + 100 * Math.cos((2 * Math.PI * index) / 12);
    const forecast = given(40, exact, { step: "month" });
    expect(forecast.season).toBe(12);
    for (const lead of [1, 5, 12, 24]) expect(forecast.at(lead)).toBeCloseTo(exact(39 + lead), 6);
  });

  test("by days over years: months of the year are told apart", () => {
    const ofMonth = [30, 0, -10, 0, 5, -20, -40, -30, 0, 10, 90, 60];
    const exact = (index: number) =>
      500 + 0.2 * index + (index % 7 < 5 ? 20 : -30) + (ofMonth[monthOf(monday + index) % 12] ?? 0);
    const forecast = given(800, exact);
    expect(forecast.hasYearlySeason).toBe(true);
    for (const lead of [1, 60, 240, 365]) expect(forecast.at(lead)).toBeCloseTo(exact(799 + lead), 6);
  });

  test("whichever model is taken, no interval is left", () => {
    const forecast = given(120, (index) => 100 + index);
    expect(forecast.deviationOfSum(1, 30)).toBeLessThan(1e-6);
    expect(forecast.chosen.model.name).toBe("seasonal-naive");
  });
});

/** Normal draws by the sum of twelve even ones. */
function normalDraws(seed: number): () => number {
  const draw = seededDraws(seed);
  return () => Array.from({ length: 12 }, draw).reduce((sum, each) => sum + each, -6);
}

describe("80 % intervals hold about 80 % of what comes", () => {
  const processes: readonly (readonly [string, (normal: () => number) => (index: number) => number])[] = [
    ["a line, a week and noise", (normal) => (index) => 300 + 0.5 * index + (index % 7 < 5 ? 20 : -40) + 12 * normal()],
    [
      "a wandering level",
      (normal) => {
        let level = 400;
        return (index) => {
          level += 3 * normal();
          return level + (index % 7 < 5 ? 15 : -30) + 6 * normal();
        };
      },
    ],
  ];
  test.each(processes)("%s", (_, process) => {
    const length = 150;
    let inside = 0;
    let all = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const valueAt = process(normalDraws(seed));
      const values = Array.from({ length: length + 30 }, (__, index) => valueAt(index));
      const forecast = given(length, (index) => values[index] ?? 0);
      for (const [from, to] of [
        [1, 7],
        [1, 30],
        [24, 30],
      ] as const) {
        let error = 0;
        for (let lead = from; lead <= to; lead += 1) error += (values[length - 1 + lead] ?? 0) - forecast.at(lead);
        all += 1;
        if (Math.abs(error) <= quantile90 * forecast.deviationOfSum(from, to)) inside += 1;
      }
    }
    expect(inside / all).toBeGreaterThan(0.7);
    expect(inside / all).toBeLessThan(0.93);
  });
});

describe("what is odd in the past", () => {
  const usual = (index: number) => 200 + 0.3 * index + (index % 7 < 5 ? 10 : -25) + 2 * Math.sin(index * 1.7);

  test("a single dear day is found, with what was expected, and does not move the forecast", () => {
    const without = given(120, usual);
    const forecast = given(120, (index) => usual(index) + (index === 60 ? 150 : 0));
    expect(forecast.oddValues.map(({ index }) => index)).toEqual([60]);
    expect(forecast.oddValues[0]?.expected).toBeCloseTo(usual(60), -1);
    expect(forecast.at(10)).toBeCloseTo(without.at(10), 0);
  });

  test("a step of the level is one, on its day, and the forecast starts from the new level", () => {
    const forecast = given(120, (index) => usual(index) + (index >= 80 ? 90 : 0));
    expect(forecast.levelShifts.map(({ index }) => index)).toEqual([80]);
    expect(forecast.levelShifts[0]?.size).toBeCloseTo(90, -1);
    expect(Math.abs(forecast.at(14) - (usual(133) + 90))).toBeLessThan(10);
  });

  test("a steady rise is neither", () => {
    const forecast = given(200, (index) => 100 + 3 * index + (index % 7 < 5 ? 10 : -25));
    expect(forecast.levelShifts).toEqual([]);
    expect(forecast.oddValues).toEqual([]);
  });
});

test("five values are no history, six are one without an interval that could be tested", () => {
  expect(forecastSeries({ step: "day", startDay: monday, values: [1, 2, 3, 4, 5] })).toBeUndefined();
  const forecast = given(6, (index) => index);
  expect(forecast.at(1)).toBeCloseTo(6, 6);
});

test.each([
  [0, 0.5],
  [1.959964, 0.975],
  [-1.2815516, 0.1],
  [6, 1],
])("P(Z <= %s) = %s", (z, probability) => {
  expect(normalProbability(z)).toBeCloseTo(probability, 6);
});
