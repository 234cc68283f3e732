import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numberOf, ratioOfNumber } from "../exact-ratio.ts";
import { type BurnRateAlert, thresholdOf, usualAlerts } from "../rules/burn-rate-alert.ts";
import { detectionTime, singleErrorFiresBelow } from "./detection.ts";
import { type EventSeries, readEventSeries } from "./event-series.ts";
import { falseAlarmRate } from "./false-alarms.ts";
import { simulateAlerts } from "./simulate-alerts.ts";

const month = 30 * 86_400;

/** `minutes` of traffic; `bad` of each minute's events fail from the minute `from` on, up to the minute `to`. */
function givenIncident(minutes: number, total: bigint, bad: bigint, from: number, to = minutes): EventSeries {
  const rows = Array.from({ length: minutes }, (_, minute) => minute);
  return {
    file: "series.csv",
    startSeconds: rows.map((minute) => minute * 60),
    bad: rows.map((minute) => (minute >= from && minute < to ? bad : 0n)),
    total: rows.map(() => total),
    scale: 1n,
    stepSeconds: 60,
  };
}

function alertOf(index: number): BurnRateAlert {
  const alert = usualAlerts(month)[index];
  if (alert === undefined) throw new Error("there are four");
  return alert;
}

describe("detection", () => {
  test("of a total outage at 99.9 % takes 51.8, 129.6, 259.2 and 259.2 s", () => {
    const times = usualAlerts(month).map((alert) => detectionTime(alert, ratioOfNumber(0.001), 1, 0).detectionSeconds);
    expect(times.map((time) => time?.toFixed(1))).toEqual(["51.8", "129.6", "259.2", "259.2"]);
  });

  test("never comes at exactly factor x budget, in the formula and in the simulation", () => {
    const budget = ratioOfNumber(0.001);
    for (const alert of usualAlerts(month)) {
      const { numerator, denominator } = thresholdOf(alert, budget);
      expect(detectionTime(alert, budget, numberOf({ numerator, denominator }), 0).detectionSeconds).toBeUndefined();
      const at = givenIncident(2 * (alert.longSeconds / 60), denominator, numerator, 0);
      expect(simulateAlerts(at, [alert], budget, month).fired).toEqual([]);
      const above = givenIncident(2 * (alert.longSeconds / 60), denominator * 1000n, numerator * 1000n + 1n, 0);
      expect(simulateAlerts(above, [alert], budget, month).fired).toHaveLength(1);
    }
  });

  test("and reset in a simulation come within a step of the computed times", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0.0005, 0.001, 0.005),
        fc.integer({ min: 0, max: 1 }),
        fc.integer({ min: 150, max: 1000 }),
        (share, index, badPerThousand) => {
          const alert = alertOf(index);
          const budget = ratioOfNumber(share);
          const { detectionSeconds, resetSeconds } = detectionTime(alert, budget, badPerThousand / 1000, 0);
          const healthy = alert.longSeconds / 60;
          // Long enough for the short window to be full of errors when it ends.
          const end = healthy + Math.max(alert.shortSeconds, detectionSeconds ?? 0) / 60 + 2;
          const series = givenIncident(
            Math.ceil(end) + healthy,
            1000n,
            BigInt(badPerThousand),
            healthy,
            Math.ceil(end),
          );
          const [fired] = simulateAlerts(series, [alert], budget, month).fired;
          const began = (fired?.startSeconds ?? 0) - healthy * 60;
          const ended = (fired?.endSeconds ?? 0) - Math.ceil(end) * 60;
          expect(began).toBeGreaterThan((detectionSeconds ?? Number.NaN) - 1e-6);
          expect(began).toBeLessThanOrEqual((detectionSeconds ?? Number.NaN) + 60);
          expect(ended).toBeGreaterThan((resetSeconds ?? Number.NaN) - 60.001);
          expect(ended).toBeLessThanOrEqual((resetSeconds ?? Number.NaN) + 60.001);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("by a single error needs fewer than 70 requests an hour at 99.9 %, and 695 at 99.99 %", () => {
    expect(singleErrorFiresBelow(alertOf(0), ratioOfNumber(0.001))).toBe(70);
    expect(singleErrorFiresBelow(alertOf(0), ratioOfNumber(0.0001))).toBe(695);
  });
});

describe("simulation", () => {
  test("does not fire where there is no traffic, and measures what no alert noticed", () => {
    const quiet = givenIncident(120, 0n, 0n, 0);
    expect(simulateAlerts(quiet, usualAlerts(month), ratioOfNumber(0.001), month)).toMatchObject({
      fired: [],
      firingSeconds: 0,
      unnoticedShare: undefined,
    });
    const slow = givenIncident(120, 10_000n, 5n, 0);
    expect(simulateAlerts(slow, usualAlerts(month), ratioOfNumber(0.001), month).unnoticedShare).toBe(1);
  });

  test("sets what is spent against the budget of the whole window, however little of it the series covers", () => {
    const [hours, outage, after] = [2, 60, 61];
    const series = givenIncident(hours * 60, 1000n, 1000n, outage);
    const [fired] = simulateAlerts(series, [alertOf(0)], ratioOfNumber(0.001), month).fired;
    expect(fired?.startSeconds).toBe(after * 60);
    // One minute of errors of the 43.2 min that 30 days at 99.9 % allow.
    expect(fired?.budgetSpent).toBeCloseTo((after - outage) / 43.2, 12);
  });

  test("says which alerts a coarse series cannot show", () => {
    const hourly = {
      ...givenIncident(48, 1000n, 0n, 0),
      stepSeconds: 3600,
      startSeconds: [...Array(48).keys()].map((hour) => hour * 3600),
    };
    const { notEvaluable } = simulateAlerts(hourly, usualAlerts(month), ratioOfNumber(0.001), month);
    expect(notEvaluable.map(({ shortSeconds }) => shortSeconds)).toEqual([300, 1800]);
  });
});

describe("false alarms", () => {
  test("have the probability of both windows counted out", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.double({ min: 0.02, max: 0.6, noNaN: true }), (short, ratio) => {
        const alert = { ...alertOf(0), longSeconds: 12, shortSeconds: short };
        const budget = ratioOfNumber(0.02);
        const { probability } = falseAlarmRate(alert, budget, 1, ratio);
        expect(probability).toBeCloseTo(countedOut(short, 12, ratio, numberOf(thresholdOf(alert, budget))), 10);
      }),
      { numRuns: 60 },
    );
  });

  test("shrink to nothing with traffic, and stay finite at a thousand million requests", () => {
    const rates = [0.01, 1, 100, 1e6].map(
      (rps) => falseAlarmRate(alertOf(0), ratioOfNumber(0.001), rps, 0.0005).probability,
    );
    expect(rates[0]).toBeGreaterThan(0.001);
    expect(rates[1]).toBeLessThan(1e-6);
    expect(rates.every((rate) => rate >= 0 && rate <= 1)).toBe(true);
    expect(falseAlarmRate(alertOf(3), ratioOfNumber(0.001), 4000, 0.00099999).probability).toBeGreaterThan(0.01);
  });
});

