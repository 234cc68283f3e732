import { describe, expect, test } from "vitest";
import { exactFigure } from "../../estate/figures/figure.ts";
import type { CommitmentPurchase } from "./cost-commit-report.ts";
import { exchangeAdvice } from "./exchange-advice.ts";

const owned = {
  id: "commitment/reservation-1",
  kind: "reservation",
  termYears: 1,
  label: "reservation of 2 Standard_E8s_v5 in westeurope, 1 year",
  until: "2027-05-22",
  monthly: 480,
  unused: 480,
  utilisation: 0,
} as const;

const purchase = (label: string, termTotal: number): CommitmentPurchase =>
  ({
    kind: "reservation",
    label,
    termTotal,
    monthly: exactFigure("purchase", label, "USD/month", termTotal / 36, []),
  }) as CommitmentPurchase;

const small = purchase("1 × small", 2_000);
const large = purchase("2 × large", 3_600);
const basis = { today: "2026-11-22", currency: "USD", purchases: [small, large] };

describe("a commitment that lies unused", () => {
  test("is exchanged for what is advised and commits to no less than what is left of it", () => {
    const advice = exchangeAdvice(owned, basis) ?? "";
    // 181 days of 12 × 480 / 365 a day.
    expect(advice).toContain("the advised 2 × large");
    expect(advice).toContain("at least USD 2,856.33");
  });

  test("names the amount where nothing that is advised commits to as much", () => {
    expect(exchangeAdvice(owned, { ...basis, purchases: [small] })).toBe(
      "exchange what is unused for a reservation that commits to at least USD 2,856.33 over its term",
    );
  });

  test("cannot be exchanged when it was bought under the rules of 2027", () => {
    const later = { ...owned, until: "2028-02-01" };
    expect(exchangeAdvice(later, { ...basis, today: "2027-03-01" })).toContain("cannot be exchanged");
    const { until: _, ...open } = owned;
    expect(exchangeAdvice({ ...open, until: undefined }, { ...basis, today: "2027-03-01" })).toContain(
      "if it was bought before",
    );
    expect(exchangeAdvice({ ...open, until: undefined }, basis)).toContain("it was bought before 2027-02-01");
  });

  test("is final as a savings plan, and is left alone where it is used", () => {
    expect(exchangeAdvice({ ...owned, kind: "savingsPlan" }, basis)).toContain("final");
    expect(exchangeAdvice({ ...owned, unused: 0 }, basis)).toBeUndefined();
    expect(exchangeAdvice({ ...owned, unused: 4 }, basis)).toBeUndefined();
  });
});
