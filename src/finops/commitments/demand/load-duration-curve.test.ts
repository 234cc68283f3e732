import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instancesByQuantile, loadDurationCurves, usedShare } from "./load-duration-curve.ts";
import { demandOver, hoursOf, scaleDemand } from "./node-demand.ts";

const pool = {
  cluster: "main",
  pool: "user",
  region: "westeurope",
  vmSize: "Standard_D4s_v5",
  payAsYouGo: 0.2,
  group: "Dsv5 Series",
  ratio: 2,
};
const larger = { ...pool, pool: "large", vmSize: "Standard_D8s_v5", ratio: 4, payAsYouGo: 0.4 };
const steady = { months: 12, growthPerMonth: 0 };

test("the curve of a group adds up its sizes by ratio, from the level always there up", () => {
  const pattern = [
    { hours: 12, nodes: [1, 1] },
    { hours: 6, nodes: [3, 1] },
    { hours: 6, nodes: [3, 2] },
  ];
  const [curve] = loadDurationCurves(demandOver([pool, larger], pattern, steady));
  expect(curve?.steps).toEqual([
    { units: 6, share: 1 },
    { units: 10, share: 0.5 },
    { units: 14, share: 0.25 },
  ]);
  expect([curve?.meanUnits, curve?.peakUnits]).toEqual([9, 14]);
  expect(curve?.vmSizes).toEqual(["Standard_D4s_v5", "Standard_D8s_v5"]);
});

describe("laws", () => {
  const anyPattern = fc.array(
    fc.record({
      hours: fc.integer({ min: 1, max: 100 }),
      nodes: fc.tuple(fc.integer({ min: 0, max: 9 })).map((n) => [...n]),
    }),
    { minLength: 1, maxLength: 8 },
  );

  test("shares fall from step to step; the area under the curve is the mean", () => {
    fc.assert(
      fc.property(anyPattern, (pattern) => {
        const [curve] = loadDurationCurves(demandOver([pool], pattern, steady));
        if (curve === undefined) throw new Error("no curve");
        const shares = curve.steps.map(({ share }) => share);
        expect(shares).toEqual(shares.toSorted((left, right) => right - left));
        expect(usedShare(curve, 0, curve.peakUnits) * curve.peakUnits).toBeCloseTo(curve.meanUnits, 6);
      }),
    );
  });

  test("a dearer commitment is never bought in a larger number", () => {
    fc.assert(
      fc.property(
        anyPattern,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (pattern, one, other) => {
          const [curve] = loadDurationCurves(demandOver([pool], pattern, steady));
          if (curve === undefined) throw new Error("no curve");
          const [cheap, dear] = [Math.min(one, other), Math.max(one, other)];
          expect(instancesByQuantile(curve, 2, dear)).toBeLessThanOrEqual(instancesByQuantile(curve, 2, cheap));
        },
      ),
    );
  });

  test("hours are those of the months, with growth and without", () => {
    fc.assert(
      fc.property(
        anyPattern,
        fc.integer({ min: 1, max: 36 }),
        fc.constantFrom(0, 0.02, -0.03),
        (pattern, months, growthPerMonth) => {
          const demand = demandOver([pool], pattern, { months, growthPerMonth });
          const total = demand.years.reduce(
            (sum, { states, times }) => sum + times * states.reduce((hours, state) => hours + state.hours, 0),
            0,
          );
          expect(total).toBeCloseTo(hoursOf(demand), 6);
          expect(demand.years.reduce((sum, year) => sum + year.months * year.times, 0)).toBe(months);
          expect(scaleDemand(demand, 1)).toEqual(demand);
        },
      ),
    );
  });
});
