import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { billHour, type NodeUsage, type ReservedUnits, type SavingsPlan } from "./bill-hour.ts";

function usage(pool: string, nodes: number, given: Partial<NodeUsage> = {}): NodeUsage {
  return {
    cluster: "main",
    pool,
    region: "westeurope",
    vmSize: "Standard_D4s_v5",
    nodes,
    payAsYouGo: 0.23,
    group: "Dsv5 Series",
    ratio: 2,
    ...given,
  };
}

function reservation(units: number, given: Partial<ReservedUnits> = {}): ReservedUnits {
  return { label: "r", region: "westeurope", group: "Dsv5 Series", units, pricePerUnit: 0.05, ...given };
}

function plan(hourlyCommitment: number, ratio = 0.76, given: Partial<SavingsPlan> = {}): SavingsPlan {
  return { label: "p", termYears: 1, hourlyCommitment, rateOf: (each) => (each.payAsYouGo ?? 0) * ratio, ...given };
}

describe("reservations", () => {
  test("cover other sizes of their group by ratio, and only their region", () => {
    const usages = [
      usage("a", 2),
      usage("b", 1, { vmSize: "Standard_D8s_v5", ratio: 4, payAsYouGo: 0.46 }),
      usage("c", 3, { region: "northeurope" }),
    ];
    const bill = billHour(usages, [reservation(6)], []);
    expect(bill.reserved.map(({ usage: { pool }, nodes, pricePerNode }) => [pool, nodes, pricePerNode])).toEqual([
      ["a", 2, 0.1],
      ["b", 0.5, 0.2],
    ]);
    expect(bill.payAsYouGo.map(({ usage: { pool }, nodes }) => [pool, nodes])).toEqual([
      ["b", 0.5],
      ["c", 3],
    ]);
    expect(bill.unusedUnits).toEqual([0]);
  });

  test("what nothing uses is left over", () => {
    expect(billHour([usage("a", 1)], [reservation(10)], []).unusedUnits).toEqual([8]);
  });
});

describe("savings plans", () => {
  test("come after reservations, three years before one, the largest discount first", () => {
    const usages = [usage("a", 2), usage("b", 2, { group: "Esv5 Series", payAsYouGo: 0.3 })];
    const bill = billHour(
      usages,
      [reservation(2)],
      [plan(0.2, 0.76), plan(0.3, 0.5, { termYears: 3, rateOf: ({ pool }) => (pool === "b" ? 0.15 : 0.2) })],
    );
    // One node of a is reserved; the three-year plan pays both of b (0.15 each, 50 %), the one-year plan the rest of a.
    expect(bill.planned.map(({ usage: { pool }, commitment, nodes }) => [pool, commitment, nodes])).toEqual([
      ["b", 1, 2],
      ["a", 0, 1],
    ]);
    expect(bill.unusedCommitment[0]).toBeCloseTo(0.2 - 0.23 * 0.76, 12);
    expect(bill.unusedCommitment[1]).toBe(0);
    expect(bill.payAsYouGo).toEqual([]);
  });

  test("use the negotiated price where it is lower than the plan's rate", () => {
    const bill = billHour([usage("a", 1, { payAsYouGo: 0.1 })], [], [plan(1, 0.76, { rateOf: () => 0.17 })]);
    expect(bill.planned[0]?.pricePerNode).toBe(0.1);
    expect(bill.unusedCommitment[0]).toBeCloseTo(0.9, 12);
  });
});

test("nodes and money are neither lost nor made, whatever the commitments", () => {
  const anyUsage = fc.record({
    nodes: fc.integer({ min: 0, max: 50 }),
    region: fc.constantFrom("westeurope", "northeurope"),
    group: fc.constantFrom("g1", "g2"),
    ratio: fc.constantFrom(1, 2, 4, 8),
    payAsYouGo: fc.double({ min: 0.01, max: 5, noNaN: true }),
  });
  const anyReservation = fc.record({
    units: fc.integer({ min: 0, max: 200 }),
    group: fc.constantFrom("g1", "g2"),
    pricePerUnit: fc.option(fc.double({ min: 0.001, max: 1, noNaN: true }), { nil: undefined }),
  });
  const anyPlan = fc.record({
    hourlyCommitment: fc.double({ min: 0, max: 20, noNaN: true }),
    ratio: fc.double({ min: 0.3, max: 1.2, noNaN: true }),
    termYears: fc.constantFrom(1 as const, 3 as const),
  });
  fc.assert(
    fc.property(
      fc.array(anyUsage, { maxLength: 8 }),
      fc.array(anyReservation, { maxLength: 4 }),
      fc.array(anyPlan, { maxLength: 3 }),
      (u, r, p) => {
        const usages = u.map((each, index) => usage(`p${index}`, each.nodes, each));
        const reservations = r.map((each) => reservation(each.units, each));
        const plans = p.map(({ hourlyCommitment, ratio, termYears }) => plan(hourlyCommitment, ratio, { termYears }));
        const bill = billHour(usages, reservations, plans);
        for (const each of usages) {
          const covered = [...bill.reserved, ...bill.planned, ...bill.payAsYouGo].filter(
            ({ usage: one }) => one === each,
          );
          expect(covered.reduce((sum, { nodes }) => sum + nodes, 0)).toBeCloseTo(each.nodes, 6);
        }
        for (const [index, { hourlyCommitment }] of plans.entries()) {
          const used = bill.planned
            .filter(({ commitment }) => commitment === index)
            .reduce((sum, { nodes, pricePerNode }) => sum + nodes * pricePerNode, 0);
          expect(used + (bill.unusedCommitment[index] ?? 0)).toBeCloseTo(hourlyCommitment, 6);
        }
        for (const [index, { units }] of reservations.entries()) {
          const used = bill.reserved
            .filter(({ commitment }) => commitment === index)
            .reduce((sum, { nodes, usage: { ratio } }) => sum + nodes * ratio, 0);
          expect(used + (bill.unusedUnits[index] ?? 0)).toBeCloseTo(units, 6);
        }
      },
    ),
  );
});
