import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearestName } from "./nearest-name.ts";

describe("nearestName", () => {
  test.each([
    ["regoin", ["region", "ring"], "region"],
    ["valuess", ["chart", "release", "values"], "values"],
    ["standard", ["Free", "Standard"], "Standard"],
    ["prdo", ["dev", "prod"], "prod"],
    ["xyz", ["abc"], undefined],
    ["same", ["same"], undefined],
    ["", ["a"], undefined],
  ])("%s among %j is %s", (name, candidates, expected) => {
    expect(nearestName(name, candidates)).toBe(expected);
  });

  test("does not depend on the order of the candidates", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(word, fc.uniqueArray(word, { maxLength: 6 }), (name, candidates) => {
        expect(nearestName(name, candidates.toReversed())).toBe(nearestName(name, candidates));
      }),
    );
  });

  test("finds the name behind a single slip", () => {
    const word = fc.string({
      unit: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"),
      minLength: 5,
      maxLength: 12,
    });
    fc.assert(
      fc.property(word, fc.nat(11), (name, at) => {
        const slip = `${name.slice(0, at % name.length)}z${name.slice((at % name.length) + 1)}`;
        expect(nearestName(slip, [name])).toBe(name);
      }),
    );
  });
});
