import { describe, expect, test } from "vitest";
import type { Dependency } from "../dependencies/dependency.ts";
import { complaints, document, givenTexts, webService } from "../testing/given-texts.ts";

const manifests = webService("web", { calls: "api" }) + webService("api", { calls: "db" }) + webService("db");

function application(dependencies: string): string {
  return document("Application", "shop", `{namespace: shop, manifests: ./all.yaml, dependencies: [${dependencies}]}`);
}

function edges(dependencies: readonly Dependency[]): readonly string[] {
  return dependencies.map(({ from, to, type }) => {
    const target = "id" in to ? to.id : "name" in to ? `${to.kind}/${to.name}` : `${to.kind}/${to.host}`;
    return `${from.split("/").at(-1)} ${type} ${target.split("/").slice(-2).join("/")}`;
  });
}

describe("declared dependencies", () => {
  test("go before inferred ones and take their evidence over", () => {
    const soft = "{from: shop/Deployment/web, to: shop/Deployment/api, type: soft, fallback: cache}";
    const estate = givenTexts({ "app.yaml": application(soft), "all.yaml": manifests });
    expect(edges(estate.dependencies)).toEqual(["api hard Deployment/db", "web soft Deployment/api"]);
    const declared = estate.dependencies[1];
    expect(declared).toMatchObject({ fallback: "cache" });
    expect(declared?.evidence.map(({ origin }) => origin)).toEqual(["declared", "environmentVariable"]);
  });

  test("on a store stand for the workload that holds it", () => {
    const store = document("DataStore", "orders", "{workload: shop/Deployment/db}");
    const async = "{from: shop/Deployment/api, to: DataStore/orders, type: async, bufferMinutes: 30}";
    const estate = givenTexts({ "app.yaml": store + application(async), "all.yaml": manifests });
    expect(edges(estate.dependencies)).toEqual(["api async dataStore/orders", "web hard Deployment/api"]);
    expect(estate.dependencies[0]).toMatchObject({ bufferMinutes: 30 });
  });

  test("on hosts carry the stated availability and no port", () => {
    const bank = '{from: shop/Deployment/api, to: "host:Pay.Bank.example:443", type: hard, availability: "99.9%"}';
    const estate = givenTexts({ "app.yaml": application(bank), "all.yaml": manifests });
    const edge = estate.dependencies.find(({ to }) => to.kind === "host");
    expect(edge).toMatchObject({ to: { host: "pay.bank.example" }, unavailability: 1e-3 });
  });

  test("stay on their cluster where that has the target, and cross where it has not", () => {
    const clusters =
      document("Cluster", "a", "{region: westeurope, environments: [prod]}") +
      document("Cluster", "b", "{region: northeurope, environments: [prod]}");
    const shop = document(
      "Application",
      "shop",
      "{namespace: shop, manifests: ./shop.yaml, dependencies: [{from: shop/Deployment/web, to: core/Deployment/api, type: hard}, {from: shop/Deployment/web, to: shop/Deployment/side, type: hard}]}",
    );
    const core = document("Application", "core", "{namespace: core, clusters: {prod: [b]}, manifests: ./core.yaml}");
    const estate = givenTexts({
      "docs.yaml": clusters + shop + core,
      "shop.yaml": webService("web") + webService("side"),
      "core.yaml": webService("api"),
    });
    expect(complaints(estate)).toEqual([]);
    expect(estate.dependencies.map(({ from, to }) => `${from} -> ${"id" in to ? to.id : ""}`)).toEqual([
      "prod/a/shop/Deployment/web -> prod/a/shop/Deployment/side",
      "prod/a/shop/Deployment/web -> prod/b/core/Deployment/api",
      "prod/b/shop/Deployment/web -> prod/b/core/Deployment/api",
      "prod/b/shop/Deployment/web -> prod/b/shop/Deployment/side",
    ]);
  });
});

describe("cycles", () => {
  const circle = webService("a", { calls: "b" }) + webService("b", { calls: "c" }) + webService("c", { calls: "a" });

  test("are told once, for all clusters", () => {
    const clusters =
      document("Cluster", "x", "{region: westeurope, environments: [prod]}") +
      document("Cluster", "y", "{region: westeurope, environments: [prod]}");
    const estate = givenTexts({ "docs.yaml": clusters, "all.yaml": circle });
    const cycles = estate.diagnostics.filter(({ code }) => code === "EST-231");
    expect(cycles).toHaveLength(1);
    expect(cycles[0]?.message).toContain("default/Deployment/a, default/Deployment/b, default/Deployment/c");
    expect(cycles[0]?.place?.source).toBe("all.yaml");
  });

  test("end where one of them can do without", () => {
    const soft = document(
      "Application",
      "shop",
      "{namespace: shop, manifests: ./all.yaml, dependencies: [{from: shop/Deployment/c, to: shop/Deployment/a, type: soft}]}",
    );
    const estate = givenTexts({ "app.yaml": soft, "all.yaml": circle });
    expect(estate.diagnostics.filter(({ code }) => code === "EST-231")).toEqual([]);
  });

  test("of many thousand links are found without running out of stack", () => {
    const count = 5_000;
    const chain = Array.from({ length: count }, (_, index) =>
      webService(`s${index}`, { calls: `s${(index + 1) % count}` }),
    );
    const estate = givenTexts({ "all.yaml": chain.join("") });
    expect(estate.diagnostics.filter(({ code }) => code === "EST-231")).toHaveLength(1);
  });
});
