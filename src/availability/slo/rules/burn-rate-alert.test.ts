import { describe, expect, test } from "vitest";
import { decimalText, numberOf, promqlNumber, ratioOfNumber, shownRatio } from "../exact-ratio.ts";
import { parsePrometheusDuration, prometheusDuration } from "../prometheus-duration.ts";
import { cannotFire, thresholdOf, usualAlerts } from "./burn-rate-alert.ts";

const day = 86_400;

describe("burn rates", () => {
  test.each([
    [30, ["14.4", "6", "3", "1"]],
    [28, ["13.44", "5.6", "2.8", "0.9333"]],
    [7, ["13.44", "3.5", "1.4", "0.98"]],
    [14, ["14.4", "6", "3", "1"]],
    [90, ["43.2", "18", "9", "3"]],
  ])("of a window of %i days are those of the workbook's formula", (days, factors) => {
    expect(usualAlerts(days * day).map(({ factor }) => shownRatio(factor))).toEqual(factors);
  });

  test("leave out long windows above half of the SLO's", () => {
    expect(usualAlerts(day).map(({ longSeconds }) => longSeconds)).toEqual([3600, 21_600]);
    expect(usualAlerts(3600)).toEqual([]);
  });

  test("are exact: what does not end as a decimal is written as a division", () => {
    expect(promqlNumber(usualAlerts(28 * day)[3]?.factor ?? ratioOfNumber(0))).toBe("14 / 15");
    const [page] = usualAlerts(30 * day);
    expect(page && decimalText(thresholdOf(page, ratioOfNumber(0.001)))).toBe("0.0144");
  });

  test("of 14.4 cannot be reached at 93 %, and can at 94 %", () => {
    const [page] = usualAlerts(30 * day);
    expect(page && [cannotFire(page, ratioOfNumber(0.07)), cannotFire(page, ratioOfNumber(0.06))]).toEqual([
      true,
      false,
    ]);
  });
});

describe("exact ratios", () => {
  test.each([
    [0.001, "0.001"],
    [5e-7, "0.0000005"],
    [1e21, `1${"0".repeat(21)}`],
    [-0.25, "-0.25"],
    [0.1 + 0.2, "0.30000000000000004"],
  ])("of %d have its shortest decimal text", (value, text) => {
    expect(decimalText(ratioOfNumber(value))).toBe(text);
    expect(numberOf(ratioOfNumber(value))).toBe(value);
  });
});

describe("durations of Prometheus", () => {
  test.each([
    [300, "5m"],
    [5400, "1h30m"],
    [3 * day, "3d"],
    [28 * day, "4w"],
    [30 * day, "30d"],
    [365 * day, "1y"],
    [8 * day, "8d"],
  ])("%i s is %s", (seconds, text) => {
    expect(prometheusDuration(seconds)).toBe(text);
    expect(parsePrometheusDuration(text)).toBe(seconds);
  });

  test.each(["", "0s", "5", "m5", "-5m", "1.5h", "5m1h"])("%j is none", (text) => {
    expect(parsePrometheusDuration(text)).toBeUndefined();
  });
});
