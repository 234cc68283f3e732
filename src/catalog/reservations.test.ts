import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { platformReservations, reservationPrice, reservationRatioElsewhere, reservations } from "./reservations.ts";
import { savingsPlanPrice } from "./savings-plans.ts";
import { sizeFlexibility, sizesInFlexibilityGroup } from "./size-flexibility.ts";
import { vmPrice } from "./vm-prices.ts";

function breakEvenHoursPerDay(region: string, size: string, termYears: 1 | 3): number {
  const reserved = reservationPrice(region, size, termYears)?.value ?? Number.NaN;
  return (24 * reserved) / (vmPrice(region, size, "payAsYouGo")?.value ?? Number.NaN);
}

describe("reservationPrice", () => {
  it("divides the total of the term by its hours", () => {
    expect(reservationPrice("eastus2", "Standard_D4s_v5", 1)?.value).toBeCloseTo(0.1185, 4);
    expect(reservationPrice("eastus2", "Standard_D4s_v5", 1)?.value).toBe(1038 / 8760);
    expect(reservationPrice("eastus2", "Standard_D4s_v5", 3)?.value).toBe(1993 / 26_280);
  });

  it.each([
    ["Standard_D2s_v5", 14.8, 9.5],
    ["Standard_D4s_v5", 14.8, 9.5],
    ["Standard_D8s_v5", 14.8, 9.5],
    ["Standard_E4s_v5", 14.2, 9.1],
  ])("gives the break-even hours a day of %s in eastus2", (size, oneYear, threeYears) => {
    expect(breakEvenHoursPerDay("eastus2", size, 1)).toBeCloseTo(oneYear, 1);
    expect(breakEvenHoursPerDay("eastus2", size, 3)).toBeCloseTo(threeYears, 1);
  });

  it("keeps a disagreeing source in the note", () => {
    expect(reservationPrice("eastus2", "Standard_D8s_v5", 1)?.note).toContain("1985");
  });

  it("never derives a price that is no discount, where sources disagree on the ratios of a group", () => {
    for (const size of ["Standard_B1ms", "Standard_B4ms", "Standard_B16ms"]) {
      for (const term of [1, 3] as const) {
        const hours = breakEvenHoursPerDay("eastus2", size, term);
        expect(Number.isNaN(hours) || hours < 24, `${size} ${term}`).toBe(true);
      }
    }
  });

  it("derives other sizes of the flexibility group in the same region, as unverified", () => {
    const derived = reservationPrice("eastus2", "Standard_D16s_v5", 1);
    expect(derived).toMatchObject({ verified: false });
    expect(derived?.value).toBeCloseTo((8 * 519) / 8760, 10);
    expect(derived?.note).toContain("Standard_D2s_v5");
  });

  it("falls back to the ratio of 2020 of the same series and region, as unverified", () => {
    const price = reservationPrice("westeurope", "Standard_D4s_v3", 3);
    expect(price).toMatchObject({ verified: false, source: "vmchooser-2020", asOf: "2020-04-30" });
    expect(price?.value).toBeCloseTo(0.4387 * (vmPrice("westeurope", "Standard_D4s_v3", "payAsYouGo")?.value ?? 0), 10);
    expect(reservationPrice("westeurope", "Standard_B4ms", 1)?.note).toContain("Bs");
  });

  it("never carries a ratio across regions by itself", () => {
    expect(reservationPrice("westeurope", "Standard_D4s_v5", 3)).toBeUndefined();
    const elsewhere = reservationRatioElsewhere("Standard_D4s_v5", 3);
    expect(elsewhere).toMatchObject({ verified: false, unit: "ratio" });
    expect(elsewhere?.value).toBeGreaterThan(0.36);
    expect(elsewhere?.value).toBeLessThan(0.4);
    expect(elsewhere?.note).toContain("eastus2");
  });

  it("does not take the size with a local disk for its diskless twin", () => {
    expect(sizeFlexibility("Standard_D4ds_v5")?.group).not.toBe(sizeFlexibility("Standard_D4s_v5")?.group);
    expect(reservationPrice("eastus", "Standard_D4ds_v5", 1)).toMatchObject({
      verified: false,
      source: "code-comment-2026-08",
    });
  });

  it("is below pay as you go, and lower for three years than for one", () => {
    fc.assert(
      fc.property(fc.constantFrom(...reservations), (row) => {
        const one = reservationPrice(row.region, row.vmSize, 1)?.value;
        const three = reservationPrice(row.region, row.vmSize, 3)?.value;
        expect(Math.max(one ?? 0, three ?? 0)).toBeLessThan(row.payAsYouGoPerHour);
        if (one !== undefined && three !== undefined) expect(three).toBeLessThan(one);
      }),
    );
  });

  it("has the reservations of platform services", () => {
    expect(platformReservations).toHaveLength(10);
  });
});

describe("savingsPlanPrice", () => {
  it.each([
    ["westeurope", "Standard_D4s_v5", 0.76],
    ["northeurope", "Standard_D4s_v5", 0.754],
    ["westeurope", "Standard_D4s_v6", 0.69],
    ["westeurope", "Standard_F4s_v2", 0.741],
    ["westeurope", "Standard_E4s_v5", 0.676],
  ])("%s %s is %d of pay as you go for one year", (region, size, ratio) => {
    const plan = savingsPlanPrice(region, size, 1)?.value ?? Number.NaN;
    expect(plan / (vmPrice(region, size, "payAsYouGo")?.value ?? Number.NaN)).toBeCloseTo(ratio, 2);
  });

  it("knows three-year rates only where a source states them", () => {
    expect(savingsPlanPrice("eastus2", "Standard_D4s_v5", 3)?.value).toBe(0.09024);
    expect(savingsPlanPrice("westeurope", "Standard_D4s_v5", 3)).toBeUndefined();
  });
});

describe("sizeFlexibility", () => {
  it("is not proportional to vCPUs everywhere", () => {
    const ratios = ["Standard_B2ts_v2", "Standard_B2ls_v2", "Standard_B2s_v2", "Standard_B4ls_v2"].map(
      (size) => sizeFlexibility(size)?.ratio.value,
    );
    expect(new Set(ratios).size).toBe(ratios.length);
  });

  it("keeps sizes without a group without one", () => {
    expect(sizeFlexibility("Standard_D4s_v7")).toBeUndefined();
  });

  it("names each size in one group, and lists it there", () => {
    const group = sizeFlexibility("Standard_D4s_v5")?.group ?? "";
    expect(sizesInFlexibilityGroup(group)).toContain("Standard_D64s_v5");
    expect(sizesInFlexibilityGroup("no such group")).toEqual([]);
  });
});
