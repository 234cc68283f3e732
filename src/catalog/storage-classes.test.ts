import { describe, expect, test } from "vitest";
import { givenCluster, givenPool } from "../scheduling/testing/given-estate.ts";
import { defaultCatalog } from "./default-catalog.ts";
import { storageClassTraits } from "./storage-classes.ts";

describe("built-in storage classes", () => {
  const cluster = (kubernetesVersion: string, zones: readonly string[]) =>
    givenCluster({ kubernetesVersion, nodePools: [givenPool({ zones })] });

  test.each([
    [undefined, "1.35", ["1", "2"], "StandardSSD_ZRS"],
    ["managed-csi-premium", "1.29", ["1", "2"], "Premium_ZRS"],
    ["managed-csi-premium", "1.28", ["1", "2"], "Premium_LRS"],
    ["managed-csi-premium", "1.35", ["1"], "Premium_LRS"],
    ["managed-csi-premium-v2", "1.35", ["1", "2"], "PremiumV2_LRS"],
    ["azurefile-csi-premium", "1.35", ["1", "2"], "Premium_LRS"],
  ])("%s on Kubernetes %s over zones %j is %s, by a dated page", (name, version, zones, skuName) => {
    const traits = storageClassTraits(name, cluster(version, zones), new Map());
    expect(traits?.skuName).toBe(skuName);
    expect(traits?.reason).toMatchObject({ kind: "fact", source: "aks-storage", asOf: "2026-07-30", verified: true });
    expect(defaultCatalog.sources().has("aks-storage")).toBe(true);
  });

  test.each(["fast", "constructor", "toString"])("%s is not one of them", (name) => {
    expect(storageClassTraits(name, cluster("1.35", []), new Map())).toBeUndefined();
  });
});
