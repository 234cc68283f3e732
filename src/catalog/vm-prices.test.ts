import { describe, expect, it } from "vitest";
import { clusterTierPrice, meterBands, meterNames, meterPrice } from "./network-meters.ts";
import { priceUnit } from "./price-unit.ts";
import { pricedRegions, pricedSizes, vmPrice } from "./vm-prices.ts";

describe("vmPrice", () => {
  it.each([
    ["westeurope", "Standard_D4s_v5", 0.23],
    ["westeurope", "Standard_D4as_v5", 0.208],
    ["westeurope", "Standard_D4ads_v5", 0.25],
    ["westeurope", "Standard_D4s_v6", 0.242],
    ["westeurope", "Standard_D4as_v6", 0.22],
    ["westeurope", "Standard_D4ps_v6", 0.168],
    ["westeurope", "Standard_E4s_v5", 0.304],
    ["westeurope", "Standard_F4s_v2", 0.194],
    ["eastus2", "Standard_D4s_v5", 0.192],
    ["eastus2", "Standard_E4s_v5", 0.252],
  ])("%s %s costs %d USD per hour", (region, size, price) => {
    expect(vmPrice(region, size, "payAsYouGo")?.value).toBe(price);
  });

  it("carries source and date", () => {
    expect(vmPrice("westeurope", "Standard_D4s_v5", "payAsYouGo")).toMatchObject({
      source: "radar-2026-08-20",
      asOf: "2026-08-20",
      unit: "USD/hour",
      verified: true,
    });
  });

  it("says where the Windows part was taken off", () => {
    const price = vmPrice("germanywestcentral", "Standard_B16as_v2", "payAsYouGo");
    expect(price).toMatchObject({ value: 0.6914, source: "karpenter-2026-06-18-corrected" });
    expect(price?.note).toContain("Windows");
  });

  it("takes names in any case, as Azure does", () => {
    expect(vmPrice("westeurope", "standard_d4S_V5", "payAsYouGo")?.value).toBe(0.23);
  });

  it("knows spot prices only where a source has them", () => {
    expect(vmPrice("eastus2", "Standard_E4s_v5", "spot")?.value).toBe(0.098885);
    expect(vmPrice("eastus", "Standard_E4s_v5", "spot")).toBeUndefined();
    expect(vmPrice("westeurope", "Standard_B12ms", "spot")).toBeUndefined();
  });

  it("has no price rather than a guess for unknown regions, sizes and sizes without a price", () => {
    expect(vmPrice("atlantis", "Standard_D4s_v5", "payAsYouGo")).toBeUndefined();
    expect(vmPrice("westeurope", "Standard_D5s_v5", "payAsYouGo")).toBeUndefined();
    expect(vmPrice("westeurope", "Standard_EC128ies_v5", "payAsYouGo")).toBeUndefined();
    expect(vmPrice("westeurope", "name", "payAsYouGo")).toBeUndefined();
    expect(vmPrice("name", "Standard_D4s_v5", "payAsYouGo")).toBeUndefined();
  });

  it("has the six regions, and two more that stand beside savings plans", () => {
    expect(pricedRegions).toEqual([
      "westeurope",
      "northeurope",
      "swedencentral",
      "germanywestcentral",
      "eastus",
      "eastus2",
      "francecentral",
      "belgiumcentral",
    ]);
    expect(pricedSizes().length).toBeGreaterThan(1_400);
  });
});

describe("meterPrice", () => {
  it("prefers the region's own price", () => {
    expect(meterPrice("publicIp.standardStatic", "westeurope")).toMatchObject({
      value: 0.005,
      source: "builder-2026-08",
    });
    expect(meterPrice("applicationGateway.standardV2.hour", "westeurope")?.value).toBe(0.26);
    expect(meterPrice("applicationGateway.standardV2.hour", "francecentral")?.value).toBe(0.2);
  });

  it("gives prices that hold whatever the region", () => {
    expect(meterPrice("loadBalancer.base", "westeurope")?.value).toBe(0.025);
    expect(meterPrice("loadBalancer.additionalRule", "northeurope")?.value).toBe(0.01);
    expect(meterPrice("natGateway.hour", "eastus")?.value).toBe(0.045);
  });

  it("does not carry the egress price of one region to another", () => {
    expect(meterPrice("egress.internet", "westeurope")).toBeUndefined();
    expect(meterBands("egress.internet", "eastus2").map((band) => [band.fromQuantity, band.price.value])).toEqual([
      [0, 0],
      [100, 0.087],
      [10_335, 0.083],
      [51_295, 0.07],
      [153_695, 0.05],
      [512_095, 0.05],
    ]);
  });

  it("marks what is only recalled", () => {
    expect(clusterTierPrice("Free")).toMatchObject({ value: 0, verified: true });
    expect(clusterTierPrice("Standard")).toMatchObject({ value: 0.1, verified: true });
    expect(clusterTierPrice("Premium")).toMatchObject({ value: 0.6, verified: false, source: "recall" });
    expect(meterPrice("egress.interZone", "westeurope")).toMatchObject({ value: 0, verified: false });
  });

  it("answers for each of its names somewhere, and for no other", () => {
    const nowhere = meterNames().filter((name) =>
      ["westeurope", "eastus2", "westus"].every((region) => !meterPrice(name, region)),
    );
    expect(nowhere).toEqual([]);
    expect(meterPrice("loadBalancer", "westeurope")).toBeUndefined();
  });
});

describe("priceUnit", () => {
  it.each([
    ["1 Hour", "USD/hour"],
    ["1/Hour", "USD/hour"],
    ["1/Month", "USD/month"],
    ["1 GB", "USD/GB"],
    ["1 GB/Month", "USD/GB/month"],
    ["1 GiB/Hour", "USD/GiB/hour"],
    ["10K", "USD per 10K"],
    ["1M", "USD per 1M"],
  ])("%s is %s", (measure, unit) => {
    expect(priceUnit(measure)).toBe(unit);
  });
});
