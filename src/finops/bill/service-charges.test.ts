import { describe, expect, test } from "vitest";
import { likelyValue } from "../../estate/figures/figure.ts";
import { givenCloudService, givenDataStore, givenWorkload } from "../../scheduling/testing/given-estate.ts";
import { amount, bareCluster, cost, line } from "../testing/given-cost.ts";

describe("services", () => {
  test("belong to the application's tenant, to the only tenant that uses them, or to all", () => {
    const price = { monthlyCost: 10, source: "quote", asOf: "2026-11-01" };
    const workload = givenWorkload({ name: "web", cpu: 100, memoryMiB: 100, application: "shop" });
    const evidence = [] as const;
    const report = cost({
      clusters: [bareCluster()],
      workloads: [workload],
      cloudServices: [givenCloudService("mine", "x", { price }), givenCloudService("all", "x", { price })],
      dependencies: [{ from: workload.id, to: { kind: "cloudService", name: "mine" }, type: "hard", evidence }],
    });
    expect(
      report.allocation.find(({ application, workload: id }) => application === "shop" && id === undefined)
        ?.monthlyCost,
    ).toBe(10);
    expect(report.allocation.find(({ subject }) => subject === "CloudService/all")?.part).toBe("sharedPlatform");
  });

  test("that are not chosen, unknown or billed by use are listed with what to do", () => {
    const report = cost({
      clusters: [],
      cloudServices: [givenCloudService("vault", "keyVault"), givenCloudService("mail", "sendMail")],
      dataStores: [givenDataStore("orders", "auto"), givenDataStore("inside", "statefulSet")],
    });
    expect(report.unpriced.map(({ id, reason }) => [id, reason])).toEqual([
      ["cost/CloudService/vault", "it is billed by use, which is not declared"],
      ["cost/CloudService/mail", "how sendMail is billed is not known"],
      ["cost/DataStore/orders", "its service is not chosen yet"],
    ]);
    expect(report.unpriced.every(({ hint }) => hint.length > 0)).toBe(true);
    expect(report.partial).toBe(true);
  });

  test("a store is priced once however many environments its application has, and says so", () => {
    const environments = ["dev", "prod"].map(
      (name) => ({ name, criticality: "low", hours: "always", timeZone: "UTC" }) as const,
    );
    const cloudServices = [givenCloudService("bus", "serviceBus", { tier: "Premium" })];
    const report = cost({
      clusters: [],
      environments,
      cloudServices,
      dataStores: [givenDataStore("db", "azureSql", { sku: "S0" })],
    });
    expect(amount(report, "cost/CloudService/bus")).toBeCloseTo(0.9275 * 730, 9);
    expect(report.assumptions.map(({ id, subject }) => [id, subject])).toEqual([
      ["ASM-079", "DataStore/db"],
      ["ASM-080", "DataStore/db"],
    ]);
    const cited = line(report, "cost/DataStore/db")?.monthlyCost.reasons.flatMap((reason) =>
      reason.kind === "assumption" ? [reason.id] : [],
    );
    expect(cited).toEqual(["ASM-079"]);
  });

  const regions = ["westeurope", "northeurope"];

  test.each([
    ["eventHubs", "Premium"],
    ["serviceBus", "Premium"],
    ["applicationGateway", "WAF_v2"],
    ["azureFirewall", "Premium"],
    ["natGateway", undefined],
    ["vpnGateway", "VpnGw1AZ"],
    ["appService", "P1v3"],
    ["apiManagement", "Premium"],
    ["azureCacheForRedis", "Premium_P1"],
  ])("%s %s in two regions costs as much as one in each", (service, tier) => {
    const bill = (given: readonly string[]) =>
      cost({ clusters: [], cloudServices: [givenCloudService("it", service, { tier, regions: given })] });
    const both = bill(regions);
    const [west, north] = regions.map((region) => bill([region]).lines);
    expect(both.unpriced).toEqual([]);
    expect(both.lines.map(({ quantity, unitPrice }) => [quantity, unitPrice])).toEqual(
      [...(west ?? []), ...(north ?? [])].map(({ quantity, unitPrice }) => [quantity, unitPrice]),
    );
    expect(both.lines.map(({ id }) => id)).toEqual(["cost/CloudService/it", "cost/CloudService/it/2"]);
    expect(both.lines.map(({ label }) => label.split(", ").at(-1))).toEqual(regions);
    expect(bill([...regions, "westeurope"])).toEqual(both);
  });

  test.each([
    ["frontDoor", "Premium"],
    ["dns", "Private"],
    ["serviceBus", "Standard"],
  ])("%s %s is billed once wherever it is", (service, tier) => {
    const cloudServices = [givenCloudService("it", service, { tier, regions })];
    expect(cost({ clusters: [], cloudServices }).lines).toHaveLength(1);
  });

  test("a region without a price is listed beside those that have one", () => {
    const cloudServices = [
      givenCloudService("hubs", "eventHubs", { tier: "Premium", regions: ["westeurope", "atlantis"] }),
    ];
    const report = cost({ clusters: [], cloudServices });
    expect(report.lines).toHaveLength(1);
    expect(report.unpriced.map(({ id, label }) => [id, label])).toEqual([
      ["cost/CloudService/hubs/atlantis", "CloudService/hubs (eventHubs), atlantis"],
    ]);
    expect(report.partial).toBe(true);
  });

  test("a replica of a database costs its sku, as an assumption", () => {
    const stores = (zoneRedundant: boolean, writers: readonly string[], readers: readonly string[]) => [
      givenDataStore("db", "azureSql", {
        sku: "GP_Gen5_4",
        sizeGiB: 100,
        zoneRedundant,
        regions: { writers, readers },
      }),
    ];
    const of = (dataStores: ReturnType<typeof stores>) => cost({ clusters: [], dataStores });
    const bill = (dataStores: ReturnType<typeof stores>) =>
      of(dataStores).lines.reduce((sum, { monthlyCost }) => sum + (likelyValue(monthlyCost) ?? Number.NaN), 0);
    const replicated = stores(true, ["westeurope"], ["northeurope"]);
    expect(bill(replicated)).toBeCloseTo(
      bill(stores(true, ["westeurope"], [])) + bill(stores(false, ["northeurope"], [])),
      9,
    );
    expect(of(replicated).assumptions.find(({ id }) => id === "ASM-085")?.text).toBe(
      "The document does not say what its replica in northeurope runs on, so it is priced as the same sku without zone redundancy.",
    );
  });

  test("a storage account in two regions is two, unless its redundancy copies it to the second", () => {
    const stores = (sku: string) => [
      givenDataStore("files", "storageBlob", { sku, sizeGiB: 100, regions: { writers: regions, readers: [] } }),
    ];
    const lines = (sku: string) => cost({ clusters: [], dataStores: stores(sku) }).lines.length;
    expect(lines("Standard_LRS")).toBe(2);
    expect(lines("Standard_GRS")).toBe(1);
  });

  test("everything that a document leaves open is assumed by name", () => {
    const dataStores = [givenDataStore("files", "storageBlob", { sizeGiB: 100 })];
    const texts = cost({ clusters: [], dataStores }).assumptions.flatMap(({ id, value }) =>
      id === "ASM-085" ? [value] : [],
    );
    expect(texts).toEqual(["LRS", "hot"]);
  });
});
