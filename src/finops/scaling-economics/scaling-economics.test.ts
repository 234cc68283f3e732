import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addCurves, type CostCurve, costAt, crossings, flatCurve, runningCurve, samplesOf } from "./cost-curve.ts";
import { type NodeTerms, type ScalingTerms, type WayName, waysToRun } from "./ways-to-run.ts";

const price = fc.double({ min: 0.001, max: 5, noNaN: true });
const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });

const nodeTerms: NodeTerms = {
  hourlyPrice: 0.23,
  savingsPlanHourly: 0.175,
  reserved1yHourly: 0.142,
  reserved3yHourly: 0.091,
  roomShare: 0.26,
  replicasPerNode: 3,
};

const terms: ScalingTerms = {
  replicas: 4,
  peakRate: 100,
  burstsPerDay: 2,
  cooldownHours: 300 / 3600,
  nodeLingerHours: 790 / 3600,
  openShare: 60 / 168,
  nodes: nodeTerms,
  containerApps: { activeHourly: 0.11, idleHourly: 0.02, perRequest: 4e-7, lingerHours: 300 / 3600 },
  functions: { activeHourly: 0.19, idleHourly: undefined, perRequest: 2e-7, lingerHours: 0 },
};

function curveOf(name: WayName, given: ScalingTerms = terms): CostCurve {
  const way = waysToRun(given).find((each) => each.name === name);
  if (way === undefined) throw new Error(`no ${name}`);
  return way.curve;
}

describe("crossings", () => {
  test("of a flat line and pay per use lie at their ratio, exactly", () => {
    expect(crossings(flatCurve(73), runningCurve(100, 0))).toEqual([
      { duty: 0.73, monthlyCost: 73, cheaperBelow: "second" },
    ]);
  });

  test("are between the sides on which the cheaper one changes, and costs agree there", () => {
    fc.assert(
      fc.property(price, price, share, price, (flat, full, linger, perDuty) => {
        const [held, used] = [flatCurve(flat), runningCurve(full, linger, perDuty)];
        for (const { duty, cheaperBelow } of crossings(held, used)) {
          expect(duty).toBeGreaterThanOrEqual(0);
          expect(duty).toBeLessThanOrEqual(1);
          const difference = (at: number) => (costAt(held, at) ?? 0) - (costAt(used, at) ?? 0);
          const step = 1e-6;
          if (duty > step && duty < 1 - step) {
            expect(Math.sign(difference(duty - step)) * Math.sign(difference(duty + step))).toBeLessThanOrEqual(0);
            expect(Math.abs(difference(duty))).toBeLessThan(1e-9 * (flat + full + perDuty));
          }
          expect(cheaperBelow).toBe("second");
        }
      }),
    );
  });

  test("are missed by no sample: whoever is cheaper changes only at a crossing", () => {
    fc.assert(
      fc.property(price, price, share, price, share, (flat, full, linger, perDuty, other) => {
        const [first, second] = [
          addCurves(flatCurve(flat), runningCurve(perDuty, other)),
          runningCurve(full, linger, perDuty),
        ];
        const found = crossings(first, second).map(({ duty }) => duty);
        let before: { readonly duty: number; readonly sign: number } | undefined;
        for (let step = 1; step <= 50; step += 1) {
          const duty = step / 50;
          const sign = Math.sign((costAt(first, duty) ?? 0) - (costAt(second, duty) ?? 0));
          if (sign === 0) continue;
          const from = before?.duty ?? 0;
          const between = found.filter((each) => each > from && each <= duty).length;
          if (before !== undefined) expect(between % 2 === 1).toBe(sign !== before.sign);
          before = { duty, sign };
        }
      }),
    );
  });

  test("at a jump are the jump; lines that touch or are the same do not cross", () => {
    const jump: CostCurve = {
      knots: [
        { duty: 0, monthlyCost: 1 },
        { duty: 0.4, monthlyCost: 1 },
        { duty: 0.4, monthlyCost: 3 },
        { duty: 1, monthlyCost: 3 },
      ],
    };
    expect(crossings(jump, flatCurve(2))).toEqual([{ duty: 0.4, monthlyCost: 1, cheaperBelow: "first" }]);
    expect(crossings(flatCurve(2), flatCurve(2))).toEqual([]);
    expect(crossings(flatCurve(1), runningCurve(1, 0))).toEqual([]);
  });
});

describe("ways to run", () => {
  test("at a duty cycle of 1 what is held never loses to what is used and priced above it", () => {
    fc.assert(
      fc.property(price, price, fc.double({ min: 0, max: 12, noNaN: true }), (hourly, more, burstsPerDay) => {
        const given: ScalingTerms = {
          ...terms,
          burstsPerDay,
          nodes: { ...nodeTerms, hourlyPrice: hourly, roomShare: 1, replicasPerNode: 1 },
          containerApps: { activeHourly: hourly + more, idleHourly: undefined, perRequest: 0, lingerHours: 0.1 },
        };
        const used = costAt(curveOf("container-apps", given), 1) ?? 0;
        expect(costAt(curveOf("own-nodes", given), 1)).toBeLessThanOrEqual(used);
        expect(costAt(curveOf("shared-nodes", given), 1)).toBeLessThanOrEqual(used);
      }),
    );
  });

  test("to zero costs nothing without demand, never more than always on, and rises with the duty cycle", () => {
    const [zero, held] = [curveOf("own-nodes-to-zero"), curveOf("own-nodes")];
    expect(zero.knots[0]).toEqual({ duty: 0, monthlyCost: 0 });
    let before = 0;
    for (const { duty, monthlyCost } of samplesOf(zero, 40)) {
      expect(monthlyCost).toBeLessThanOrEqual((costAt(held, duty) ?? 0) + 1e-9);
      expect(monthlyCost).toBeGreaterThanOrEqual(before - 1e-9);
      before = monthlyCost;
    }
  });

  test("whole nodes are counted up, room is not", () => {
    expect(costAt(curveOf("own-nodes"), 0.5)).toBeCloseTo(2 * 0.23 * 730, 9);
    expect(costAt(curveOf("shared-nodes"), 0.5)).toBeCloseTo(4 * 0.26 * 0.23 * 730, 9);
  });

  test("off-hours end where the hours end: beyond them they serve nothing", () => {
    const curve = curveOf("own-nodes-off-hours");
    expect(costAt(curve, 0.3)).toBeCloseTo((60 / 168) * 2 * 0.23 * 730, 9);
    expect(costAt(curve, 0.4)).toBeUndefined();
  });

  test("an instance that is kept warm costs its idle price without demand, and nothing more at full demand", () => {
    expect(costAt(curveOf("container-apps-warm"), 0, "before")).toBeDefined();
    expect(curveOf("container-apps-warm").knots[0]?.monthlyCost).toBeCloseTo(0.02 * 730, 9);
    expect(costAt(curveOf("container-apps-warm"), 1)).toBeCloseTo(costAt(curveOf("container-apps"), 1) ?? 0, 9);
  });

  test("what has no price is no way", () => {
    const names = waysToRun({ ...terms, nodes: undefined, functions: undefined }).map(({ name }) => name);
    expect(names).toEqual(["container-apps", "container-apps-warm"]);
  });
});
