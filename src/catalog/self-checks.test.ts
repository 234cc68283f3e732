import { describe, expect, it } from "vitest";
import { reservations } from "./reservations.ts";
import { savingsPlanPrice, savingsPlanSingles } from "./savings-plans.ts";
import { type CheckedPrice, checkChanges, checkPrices, checkReservations, checkSizes } from "./self-checks.ts";
import { pricedRegions, pricedSizes, vmPrice } from "./vm-prices.ts";
import { vmSize, vmSizes } from "./vm-sizes.ts";

const ours: readonly CheckedPrice[] = pricedRegions.flatMap((region) =>
  pricedSizes().flatMap((size) => {
    const payAsYouGo = vmPrice(region, size, "payAsYouGo")?.value;
    if (payAsYouGo === undefined) return [];
    const spot = vmPrice(region, size, "spot")?.value;
    return [{ region, vmSize: size, payAsYouGo, spot, savingsPlan1y: savingsPlanPrice(region, size, 1)?.value }];
  }),
);

const ourReservations = reservations.map((row) => ({
  region: row.region,
  vmSize: row.vmSize,
  payAsYouGo: row.payAsYouGoPerHour,
  total1y: row.totals[1],
  total3y: row.totals[3],
}));

function withPlanted(vmSizeName: string, change: (price: CheckedPrice) => CheckedPrice): readonly CheckedPrice[] {
  return ours.map((price) => (price.region === "westeurope" && price.vmSize === vmSizeName ? change(price) : price));
}

describe("our tables", () => {
  it("pass every price check", () => {
    expect(ours.length).toBeGreaterThan(9_000);
    expect(checkPrices(ours, vmSize)).toEqual([]);
  });

  it("pass every reservation check", () => {
    expect(ourReservations).toHaveLength(148);
    expect(checkReservations(ourReservations)).toEqual([]);
  });

  it("pass every size check", () => {
    expect(checkSizes(vmSizes())).toEqual([]);
  });

  it("doubt savings-plan rates that were read beside another pay-as-you-go price", () => {
    const doubted = savingsPlanSingles()
      .filter(([region, name]) => savingsPlanPrice(region, `Standard_${name}`, 1)?.verified === false)
      .map(([region, name]) => `${region} ${name}`);
    expect(doubted).toContain("eastus2 D8s_v7");
    expect(doubted.length).toBeLessThan(10);
  });
});

describe("a planted violation is named", () => {
  it("Windows price under a Linux name", () => {
    const leaked = withPlanted("Standard_D4as_v5", (price) => ({
      ...price,
      payAsYouGo: price.payAsYouGo + 4 * 0.046,
      savingsPlan1y: undefined,
    }));
    expect(checkPrices(leaked, vmSize)).toMatchObject([
      { check: "windows-price", severity: "error", region: "westeurope", vmSize: "Standard_D4as_v5" },
    ]);
  });

  it("Windows price of a burstable size", () => {
    const leaked = withPlanted("Standard_B4s_v2", (price) => ({
      ...price,
      payAsYouGo: price.payAsYouGo + 4 * 0.0046,
      savingsPlan1y: undefined,
    }));
    expect(checkPrices(leaked, vmSize).map((result) => result.check)).toEqual(["windows-price"]);
  });

  it("spot above pay as you go", () => {
    const planted = withPlanted("Standard_D4s_v5", (price) => ({ ...price, spot: 0.24 }));
    expect(checkPrices(planted, vmSize)).toMatchObject([
      { check: "spot-above-pay-as-you-go", vmSize: "Standard_D4s_v5" },
    ]);
  });

  it.each([0, -1, Number.NaN])("price %d", (payAsYouGo) => {
    const planted = withPlanted("Standard_D4s_v5", (price) => ({ ...price, payAsYouGo }));
    expect(checkPrices(planted, vmSize).map((result) => result.check)).toEqual(["zero-price"]);
  });

  it("a price per vCPU out of its family", () => {
    const planted = withPlanted("Standard_D8s_v5", (price) => ({
      ...price,
      payAsYouGo: 0.55,
      savingsPlan1y: undefined,
    }));
    expect(checkPrices(planted, vmSize)).toMatchObject([
      { check: "price-per-vcpu", severity: "review", vmSize: "Standard_D8s_v5" },
    ]);
  });

  it("a savings-plan ratio out of its family", () => {
    const planted = withPlanted("Standard_D8s_v5", (price) => ({ ...price, savingsPlan1y: price.payAsYouGo * 0.6 }));
    expect(checkPrices(planted, vmSize)).toMatchObject([{ check: "savings-plan-ratio", vmSize: "Standard_D8s_v5" }]);
  });

  it("a term total read as a price per hour, and terms the wrong way round", () => {
    const row = { region: "eastus2", vmSize: "Standard_D4s_v5", payAsYouGo: 0.192 };
    expect(checkReservations([{ ...row, total1y: 1038 * 8760 }])).toMatchObject([
      { check: "reservation-above-pay-as-you-go" },
    ]);
    expect(checkReservations([{ ...row, total1y: 600, total3y: 1993 }])).toMatchObject([
      { check: "three-years-above-one" },
    ]);
    expect(checkReservations([{ ...row, total3y: 0 }])).toMatchObject([{ check: "reservation-above-pay-as-you-go" }]);
  });

  it("a change of more than a quarter against the layer before", () => {
    const before = (_region: string, size: string) => (size === "Standard_D4s_v5" ? 0.18 : undefined);
    expect(checkChanges(ours, before).map((result) => result.region)).toContain("westeurope");
    expect(checkChanges(ours, (region, size) => vmPrice(region, size, "payAsYouGo")?.value)).toEqual([]);
  });

  it("memory cut to nothing, and a wrong core count", () => {
    const size = vmSizes().find((each) => each.name === "Standard_D4s_v5");
    if (size === undefined) throw new Error("Standard_D4s_v5 is gone");
    expect(checkSizes([{ ...size, memoryGiB: 0 }])).toMatchObject([{ check: "size-without-memory" }]);
    expect(checkSizes([{ ...size, vcpu: 8 }])).toMatchObject([{ check: "vcpu-against-name" }]);
  });
});
