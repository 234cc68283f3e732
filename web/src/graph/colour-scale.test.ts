import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classOf, scaleClasses } from "./colour-scale.ts";

describe("colour scale", () => {
  it("has round limits", () => {
    expect(scaleClasses([3, 8, 12, 45, 60, 130, 400, 900], 5).map((one) => one.from)).toEqual([0, 10, 50, 500]);
  });

  it("has no class without values", () => {
    expect(scaleClasses([], 5)).toEqual([]);
    expect(scaleClasses([0, -1, Number.NaN], 5)).toEqual([]);
  });

  it("has one class when all values are equal", () => {
    expect(scaleClasses([40, 40, 40], 5)).toHaveLength(1);
  });

  it("holds every value in exactly one class, and never ranks a dearer one lower", () => {
    const amounts = fc.array(fc.double({ min: 0.01, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 7 }), (values, count) => {
        const classes = scaleClasses(values, count);
        expect(classes.length).toBeLessThanOrEqual(count);
        const ranks = values.toSorted((a, b) => a - b).map((value) => classOf(classes, value)?.index ?? -1);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        expect(ranks[0]).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
