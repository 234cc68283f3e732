import { constantFrom, integer, assert as law, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDuration } from "./duration.ts";

describe("parseDuration", () => {
  it.each([
    ["0", 0],
    ["-0", 0],
    ["+0", 0],
    ["0s", 0],
    ["5s", 5],
    ["30s", 30],
    ["1478s", 1478],
    ["-5s", -5],
    ["+5s", 5],
    ["5.0s", 5],
    ["5.6s", 5.6],
    ["5.s", 5],
    [".5s", 0.5],
    ["1.0s", 1],
    ["1.004s", 1.004],
    ["100.00100s", 100.001],
    ["10ns", 1e-8],
    ["11us", 11e-6],
    ["12µs", 12e-6],
    ["12μs", 12e-6],
    ["13ms", 0.013],
    ["14s", 14],
    ["15m", 900],
    ["16h", 57_600],
    ["3h30m", 12_600],
    ["10.5s4m", 250.5],
    ["-2m3.4s", -123.4],
    ["1h2m3s4ms5us6ns", 3723.004005006],
    ["39h9m14.425s", 140_954.425],
    ["1m1h", 3660],
    ["1h1h", 7200],
    ["0.3333333333333333333h", 1200],
    ["0.100000000000000000000h", 360],
    ["0.9223372036854775807h", 3320.413933267],
    ["1ns1ns", 2e-9],
    ["0.5ns", 0],
    ["00005m", 300],
    ["-9223372036854775808ns", -(2 ** 63) / 1e9],
  ])("reads %s as %d seconds", (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each([
    "",
    "3",
    "5",
    "-",
    "+",
    "s",
    ".",
    "-.",
    ".s",
    "+.s",
    "1h ",
    " 1h",
    "1 h",
    "1d",
    "1H",
    "1.5",
    "1.2.3s",
    "--1s",
    "1s-1s",
    "1e3s",
    "00",
    "P1D",
    "1h30",
    "３s",
    "9223372036854775808ns",
    "9223372036854775.808us",
    "3000000h",
    `${"9".repeat(1000)}h`,
  ])("refuses %j", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it("takes any number of leading zeros", () => {
    expect(parseDuration(`${"0".repeat(1000)}1s`)).toBe(1);
  });

  it("adds up its parts", () => {
    const part = integer({ min: 0, max: 10_000 });
    law(
      property(part, part, part, (hours, minutes, seconds) => {
        expect(parseDuration(`${hours}h${minutes}m${seconds}s`)).toBe(hours * 3600 + minutes * 60 + seconds);
        expect(parseDuration(`-${seconds}s${minutes}m`)).toBe(0 - (minutes * 60 + seconds));
      }),
    );
  });

  it("never throws", () => {
    law(
      property(
        string({ unit: constantFrom(...Array.from("0123456789.+-hmsnuµ ")) }),
        (text) => void parseDuration(text),
      ),
    );
  });
});
