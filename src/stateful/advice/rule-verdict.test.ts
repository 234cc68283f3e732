import fc from "fast-check";
import { expect, test } from "vitest";
import { durationText, shownCeiling } from "./rule-verdict.ts";

test("a demand relaxed to what is shown is never short of what it needs, and shown in full", () => {
  const value = fc.double({ min: 0.001, max: 200_000, noNaN: true });
  fc.assert(
    fc.property(value, (needed) => {
      const ceiling = shownCeiling(needed);
      expect(ceiling).toBeGreaterThanOrEqual(needed);
      const text = durationText(ceiling);
      const [number = "", unit = ""] = text.split(" ");
      const length = { ms: 0.001, s: 1, min: 60, h: 3600, days: 86_400 }[unit] ?? Number.NaN;
      expect(Number(number) * length).toBeCloseTo(ceiling, 6);
      expect(ceiling).toBeLessThan(needed * 1.0101);
    }),
  );
});

test("what is round stays as it is", () => {
  expect([shownCeiling(918), shownCeiling(600), shownCeiling(22, "ms"), shownCeiling(0)]).toEqual([918, 600, 22, 0]);
  expect(durationText(shownCeiling(8490.001))).toBe("2.36 h");
});
