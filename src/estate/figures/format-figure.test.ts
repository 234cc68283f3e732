import { describe, expect, test } from "vitest";
import { formatAvailability, formatMinutes, formatResult, formatValue } from "./format-figure.ts";

describe("formatAvailability", () => {
  test.each([
    [5e-4, "99.950%"],
    [1e-4, "99.990%"],
    [0.01, "99.00%"],
    [0.5, "50.00%"],
    [1.25e-5, "99.9988%"],
    [0, "100%"],
    [1, "0%"],
  ])("%d is %s", (unavailability, text) => {
    expect(formatAvailability(unavailability)).toBe(text);
  });

  test("never rounds a failing thing up to 100%", () => {
    for (let exponent = 1; exponent < 15; exponent++) expect(formatAvailability(3 * 10 ** -exponent)).not.toBe("100%");
    expect(formatAvailability(1e-15)).toMatch(/^>99\.9+%$/);
  });
});

test.each([
  [0.5, "30 s"],
  [43.83, "43.8 min"],
  [600, "10 h"],
  [7200, "5 days"],
])("%d minutes is %s", (minutes, text) => {
  expect(formatMinutes(minutes)).toBe(text);
});

test.each([
  [1234.5, "EUR/month", "EUR 1,234.50/month"],
  [0.192, "USD/hour", "USD 0.192/hour"],
  [3, "nodes", "3 nodes"],
  [0.12345, "ratio", "0.123"],
  [21.9, "minutes/month", "21.9 min/month"],
])("%d in %s is %s", (value, unit, text) => {
  expect(formatValue(value, unit)).toBe(text);
});

test("says what is missing", () => {
  expect(formatResult({ kind: "notEvaluable", missing: ["needs-P"] }, "ratio")).toBe("not evaluable: needs needs-P");
});
