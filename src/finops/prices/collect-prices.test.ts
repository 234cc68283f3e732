import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { checkCollected } from "./check-prices.ts";
import { type CollectedPrices, collectPrices } from "./collect-prices.ts";
import type { PriceTrap } from "./price-trap.ts";
import { givenDisk, givenReservation, givenRow } from "./testing/given-row.ts";

const day = "2026-11-22";

function collect(...rows: readonly unknown[]): CollectedPrices {
  const collection = collectPrices({ day });
  collection.add(rows);
  return collection.finish();
}

const pricesOf = (collected: CollectedPrices, size = "Standard_D4s_v5") =>
  collected.virtualMachines.get("westeurope")?.get(size);
const checkOf = (...rows: readonly unknown[]) => checkCollected(collect(...rows), defaultCatalog);

/** Rows of the price list that have been taken for Linux list prices, each at the price it is listed with. */
const traps: readonly (readonly [PriceTrap, string, { readonly [field: string]: unknown }])[] = [
  ["windows", "Windows", { productName: "Virtual Machines Dsv5 Series Windows", retailPrice: 0.414 }],
  ["windows", "Windows, other spelling", { productName: "Dsv5-series windows", retailPrice: 0.414 }],
  [
    "windows",
    "Windows spot",
    { productName: "Virtual Machines Dsv5 Series Windows", skuName: "D4s v5 Spot", meterName: "D4s v5 Spot" },
  ],
  ["cloudServices", "Cloud Services", { productName: "Dsv5 Series Cloud Services", retailPrice: 0.392 }],
  ["cloudServices", "CloudServices in one word", { productName: "Virtual Machines Dasv5 Series CloudServices" }],
  ["dedicatedHost", "a dedicated host", { productName: "Dsv5 Series Dedicated Host", retailPrice: 6.1 }],
  ["dedicatedHost", "a DedicatedHost", { productName: "DSv3 DedicatedHost" }],
  ["promotion", "a promotion", { productName: "Virtual Machines Dv2 Series Promo", skuName: "D2 v2 Promo" }],
  ["basic", "Basic", { productName: "Virtual Machines A Series Basic", armSkuName: "Basic_A2" }],
  ["lowPriority", "low priority by the meter", { meterName: "D4s v5 Low Priority", retailPrice: 0.046 }],
  ["lowPriority", "low priority by the SKU", { skuName: "D4s v5 Low Priority", retailPrice: 0.046 }],
  ["devTest", "Dev/Test", { type: "DevTestConsumption", retailPrice: 0.1 }],
  ["zero", "a placeholder of zero", { retailPrice: 0, unitPrice: 0 }],
  ["zero", "a negative price", { retailPrice: -1 }],
  ["otherCurrency", "euros", { currencyCode: "EUR", retailPrice: 0.2 }],
  ["volumeTier", "a price from a quantity on", { tierMinimumUnits: 1000.5, retailPrice: 0.1 }],
  ["notYetEffective", "a price of next year", { effectiveStartDate: "2027-01-01T00:00:00Z", retailPrice: 0.25 }],
  ["noLongerEffective", "a price that ended", { effectiveEndDate: "2026-06-30T23:59:59Z", retailPrice: 0.25 }],
  ["secondaryMeter", "a second meter", { isPrimaryMeterRegion: false, retailPrice: 0.24 }],
  ["withoutSize", "a meter without a size", { armSkuName: "", retailPrice: 0.3 }],
  ["withoutSize", "a meter of two sizes", { armSkuName: "D2 v3/D2s v3", retailPrice: 0.3 }],
  ["otherMeter", "a price by the month", { unitOfMeasure: "1/Month", retailPrice: 100 }],
  ["otherMeter", "a term nobody knows", { type: "Reservation", reservationTerm: "5 Years", retailPrice: 9_000 }],
  ["otherService", "a service beside", { serviceName: "Virtual Machines Licenses", retailPrice: 0.18 }],
];

