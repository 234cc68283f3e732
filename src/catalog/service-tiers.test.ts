import { describe, expect, test } from "vitest";
import { cacheSizeFor, managedCacheSku, tierAbove, tierClosedToNew, tierRetirement } from "./service-tiers.ts";

describe("tiers of services", () => {
  test.each([
    ["serviceBus", "Standard", "Premium"],
    ["eventHubs", "", "Premium"],
    ["sqlDatabase", "GP_Gen5_8", "BC_Gen5_8"],
    ["azureSql", "gp_gen5_4", "BC_Gen5_4"],
  ])("above %s %s is %s", (service, tier, expected) => {
    expect(tierAbove(service, tier)?.tier).toBe(expected);
  });

  test.each([
    ["serviceBus", "Premium"],
    ["azureSql", "BC_Gen5_4"],
    ["azureSql", "GP_Gen5_many"],
    ["redis", "Standard C3"],
    ["unheardOf", "Standard"],
  ])("nothing is above %s %s", (service, tier) => {
    expect(tierAbove(service, tier)).toBeUndefined();
  });

  test("no tier above is one that is to be retired", () => {
    for (const [service, tier] of [
      ["serviceBus", "Standard"],
      ["eventHubs", "Basic"],
      ["azureSql", "GP_Gen5_2"],
    ] as const) {
      expect(tierRetirement(service, tierAbove(service, tier)?.tier ?? "")).toBeUndefined();
    }
  });

  test("every tier of Azure Cache for Redis has an end, those of Azure Managed Redis have none", () => {
    expect(tierRetirement("redis", "Enterprise E10")?.on).toBe("2027-03-31");
    for (const tier of ["", "C1", "Standard C3", "Premium_P1"]) {
      expect(tierRetirement("redis", tier)?.on).toBe("2028-09-30");
    }
    expect(tierRetirement("redis", "Balanced_B5")).toBeUndefined();
    expect(tierRetirement("redis", "ComputeOptimized_X5")).toBeUndefined();
  });

  test("Azure Cache for Redis is closed to new tenants, and its successor is not", () => {
    expect(tierClosedToNew("redis", "Standard C3")).toMatchObject({ on: "2026-04-01", verified: true });
    expect(tierClosedToNew("redis", "Balanced_B3")).toBeUndefined();
    expect(tierClosedToNew("serviceBus", "Standard")).toBeUndefined();
  });

  test.each([
    ["Balanced_B3", "Balanced_B3"],
    ["balanced b10", "Balanced_B10"],
    ["Memory Optimized M20", "MemoryOptimized_M20"],
    ["FlashOptimized-A250", "FlashOptimized_A250"],
    ["Balanced_B7", undefined],
    ["Balanced_M10", undefined],
    ["Enterprise_E10", undefined],
    ["Standard C3", undefined],
    ["", undefined],
  ])("%j is the size %j of Azure Managed Redis", (written, sku) => {
    expect(managedCacheSku(written)).toBe(sku);
  });

  test("a cache is the smallest that holds as much", () => {
    expect([0, 0.25, 0.3, 6, 7, 500].map(cacheSizeFor)).toEqual(["C0", "C0", "C1", "C3", "C4", "C6"]);
  });
});
