import { describe, expect, test } from "vitest";
import { likelyValue } from "../../estate/figures/figure.ts";
import { amount, bareCluster, cost, ids, line, noTerms } from "../testing/given-cost.ts";

describe("commitments", () => {
  const eastus2 = { clusters: [bareCluster({ region: "eastus2" })] };
  const reservation = {
    vmSize: "Standard_D8s_v5",
    region: "eastus2",
    quantity: 1,
    termYears: 3,
    until: "2028-01-01",
  } as const;

  test("a reservation covers nodes of its group; what is left over is unused commitment", () => {
    const report = cost({ ...eastus2, commercial: { ...noTerms, reservations: [reservation] } });
    // 3,986 USD for three years of a D8s_v5, which covers two D4s_v5; the third is pay as you go at 0.192.
    expect(amount(report, "cost/main/user/node-reserved-1")).toBeCloseTo((3986 / 26_280) * 730, 6);
    expect(amount(report, "cost/main/user/node")).toBeCloseTo(0.192 * 730, 9);
    expect(report.parts.unusedCommitment).toBe(0);
    const idle = cost({ ...eastus2, commercial: { ...noTerms, reservations: [{ ...reservation, quantity: 4 }] } });
    // To the cent less the one that largest remainder may move.
    expect(Math.abs(idle.parts.unusedCommitment - (2.5 * 3986 * 730) / 26_280)).toBeLessThan(0.01);
    expect(amount(idle, "cost/main/user/node")).toBeUndefined();
  });

  test("an ended commitment neither costs nor covers", () => {
    const report = cost({ ...eastus2, commercial: { ...noTerms, reservations: [reservation] } }, "2028-01-02");
    expect(ids(report)).toEqual(["cost/main/user/node"]);
    expect(report.assumptions.map(({ id }) => id)).toContain("ASM-082");
    expect(
      ids(cost({ ...eastus2, commercial: { ...noTerms, reservations: [reservation] } }, "2028-01-01")),
    ).toHaveLength(2);
  });

  test("a savings plan pays what reservations leave, at its rate", () => {
    const savingsPlans = [{ hourlyCommitment: 0.13248, termYears: 1, until: undefined } as const];
    const report = cost({ ...eastus2, commercial: { ...noTerms, savingsPlans } });
    // 0.13248 USD an hour is the one-year rate of one D4s_v5.
    expect(line(report, "cost/main/user/node-savings-plan-1")?.quantity).toBeCloseTo(1, 9);
    expect(amount(report, "cost/main/user/node")).toBeCloseTo(2 * 0.192 * 730, 6);
    expect(report.parts.unusedCommitment).toBe(0);
  });

  test("commitments that nothing uses are paid all the same", () => {
    const savingsPlans = [{ hourlyCommitment: 2, termYears: 3, until: undefined } as const];
    const report = cost({ clusters: [], commercial: { ...noTerms, savingsPlans } });
    expect(report.parts).toMatchObject({ unusedCommitment: 1460, idle: 0, fees: 0 });
    expect(likelyValue(report.monthly)).toBe(1460);
  });
});