describe("a trap of the price list", () => {
  test.each(traps)("(%s) %s is left out, counted, and changes no price", (trap, _what, change) => {
    for (const rows of [
      [givenRow(), givenRow(change)],
      [givenRow(change), givenRow()],
    ]) {
      const collected = collect(...rows);
      expect(pricesOf(collected)).toEqual({ payAsYouGo: 0.23 });
      expect([...collected.dropped].map(([name, { count }]) => [name, count])).toEqual([[trap, 1]]);
      expect(collected.conflicts).toEqual([]);
    }
  });

  test("never gives a price by itself, in whatever number and order", () => {
    const trapped = traps.map(([, , change]) => givenRow(change));
    fc.assert(
      fc.property(fc.shuffledSubarray(trapped), (rows) => {
        const collected = collect(...rows);
        expect(collected.virtualMachines.size).toBe(0);
        expect([...collected.dropped.values()].reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ["mounts", { meterName: "P10 LRS Disk Mount", retailPrice: 1.2 }],
    ["operations", { meterName: "E10 LRS Disk Operations", skuName: "E10 LRS", unitOfMeasure: "10K" }],
    ["bursts", { meterName: "P30 LRS Burst Enablement", skuName: "P30 LRS" }],
    [
      "a size by the GiB",
      {
        productName: "Premium SSD v2 Managed Disks",
        skuName: "Premium LRS",
        meterName: "Premium LRS Provisioned Capacity",
        unitOfMeasure: "1 GiB/Hour",
      },
    ],
  ])("%s are no tier of a disk", (_what, change) => {
    const collected = collect(givenDisk(), givenDisk(change));
    expect(collected.managedDisks.get("westeurope")).toEqual(new Map([["P10 LRS", 21.68]]));
    expect([...collected.dropped.keys()]).toEqual(["otherMeter"]);
  });
});

describe("prices", () => {
  test("of every way to pay come from rows of one size", () => {
    const savingsPlan = [
      { term: "1 Year", unitPrice: 0.1748, retailPrice: 0.1748 },
      { term: "3 Years", unitPrice: 0.1196, retailPrice: 0.1196 },
    ];
    const collected = collect(
      givenRow({ savingsPlan }),
      givenRow({ skuName: "D4s v5 Spot", meterName: "D4s v5 Spot", retailPrice: 0.0425 }),
      givenReservation("1 Year", 1_242),
      givenReservation("3 Years", 2_400),
      givenDisk(),
    );
    expect(pricesOf(collected)).toEqual({
      payAsYouGo: 0.23,
      savingsPlan1y: 0.1748,
      savingsPlan3y: 0.1196,
      spot: 0.0425,
      reservation1yTotal: 1_242,
      reservation3yTotal: 2_400,
    });
    expect(collected).toMatchObject({ rows: 5, taken: 5, unreadable: 0 });
    expect(checkCollected(collected, defaultCatalog)).toEqual({ failed: [], review: [] });
  });

  test("a savings-plan rate that is the list price is no discount", () => {
    const savingsPlan = [{ term: "1 Year", unitPrice: 0.23, retailPrice: 0.23 }];
    expect(pricesOf(collect(givenRow({ savingsPlan })))).toEqual({ payAsYouGo: 0.23 });
  });

  test("go by the name of the size, not by that of the meter, and down to millionths", () => {
    const odd = { meterName: "D2 v3/D2s v3", retailPrice: 0.000008, armSkuName: "Standard_D2s_v3" };
    expect(pricesOf(collect(givenRow(odd)), "Standard_D2s_v3")).toEqual({ payAsYouGo: 0.000008 });
  });

  test("in force later hold, in whatever order the rows come", () => {
    const rows = [
      givenRow({ retailPrice: 0.24, effectiveStartDate: "2026-03-01T00:00:00Z" }),
      givenRow({ retailPrice: 0.2, effectiveStartDate: "2024-01-01T00:00:00Z" }),
      givenRow(),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: 3 }), (shuffled) => {
        const collected = collect(...shuffled);
        expect(pricesOf(collected)).toEqual({ payAsYouGo: 0.24 });
        expect(collected.conflicts).toEqual([]);
      }),
    );
  });

  test("of other regions are passed over where some are asked for", () => {
    const collection = collectPrices({ day, regions: ["northeurope"] });
    collection.add([givenRow(), givenRow({ armRegionName: "northeurope" })]);
    expect([...collection.finish().virtualMachines.keys()]).toEqual(["northeurope"]);
  });

  test.each([undefined, null, 7, "row", [], {}, { meterName: "D4s v5" }, givenRow({ retailPrice: "0.23" })])(
    "%j is no row",
    (row) => {
      expect(collect(row)).toMatchObject({ rows: 1, taken: 0, unreadable: 1 });
    },
  );
});

describe("checks", () => {
  test("two prices of one day for one size: neither silently wins", () => {
    const { failed } = checkOf(givenRow(), givenRow({ productName: "Virtual Machines Dsv5 Srs", retailPrice: 0.31 }));
    expect(failed).toMatchObject([{ check: "two-prices", region: "westeurope", item: "Standard_D4s_v5" }]);
    expect(failed[0]?.message).toContain("0.23 (Standard_D4s_v5: Virtual Machines Dsv5 Series, D4s v5) and 0.31");
  });

  test("Windows under a name that no filter knows stands out among its family", () => {
    const family = [2, 4, 8].map((vcpu) =>
      givenRow({
        armSkuName: `Standard_D${vcpu}as_v5`,
        meterName: `D${vcpu}as v5`,
        retailPrice: vcpu * (0.052 + (vcpu === 8 ? 0.046 : 0)),
      }),
    );
    expect(checkOf(...family).failed).toMatchObject([{ check: "windows-price", item: "Standard_D8as_v5" }]);
  });

  test.each([
    ["spot above the list price", "spot-above-pay-as-you-go", [givenRow({ skuName: "D4s v5 Spot", retailPrice: 0.5 })]],
    [
      "an hourly price under a reservation's name is one that fails",
      "three-years-above-one",
      [givenReservation("1 Year", 0.14), givenReservation("3 Years", 2_400)],
    ],
    ["a reservation above the list price", "reservation-above-pay-as-you-go", [givenReservation("1 Year", 2_100)]],
  ])("%s", (_what, check, rows) => {
    expect(checkOf(givenRow(), ...rows).failed).toMatchObject([{ check, item: "Standard_D4s_v5" }]);
  });

  test("a price that moved by more than a quarter is to be looked at, and is taken", () => {
    expect(checkOf(givenRow({ retailPrice: 0.3 }))).toMatchObject({
      failed: [],
      review: [{ check: "changed-since-last-layer", item: "Standard_D4s_v5", message: "0.23 before, 0.3 now" }],
    });
  });
});
