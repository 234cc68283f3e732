import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Cidr, containsRange, overlaps, parseCidr } from "./cidr.ts";

function range(text: string): Cidr {
  const parsed = parseCidr(text);
  if (parsed === undefined) throw new Error(`${text} is no range`);
  return parsed;
}

describe("address ranges", () => {
  test.each([
    ["10.0.0.0/16", "10.0.4.0/22", true],
    ["10.0.0.0/16", "10.1.0.0/24", false],
    ["10.0.4.0/22", "10.0.0.0/16", false],
    ["10.0.0.0/16", "10.0.0.0/16", true],
    ["fd00::/16", "fd00:20::/48", true],
    ["0.0.0.0/0", "::/0", false],
  ])("%s contains %s: %s", (outer, inner, expected) => {
    expect(containsRange(range(outer), range(inner))).toBe(expected);
  });

  test("two ranges overlap exactly when they share an address", () => {
    const small = fc
      .record({ first: fc.nat(255), prefixLength: fc.integer({ min: 24, max: 32 }) })
      .map(({ first, prefixLength }): Cidr => {
        const size = 2 ** (32 - prefixLength);
        return { version: 4, first: BigInt(first - (first % size)), prefixLength };
      });
    const addresses = ({ first, prefixLength }: Cidr): Set<number> =>
      new Set(Array.from({ length: 2 ** (32 - prefixLength) }, (_, offset) => Number(first) + offset));
    fc.assert(
      fc.property(small, small, (one, other) => {
        const shared = [...addresses(one)].some((address) => addresses(other).has(address));
        expect(overlaps(one, other)).toBe(shared);
      }),
    );
  });

  test("the text of an IPv6 range may be shortened anywhere", () => {
    expect(range("2001:db8:0:0:0:0:0:0/32")).toEqual(range("2001:db8::/32"));
  });
});
