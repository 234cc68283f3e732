import { bigInt, constantFrom, integer, assert as law, property, string, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { bytes, compareQuantities, cpuMillicores, formatQuantity, parseQuantity, type Quantity } from "./quantity.ts";

/** Recorded from kubectl 1.32, which parses with resource.ParseQuantity: text as written, canonical text. */
const CANONICAL: readonly (readonly [written: string, canonical: string])[] = [
  ["0", "0"],
  ["-", "0"],
  [".", "0"],
  ["-.", "0"],
  ["Mi", "0"],
  ["e3", "0"],
  ["E", "0"],
  ["0.0", "0"],
  ["0Ki", "0"],
  ["1.5", "1500m"],
  ["1.5Gi", "1536Mi"],
  ["0.5Ki", "512"],
  [".5", "500m"],
  [".5Gi", "512Mi"],
  ["0.1m", "100u"],
  ["0.1n", "1n"],
  ["1000m", "1"],
  ["1500m", "1500m"],
  ["1000000000n", "1"],
  ["8Ei", "9223372036854775807"],
  ["10Ei", "9223372036854775807"],
  ["7.9Ei", "9108079886394091110400m"],
  ["1e-1000", "1e-9"],
  ["1e-10", "1e-9"],
  ["1024", "1024"],
  ["1024Ki", "1Mi"],
  ["1025Ki", "1025Ki"],
  ["1000k", "1M"],
  ["0.0001", "100u"],
  ["1.23456789012", "1234567891n"],
  ["123456789.123456789Ki", "126419752062419751936n"],
  ["0.001Ki", "1024m"],
  ["1E+2", "100"],
  ["12e1", "120"],
  ["1E1", "10"],
  ["-1.5", "-1500m"],
  ["-0.5m", "-500u"],
  ["-0.1n", "-1n"],
];

const INVALID = [
  "",
  "1e",
  "1e+",
  "1K",
  "1KI",
  "1ki",
  "1mi",
  "1i",
  "1B",
  "1GB",
  "1 Gi",
  " 1",
  "1 ",
  "1_000",
  "1,5",
  "0x10",
  "1e3Ki",
  "1Eie3",
  "1ee3",
  "1e3e",
  "--1",
  "1-",
  "1Ee",
  "1nm",
  "1m1",
  "1e3.0",
  "1e1.5",
  "1.1.M",
  "1+1.0M",
  "0.1mi",
  "0.1am",
  "aoeu",
  ".5i",
  "-3.01i",
  "-3.01e-",
  "NaN",
  "inf",
  "１",
  "1\n",
];

function parsed(text: string | number): Quantity {
  const quantity = parseQuantity(text);
  if (quantity === undefined) throw new Error(`${text} is no quantity`);
  return quantity;
}

describe("parseQuantity", () => {
  it.each(CANONICAL)("reads %j, which the API server writes as %s", (written, canonical) => {
    expect(formatQuantity(parsed(written))).toBe(canonical);
  });

  it.each(INVALID)("refuses %j", (written) => {
    expect(parseQuantity(written)).toBeUndefined();
  });

  it("keeps what is written canonically as it is", () => {
    for (const text of ["1", "-1", "1E", "1e3", "100m", "1n", "1u", "1k", "1Ki", "1Mi", "1P", "1Pi", "2048", "1e-3"]) {
      expect(formatQuantity(parsed(text))).toBe(text);
    }
  });

  it("caps what the API documents as too large, without working through the digits", () => {
    const cap = 2n ** 63n - 1n;
    for (const text of ["9223372036854775808", "1e19", "1e1000", "1e99999999999", "9".repeat(100_000), "16Ei"]) {
      expect(parsed(text).nanos).toBe(cap * 1_000_000_000n);
      expect(parsed(`-${text}`).nanos).toBe(-cap * 1_000_000_000n);
    }
  });

  it("rounds up what is smaller than a billionth, however small", () => {
    for (const text of ["1e-99999999", `0.${"0".repeat(500)}1`, `0.${"0".repeat(500)}1Ki`, "0.0000000001"]) {
      expect(parsed(text).nanos).toBe(1n);
    }
    expect(parsed(`1.${"0".repeat(500)}1`).nanos).toBe(1_000_000_001n);
    expect(parsed(`0.${"0".repeat(5000)}`).nanos).toBe(0n);
    expect(parsed("0e-5000").nanos).toBe(0n);
  });

  it("reads numbers by their decimal form", () => {
    expect(parsed(0.1)).toStrictEqual(parsed("0.1"));
    expect(parsed(1e21)).toStrictEqual(parsed("1e+21"));
    expect(parsed(5e-7)).toStrictEqual(parsed("5e-7"));
    expect(parseQuantity(Number.NaN)).toBeUndefined();
    expect(parseQuantity(Number.POSITIVE_INFINITY)).toBeUndefined();
  });
});

describe("amounts", () => {
  it.each([
    ["100m", 100],
    ["0.1", 100],
    ["1", 1000],
    ["1.5", 1500],
    ["1u", 1],
    ["1001u", 2],
    ["100n", 1],
    ["-1001u", -2],
    ["2k", 2_000_000],
  ])("%s is %d millicores", (text, millicores) => {
    expect(cpuMillicores(parsed(text))).toBe(millicores);
  });

  it.each([
    ["128Mi", 134_217_728],
    ["128M", 128_000_000],
    ["1.5Gi", 1_610_612_736],
    ["100m", 1],
    ["1500m", 2],
    ["1e3", 1000],
    ["0.5Ki", 512],
    ["-1500m", -2],
  ])("%s is %d bytes", (text, count) => {
    expect(bytes(parsed(text))).toBe(count);
  });

  it("compares across forms", () => {
    expect(compareQuantities(parsed("1Ki"), parsed("1024"))).toBe(0);
    expect(compareQuantities(parsed("1k"), parsed("1Ki"))).toBeLessThan(0);
    expect(compareQuantities(parsed("1000m"), parsed("999m"))).toBeGreaterThan(0);
    expect(compareQuantities(parsed("1e3"), parsed("1k"))).toBe(0);
  });
});

const suffix = constantFrom("n", "u", "m", "", "k", "M", "G", "Ki", "Mi", "Gi", "e3", "E-2", "e0");
const written = tuple(constantFrom("", "-", "+"), bigInt(0n, 10n ** 12n), integer({ min: 0, max: 99_999 }), suffix).map(
  ([sign, whole, fraction, unit]) => `${sign}${whole}.${fraction}${unit}`,
);

describe("laws", () => {
  it("the canonical text means the same and is canonical itself", () => {
    law(
      property(written, (text) => {
        const canonical = formatQuantity(parsed(text));
        expect(parsed(canonical).nanos).toBe(parsed(text).nanos);
        expect(formatQuantity(parsed(canonical))).toBe(canonical);
      }),
    );
  });

  it("order is that of the exact values", () => {
    law(
      property(bigInt(-(10n ** 18n), 10n ** 18n), bigInt(-(10n ** 18n), 10n ** 18n), (left, right) => {
        const expected = left < right ? -1 : left > right ? 1 : 0;
        expect(compareQuantities(parsed(`${left}n`), parsed(`${right}n`))).toBe(expected);
        expect(Math.sign(compareQuantities(parsed(`${left}n`), parsed(`${right}n`)))).toBe(expected);
      }),
    );
  });

  it("rounding up never loses and adds less than one unit", () => {
    law(
      property(bigInt(0n, 10n ** 18n), (nanos) => {
        const quantity = parsed(`${nanos}n`);
        const millicores = BigInt(cpuMillicores(quantity)) * 1_000_000n;
        expect(millicores >= nanos && millicores - nanos < 1_000_000n).toBe(true);
        const units = BigInt(bytes(quantity)) * 1_000_000_000n;
        expect(units >= nanos && units - nanos < 1_000_000_000n).toBe(true);
      }),
    );
  });

  it("never throws", () => {
    law(
      property(
        string({ unit: constantFrom(...Array.from("0123456789.+-eEiKMGTPnumk ")) }),
        (text) => void parseQuantity(text),
      ),
    );
  });
});
