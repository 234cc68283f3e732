import fc from "fast-check";
import { expect, test } from "vitest";
import { durationText, shownCeiling, shownFloor } from "./rule-verdict.ts";

function secondsOf(text: string): number {
  const [number = "", unit = ""] = text.split(" ");
  return Number(number) * ({ ms: 0.001, s: 1, min: 60, h: 3600, days: 86_400 }[unit] ?? Number.NaN);
}

test("a demand relaxed to what is shown is never short of what it needs, and shown in full", () => {
  const value = fc.double({ min: 0.001, max: 200_000, noNaN: true });
  fc.assert(
    fc.property(value, (needed) => {
      const ceiling = shownCeiling(needed);
      expect(ceiling).toBeGreaterThanOrEqual(needed);
      expect(secondsOf(durationText(ceiling))).toBeCloseTo(ceiling, 6);
      expect(ceiling).toBeLessThan(needed * 1.0101);
    }),
  );
});

test("what is round stays as it is", () => {
  expect([shownCeiling(918), shownCeiling(600), shownCeiling(22, "ms"), shownCeiling(0)]).toEqual([918, 600, 22, 0]);
  expect(durationText(shownCeiling(8490.001))).toBe("2.36 h");
});

test("a demand tightened below what is offered is shown as less than that", () => {
  fc.assert(
    fc.property(fc.double({ min: 1.5, max: 200_000, noNaN: true }), (offered) => {
      const floor = shownFloor(offered - 1);
      expect(floor).toBeLessThan(offered);
      expect(secondsOf(durationText(floor))).toBeCloseTo(floor, 6);
      expect(floor).toBeGreaterThan((offered - 1) * 0.989);
    }),
  );
  expect(durationText(shownFloor(899))).toBe("14.9 min");
  expect([shownFloor(0), shownFloor(599)]).toEqual([0, 598.8]);
});
