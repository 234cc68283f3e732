import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../../catalog/default-catalog.ts";
import type { ServicePrice, ServiceRequest } from "./service-price.ts";
import { pricerOf } from "./service-pricers.ts";

function price(service: string, sku: string, given: Partial<ServiceRequest> = {}): ServicePrice {
  const request: ServiceRequest = {
    service,
    sku,
    region: "westeurope",
    otherRegions: [],
    writeRegions: 1,
    quantity: 1,
    zoneRedundant: false,
    sizeGiB: undefined,
    webApplicationFirewall: false,
    ...given,
  };
  const pricer = pricerOf(service);
  if (pricer === undefined) throw new Error(`no pricer of ${service}`);
  return pricer.price(request, defaultCatalog);
}

/** USD a month at list price. */
function monthly(found: ServicePrice): number | string {
  if (found.kind === "unpriced") return found.reason;
  return found.meters.reduce((sum, { quantity, fact, periods }) => sum + quantity * fact.value * periods, 0);
}

test.each<[string, string, Partial<ServiceRequest>, readonly [string, number][]]>([
  ["cosmosDb", "1,000 RU/s", { zoneRedundant: true }, [["cosmos-rel", 1.25]]],
  ["cosmosDb", "1,000 RU/s", {}, []],
  ["cosmosDb", "autoscale 4000 RU/s", { zoneRedundant: true }, [["recall", 0.1]]],
  ["redis", "Balanced_B5", {}, [["cost-calculator-refs", 2]]],
  ["postgresqlFlexible", "GP_Standard_D4ds_v5", { zoneRedundant: true }, [["cost-calculator-refs", 2]]],
])("%s %s %o cites the terms of billing that made its quantity", (service, sku, given, terms) => {
  const found = price(service, sku, given);
  const [meter] = found.kind === "priced" ? found.meters : [];
  expect(meter).toBeDefined();
  expect((meter?.terms ?? []).map(({ source, value }) => [source, value])).toEqual(terms);
});

describe("price of a month in westeurope at list price", () => {
  test.each<[string, string, Partial<ServiceRequest>, number]>([
    ["containerRegistry", "Standard", {}, (0.6666 * 365) / 12],
    ["containerRegistry", "Premium", { otherRegions: ["northeurope"] }, (2 * 1.6666 * 365) / 12],
    ["serviceBus", "Standard", {}, 10],
    ["serviceBus", "Premium", { quantity: 2 }, 2 * 0.9275 * 730],
    ["eventHubs", "Standard", { quantity: 3 }, 3 * 0.03 * 730],
    ["frontDoor", "Premium", { region: "global" }, 330],
    ["frontDoor", "standard", { region: "global" }, 35],
    ["applicationGateway", "Standard_v2", {}, 0.26 * 730],
    ["applicationGateway", "Standard_v2", { webApplicationFirewall: true }, 0.468 * 730],
    ["azureFirewall", "Standard", {}, 1.25 * 730],
    ["natGateway", "", {}, 0.045 * 730],
    ["vpnGateway", "VpnGw1AZ", {}, 0.21 * 730],
    ["apiManagement", "Basic v2", {}, 0.20548 * 730],
    ["apiManagement", "Developer", {}, 0.0658 * 730],
    ["appService", "P1v3", { quantity: 2 }, 2 * 0.178 * 730],
    ["azureSql", "GP_Gen5_4", { sizeGiB: 100 }, 4 * (0.167439 + 0.09997) * 730 + 100 * 0.13685],
    [
      "azureSql",
      "GP_Gen5_4",
      { sizeGiB: 100, zoneRedundant: true },
      4 * (0.167439 + 0.09997 + 0.100463) * 730 + 100 * 0.274,
    ],
    ["azureSql", "BC_Gen5_8", { sizeGiB: 10, zoneRedundant: true }, 8 * (0.334879 + 0.375) * 730 + 10 * 0.2975],
    ["azureSql", "S3", {}, (4.8387 * 365) / 12],
    ["azureSql", "Basic", {}, (0.161 * 365) / 12],
    ["postgresqlFlexible", "GP_Standard_D4ds_v5", { sizeGiB: 128 }, 4 * 0.106 * 730 + 128 * 0.1369],
    [
      "postgresqlFlexible",
      "Standard_E8ds_v5",
      { sizeGiB: 64, zoneRedundant: true },
      2 * (8 * 0.151 * 730 + 64 * 0.1369),
    ],
    ["postgresqlFlexible", "B_Standard_B2s", {}, 0.0796 * 730],
    ["mysqlFlexible", "B_Standard_B2ms", {}, 0.1592 * 730],
    ["mysqlFlexible", "GP_Standard_D2ads_v5", {}, 2 * 0.1015 * 730],
    ["cosmosDb", "400 RU/s", { sizeGiB: 10 }, 4 * 0.008 * 730 + 10 * 0.25],
    ["cosmosDb", "1,000 RU/s", { zoneRedundant: true }, 12.5 * 0.008 * 730],
    ["cosmosDb", "400 RU/s", { otherRegions: ["northeurope"] }, 2 * 4 * 0.008 * 730],
    ["cosmosDb", "400 RU/s", { otherRegions: ["northeurope"], writeRegions: 2 }, 2 * 4 * 0.016 * 730],
    ["cosmosDb", "autoscale 4000 RU/s", {}, 4 * 0.012 * 730],
    ["redis", "Standard_C1", {}, 0.138 * 730],
    ["redis", "Premium P1", {}, 0.555 * 730],
    ["redis", "Balanced_B5", {}, 2 * 0.186 * 730],
    ["storageBlob", "Standard_ZRS", { sizeGiB: 1000 }, 1000 * 0.024],
    ["storageBlob", "Standard_RAGRS", { sizeGiB: 100 }, 100 * 0.049],
    ["storageBlob", "", { sizeGiB: 60_000 }, 51_200 * 0.0196 + 8800 * 0.018816],
    ["storageFiles", "Premium_LRS", { sizeGiB: 100 }, 100 * 0.192],
    // Premium shares are provisioned from 100 GiB on.
    ["storageFiles", "Premium_LRS", { sizeGiB: 32, quantity: 2 }, 2 * 100 * 0.192],
    ["storageFiles", "", { sizeGiB: 32 }, 32 * 0.06],
    ["storageFiles", "", { sizeGiB: 100, zoneRedundant: true }, 100 * 0.075],
    ["dns", "Private", { quantity: 2, region: "global" }, 1],
  ])("%s %s %j", (service, sku, given, expected) => {
    expect(monthly(price(service, sku, given))).toBeCloseTo(expected, 6);
  });

  test("autoscale of Cosmos DB goes up to ten times its minimum", () => {
    const found = price("cosmosDb", "autoscale 4000 RU/s");
    expect(found.kind === "priced" ? found.meters.map((meter) => [meter.quantity, meter.mostQuantity]) : []).toEqual([
      [4, 40],
    ]);
  });
});

