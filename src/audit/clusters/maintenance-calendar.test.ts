import { expect, test } from "vitest";
import { longestHours, occurrences, overlapInYear } from "./maintenance-calendar.ts";

const copenhagen = { scope: "cluster", window: "Sun 02:00-06:00", timeZone: "Europe/Copenhagen" };

test("clocks that are put forward move the window in UTC", () => {
  const hours = occurrences(copenhagen, 2026).map(({ from }) => new Date(from).getUTCHours());
  expect(new Set(hours)).toEqual(new Set([0, 1]));
  expect(hours[0]).toBe(1);
  expect(hours[26]).toBe(0);
});

test("windows that touch do not overlap", () => {
  const utc = (window: string) => ({ scope: "cluster", window, timeZone: "UTC" });
  expect(overlapInYear(utc("Sun 02:00-06:00"), utc("Sun 06:00-10:00"), 2026)).toBeUndefined();
  expect(overlapInYear(utc("Sun 02:00-06:00"), utc("Sun 05:00-09:00"), 2026)).toEqual({
    first: "2026-01-04 05:00 UTC",
    hours: 52,
  });
});

test("windows apart in winter may overlap in summer", () => {
  const utc = { scope: "cluster", window: "Sat 20:00-24:00, Sun 00:00-01:00", timeZone: "UTC" };
  expect(overlapInYear(copenhagen, utc, 2026)?.first).toBe("2026-04-05 00:00 UTC");
});

test("a window that runs into the next day counts as one", () => {
  expect(longestHours({ scope: "cluster", window: "Sat 22:00-03:00, Sun 10:00-12:00", timeZone: "UTC" })).toBe(5);
});
