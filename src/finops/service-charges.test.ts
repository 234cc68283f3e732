import { describe, expect, test } from "vitest";
import { givenCloudService, givenDataStore, givenWorkload } from "../scheduling/testing/given-estate.ts";
import { amount, bareCluster, cost, line } from "./testing/given-cost.ts";

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
});
