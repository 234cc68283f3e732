import { describe, expect, it } from "vitest";
import { diskMeter, diskPrice, diskTier } from "./disk-prices.ts";
import { meteringRules, serviceMeters } from "./service-meters.ts";
import table from "./tables/service-meters.json" with { type: "json" };

describe("serviceMeters", () => {
  it("holds all 1,312 meters", () => {
    expect(table.rows).toHaveLength(1_312);
    expect(meteringRules).toHaveLength(20);
  });

  it("narrows by product, SKU and meter", () => {
    const units = serviceMeters("serviceBus", "westeurope", { sku: "Premium", meter: "Messaging Unit" });
    expect(units).toHaveLength(1);
    expect(units[0]).toMatchObject({ unit: "1/Hour", price: { value: 0.9275, unit: "USD/hour", asOf: "2026-08-15" } });
  });

  it("keeps the tier bounds", () => {
    const bands = serviceMeters("Key Vault", "northeurope", { meter: "Premium HSM-protected Advanced Key" });
    expect(bands.map((band) => band.fromQuantity).toSorted((a, b) => a - b)).toEqual([0, 250, 1_500, 4_000]);
  });

  it("prices Front Door by zone: Zone 1 for Europe and for the whole world", () => {
    for (const region of ["westeurope", "eastus2", "global"]) {
      const [base] = serviceMeters("frontDoor", region, { sku: "Premium", meter: "Premium Base Fees" });
      expect(base?.price, region).toMatchObject({ value: 330, unit: "USD/month" });
      expect(base?.price.name).toContain("Zone 1");
    }
    expect(serviceMeters("frontDoor", "japaneast", { meter: "Base Fees" })).toEqual([]);
  });

  it("gives savings-plan ratios of the region", () => {
    const [plan] = serviceMeters("Azure App Service", "centralus", {
      meter: "P2 v3 App",
      product: "Premium v3 Plan - Linux",
    });
    expect(plan?.savingsPlanRatio).toEqual({ oneYear: 0.683, threeYears: 0.501 });
  });

  it("marks unverified rows", () => {
    const rows = serviceMeters("postgresqlFlexible", "westeurope", { meter: "Ultra Disk" });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => !row.price.verified && row.price.note !== undefined)).toBe(true);
  });

  it("has nothing for a region or a service without prices", () => {
    expect(serviceMeters("serviceBus", "germanywestcentral")).toEqual([]);
    expect(serviceMeters("Teleporter", "westeurope")).toEqual([]);
  });
});

describe("diskPrice", () => {
  it.each([
    ["westeurope", "P10", "LRS", 21.68],
    ["westeurope", "P15", "LRS", 41.81],
    ["westeurope", "P20", "LRS", 80.54],
    ["westeurope", "P30", "LRS", 148.68],
    ["northeurope", "P10", "ZRS", 29.565],
    ["eastus2", "P10", "LRS", 17.92],
  ] as const)("%s %s %s costs %d a month", (region, tier, redundancy, price) => {
    expect(diskPrice(region, tier, redundancy)?.value).toBeCloseTo(price, 2);
  });

  it("is unknown where no source has it", () => {
    expect(diskPrice("eastus2", "P10", "ZRS")).toBeUndefined();
    expect(diskPrice("uksouth", "P10", "LRS")).toBeUndefined();
    expect(diskPrice("westeurope", "S10", "ZRS")).toBeUndefined();
  });

  it("has meters by size and by operation", () => {
    expect(diskMeter("westeurope", "Premium LRS Provisioned Capacity")).toMatchObject({
      value: 0.00013,
      unit: "USD/GiB/hour",
    });
    expect(diskMeter("westeurope", "Standard SSD Managed Disks LRS")).toMatchObject({ unit: "USD per 10K" });
  });
});

describe("diskTier", () => {
  it.each([
    ["P", 1, "P1", 4],
    ["P", 100, "P10", 128],
    ["P", 128, "P10", 128],
    ["P", 129, "P15", 256],
    ["E", 5, "E2", 8],
    ["S", 5, "S4", 32],
    ["P", 32_767, "P80", 32_767],
  ] as const)("family %s of %d GiB is %s", (family, sizeGiB, tier, size) => {
    expect(diskTier(family, sizeGiB)).toEqual({ tier, sizeGiB: size });
  });

  it("is none above the largest disk", () => {
    expect(diskTier("P", 32_768)).toBeUndefined();
  });
});
