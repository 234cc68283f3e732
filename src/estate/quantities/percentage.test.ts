import { integer, assert as law, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePercentage, parseUnavailability } from "./percentage.ts";

describe("percentages", () => {
  it.each([
    ["12.5%", 0.125],
    ["0%", 0],
    ["100%", 1],
    ["33%", 0.33],
    ["99.99%", 0.9999],
    ["250%", 2.5],
    ["0.07%", 0.0007],
  ])("%s is the ratio %d", (text, ratio) => {
    expect(parsePercentage(text)).toBe(ratio);
  });

  it.each([
    "",
    "%",
    "12",
    "12.%",
    ".5%",
    "-1%",
    "+1%",
    "1,5%",
    "12 %",
    " 12%",
    "1e2%",
    "12%%",
    "１%",
    `${"9".repeat(999)}%`,
  ])("refuses %j", (text) => {
    expect(parsePercentage(text)).toBeUndefined();
    expect(parseUnavailability(text)).toBeUndefined();
  });

  it.each([
    ["99.95%", 5e-4],
    ["99.9%", 1e-3],
    ["99.99%", 1e-4],
    ["99.999%", 1e-5],
    ["99.9999999%", 1e-9],
    ["100%", 0],
    ["0%", 1],
    ["95%", 0.05],
  ])("%s available may be down exactly %d of the time", (text, ratio) => {
    expect(parseUnavailability(text)).toBe(ratio);
  });

  it("refuses an availability above 100 %", () => {
    expect(parseUnavailability("100.1%")).toBeUndefined();
  });

  it("is the double nearest to the decimal", () => {
    law(
      property(integer({ min: 0, max: 1_000_000 }), (millionths) => {
        const text = `${Math.floor(millionths / 10_000)}.${String(millionths % 10_000).padStart(4, "0")}%`;
        expect(parsePercentage(text)).toBe(millionths / 1_000_000);
        expect(parseUnavailability(text)).toBe((1_000_000 - millionths) / 1_000_000);
      }),
    );
  });
});
