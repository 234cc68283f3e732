import { describe, expect, it } from "vitest";
import { defaultCatalog } from "./default-catalog.ts";

describe("defaultCatalog", () => {
  it("says what day its prices and SLAs are of", () => {
    expect(defaultCatalog.pricesAsOf).toBe("2026-08-20");
    expect(defaultCatalog.slasAsOf).toBe("2026-11-22");
  });

  it("knows the source of every fact, with a date or the word undated", () => {
    for (const [id, source] of defaultCatalog.sources()) {
      expect(source.origin, id).not.toBe("");
      expect(source.date, id).toMatch(/^(\d{4}(-\d{2}(-\d{2})?)?|undated|unknown.*|\d{4} or later)$/);
    }
  });

  it("corrects sizes that the upstream list truncates", () => {
    const memory = (name: string) => defaultCatalog.vmSize(name)?.memoryGiB;
    expect(memory("Standard_B1ls")).toBe(0.5);
    expect(memory("Standard_DS1_v2")).toBe(3.5);
    expect(memory("Standard_M8ms")).toBe(218.75);
    expect(memory("Standard_M16-4ms")).toBe(437.5);
    expect(defaultCatalog.vmSize("Standard_F64-16ams_v7")).toMatchObject({ vcpu: 16, constrainedCoreBase: 64 });
    expect(defaultCatalog.vmSize("Standard_ND96is_MI300X_v5")?.gpus).toBe(8);
    expect(defaultCatalog.vmSize("Standard_NV4as_v4")).toMatchObject({ gpus: 0.125, unverified: ["gpus"] });
    expect(defaultCatalog.vmSize("Standard_B2ts_v2")?.userPoolAllowed).toBe(false);
  });

  it("tells apart what is read, inferred and unknown", () => {
    expect(defaultCatalog.vmSize("Standard_D4as_v6")?.unverified).toEqual([]);
    expect(defaultCatalog.vmSize("Standard_B4s_v2")).toMatchObject({ nestedVirtualization: false, unverified: [] });
    expect(defaultCatalog.vmSize("Standard_DC4as_cc_v5")?.unverified).toContain("nestedVirtualization");
    expect(defaultCatalog.vmSize("Standard_D4s_v7")).toMatchObject({ memoryGiB: 16, nestedVirtualization: undefined });
    expect(defaultCatalog.vmSize("Standard_D4s_v7")?.unverified).toContain("size");
    expect(defaultCatalog.vmSize("Standard_D372s_v7")).toBeUndefined();
    expect(defaultCatalog.vmSize("Standard_Unknown")).toBeUndefined();
  });

  it("allows no burstable size and none below 4 vCPU in a system pool", () => {
    const allowed = defaultCatalog.vmSizes().filter((size) => size.systemPoolAllowed);
    expect(allowed.length).toBeGreaterThan(500);
    expect(allowed.filter((size) => size.burstable || size.vcpu < 4 || size.memoryGiB < 4)).toEqual([]);
    expect(allowed.filter((size) => !size.userPoolAllowed)).toEqual([]);
  });

  it.each([
    ["westeurope", "northeurope", 22],
    ["northeurope", "westeurope", 22],
    ["westeurope", "eastus", 81],
    ["uksouth", "swedencentral", 28],
    ["swedencentral", "norwayeast", 20],
    ["westeurope", "westeurope", 0],
  ])("round trip %s to %s takes %d ms", (from, to, milliseconds) => {
    expect(defaultCatalog.regionLatency(from, to)?.value).toBe(milliseconds);
  });

  it("does not know round trips of regions whose values copy a neighbour", () => {
    expect(defaultCatalog.regionLatency("westeurope", "polandcentral")).toBeUndefined();
  });

  it.each([
    ["westeurope", 3],
    ["northeurope", 3],
    ["westus", 0],
    ["westcentralus", 0],
  ])("%s has %d zones", (region, zones) => {
    expect(defaultCatalog.regionZones(region)?.value).toBe(zones);
  });

  it("lists what it knows, for hints", () => {
    expect(defaultCatalog.knownRegions()).toContain("swedencentral");
    expect(defaultCatalog.kubernetesVersions().at(-1)).toBe("1.37");
    expect(defaultCatalog.interZoneLatency()).toMatchObject({ value: 2, unit: "ms" });
  });

  it("has the node counts that AKS sets for a pool, with their pages", () => {
    const { mostNodes, leastSystemNodes, advisedSystemNodes } = defaultCatalog.nodePoolLimits();
    expect(mostNodes).toMatchObject({ value: 1000, source: "aks-large-workloads", asOf: "2024-01-18" });
    expect(leastSystemNodes).toMatchObject({ value: 2, source: "aks-system-pools", asOf: "2026-04-30" });
    expect(advisedSystemNodes).toMatchObject({ value: 3, source: "aks-system-pools", asOf: "2026-04-30" });
  });

  it.each([
    ["loadBalancer.includedRules", 5, "c3x-lb", true],
    ["premiumFileShare.smallestSize", 100, "azure-files-billing", true],
    ["cosmosDb.zoneFactor", 1.25, "cosmos-rel", true],
    ["cosmosDb.autoscaleFloor", 0.1, "recall", false],
    ["managedRedis.nodes", 2, "cost-calculator-refs", true],
    ["flexibleServer.zoneRedundantServers", 2, "cost-calculator-refs", true],
  ] as const)("%s is %d by %s", (term, value, source, verified) => {
    expect(defaultCatalog.billingTerm(term)).toMatchObject({ value, source, verified });
    expect(defaultCatalog.sources().has(source)).toBe(true);
  });

  it("does not know zones of a region that no source lists", () => {
    expect(defaultCatalog.regionZones("atlantis")).toBeUndefined();
  });

  it("has the AKS calendar", () => {
    expect(defaultCatalog.kubernetesVersion("1.34")?.endOfSupport).toMatchObject({
      value: "2026-11-30",
      asOf: "2026-08-05",
    });
    expect(defaultCatalog.kubernetesVersion("v1.33.7")?.endOfSupport?.value).toBe("2026-07-31");
    expect(defaultCatalog.kubernetesVersion("1.30")?.endOfSupport?.value).toBe("2025-08-22");
    expect(defaultCatalog.kubernetesVersion("1.28")?.endOfLongTermSupport).toBeUndefined();
    expect(defaultCatalog.kubernetesVersion("1.99")).toBeUndefined();
    expect(defaultCatalog.kubernetesVersion("newest")).toBeUndefined();
  });
});