describe("no price", () => {
  test.each<[string, string, Partial<ServiceRequest>, string]>([
    ["containerRegistry", "", {}, "the tier is not declared"],
    ["containerRegistry", "Standard", { otherRegions: ["northeurope"] }, "a replica of a Standard registry"],
    ["serviceBus", "Basic", {}, "billed by operations only"],
    ["serviceBus", "Gold", {}, "tier or size Gold is not in the price list"],
    ["azureSql", "", {}, "its sku is not declared"],
    ["azureSql", "GP_S_Gen5_2", {}, "vCore-seconds"],
    ["azureSql", "HS_Gen5_4", {}, "licence"],
    ["azureSql", "S99", {}, "sku S99 is not in the price list"],
    ["postgresqlFlexible", "large", {}, "is not one of a flexible server"],
    ["postgresqlFlexible", "GP_Standard_D4zz_v9", {}, "the catalog has no price of a Dzzv9 server"],
    ["cosmosDb", "", {}, "its throughput is not declared"],
    ["cosmosDb", "serverless", {}, "request units"],
    ["storageBlob", "", {}, "its size is not declared"],
    ["redis", "Balanced_B99", {}, "size B99 is not in the price list"],
    ["keyVault", "Standard", {}, "billed by use"],
    [
      "eventHubs",
      "Standard",
      { region: "atlantis" },
      "the catalog has no price of Standard Throughput Unit in atlantis",
    ],
  ])("%s %s %j: %s", (service, sku, given, reason) => {
    const found = price(service, sku, given);
    expect(found.kind).toBe("unpriced");
    expect(monthly(found)).toContain(reason);
  });

  test("what the price leaves out is named", () => {
    const found = price("postgresqlFlexible", "GP_Standard_D4ds_v5");
    expect(found.kind === "priced" ? found.leftOut : []).toEqual([
      "backup storage beyond the provisioned size",
      "IOPS beyond those included",
      "storage, whose size is not declared",
    ]);
  });

  test("names of services are read whatever their case and punctuation", () => {
    expect(pricerOf("Front-Door")).toBe(pricerOf("frontDoor"));
    expect(pricerOf("teapot")).toBeUndefined();
  });
});