/** The same by every number of errors in the short window and the rest. */
function countedOut(short: number, long: number, ratio: number, threshold: number): number {
  let sum = 0;
  for (let inShort = 0; inShort <= short; inShort += 1) {
    for (let inRest = 0; inRest <= long - short; inRest += 1) {
      if (inShort / short <= threshold || (inShort + inRest) / long <= threshold) continue;
      sum += probabilityOf(short, inShort, ratio) * probabilityOf(long - short, inRest, ratio);
    }
  }
  return sum;
}

function probabilityOf(count: number, happened: number, ratio: number): number {
  let choices = 1;
  for (let index = 1; index <= happened; index += 1) choices *= (count - happened + index) / index;
  return choices * ratio ** happened * (1 - ratio) ** (count - happened);
}

describe("series", () => {
  test("takes instants, quotes, decimals and bad in the place of good", () => {
    const text =
      '\ufeff"Timestamp",Errors,Requests\r\n2026-11-01T00:00:00Z,0.5,10\r\n2026-11-01 00:01:00,1e1,20\r\n\r\n';
    const { series, diagnostics } = readEventSeries("a.csv", text);
    expect(diagnostics).toEqual([]);
    expect(series).toMatchObject({ startSeconds: [1_793_491_200, 1_793_491_260], stepSeconds: 60 });
    expect(series?.bad.map((bad) => Number(bad) / Number(series.scale))).toEqual([0.5, 10]);
  });

  test.each([
    ["NaN", "60,NaN,10", /no number/],
    ["infinite", "60,1,Infinity", /no number/],
    ["negative", "60,-1,10", /negative/],
    ["more good than all", "60,11,10", /more good events/],
    ["out of order", "0,1,1", /not after/],
    ["no time", "yesterday,1,1", /no time/],
    ["an empty cell", "60,,1", /no number/],
  ])("refuses a row that is %s, and keeps the others", (_, row, problem) => {
    const { series, diagnostics } = readEventSeries("a.csv", `time,good,total\n0,9,10\n${row}\n120,8,10\n`);
    expect(series?.startSeconds).toEqual([0, 120]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["EST-831"]);
    expect(diagnostics[0]?.message).toMatch(problem);
    expect(diagnostics[0]?.message).toContain("Line 3");
  });

  test("counts problems beyond the first five, and says what columns are missing", () => {
    const bad = Array.from({ length: 9 }, () => "x,1,1").join("\n");
    const codes = readEventSeries("a.csv", `time,good,total\n0,1,1\n${bad}`).diagnostics.map(({ code }) => code);
    expect(codes).toEqual([...Array(5).fill("EST-831"), "EST-832"]);
    expect(readEventSeries("a.csv", "a,b\n1,2\n").diagnostics.map(({ code }) => code)).toEqual(
      Array(3).fill("EST-830"),
    );
    expect(readEventSeries("a.csv", "").series).toBeUndefined();
    expect(readEventSeries("a.csv", "time,good,total\n").diagnostics.map(({ code }) => code)).toEqual(["EST-835"]);
  });
});
