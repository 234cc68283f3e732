import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { weeklyHours } from "../../estate/model/weekly-window.ts";
import { closedStretches, planWithStops } from "./opening-hours.ts";

// A Monday in UTC, far from any change of clocks.
const monday = Date.UTC(2026, 10, 2) / 1000;
const week = { fromSeconds: monday, untilSeconds: monday + 7 * 86_400 };
const hour = 3600;

function closed(...hours: readonly string[]) {
  return closedStretches(
    hours.map((text) => ({ hours: text, timeZone: "UTC" })),
    week,
  );
}

function relative(stretches: ReturnType<typeof closed>) {
  return stretches.map(({ fromSeconds, untilSeconds }) => [
    (fromSeconds - monday) / hour,
    (untilSeconds - monday) / hour,
  ]);
}

describe("closed stretches", () => {
  test("lie between the windows, to the minute", () => {
    expect(relative(closed("Mon-Tue 07:30-19:00"))).toEqual([
      [0, 7.5],
      [19, 31.5],
      [43, 168],
    ]);
  });

  test("respect windows that run over midnight, and over the end of the week", () => {
    expect(relative(closed("Sun 22:00-04:00"))).toEqual([[4, 166]]);
  });

  test("go by the clocks of the zone, also on the day on which they change", () => {
    const sunday = Date.UTC(2026, 9, 25) / 1000;
    const stretches = closedStretches([{ hours: "daily 07:00-19:00", timeZone: "Europe/Copenhagen" }], {
      fromSeconds: sunday - 12 * hour,
      untilSeconds: sunday + 24 * hour,
    });
    expect(stretches.map(({ fromSeconds, untilSeconds }) => (untilSeconds - fromSeconds) / hour)).toEqual([13, 6]);
  });

  test("are those that all environments share", () => {
    expect(relative(closed("Mon 08:00-10:00", "Mon 09:00-12:00"))).toEqual([
      [0, 8],
      [12, 168],
    ]);
  });

  test.each([[["always"]], [["Mon 08:00-10:00", "always"]], [["now and then"]], [[]]])("are none for %j", (hours) => {
    expect(closed(...hours)).toEqual([]);
  });

  const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
  const written = ([hours, minutes]: [number, number]) =>
    `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
  const windows = fc
    .array(fc.tuple(fc.constantFrom("Mon", "Fri-Sun", "daily", "Sat-Tue"), clock, clock), {
      minLength: 1,
      maxLength: 3,
    })
    .map((parts) => parts.map(([days, start, end]) => `${days} ${written(start)}-${written(end)}`).join(", "));

  test("and the hours of the windows make up the week", () => {
    fc.assert(
      fc.property(windows, (text) => {
        const seconds = closed(text).reduce((sum, each) => sum + each.untilSeconds - each.fromSeconds, 0);
        expect(seconds / hour + (weeklyHours(text) ?? Number.NaN)).toBeCloseTo(168, 9);
      }),
      { numRuns: 40 },
    );
  });
});

test("a plan with stops rests in them and goes on after them as it would have", () => {
  const plan = [
    { seconds: 0, minimum: 1, maximum: 9 },
    { seconds: 100, minimum: 3, maximum: 9 },
    { seconds: 150, minimum: 5, maximum: 9 },
  ];
  expect(planWithStops(plan, [{ fromSeconds: 50, untilSeconds: 120 }])).toEqual([
    { seconds: 0, minimum: 1, maximum: 9 },
    { seconds: 50, minimum: 0, maximum: 0 },
    { seconds: 120, minimum: 3, maximum: 9 },
    { seconds: 150, minimum: 5, maximum: 9 },
  ]);
  expect(planWithStops(plan, [])).toBe(plan);
});
