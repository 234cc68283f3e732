import { describe, expect, test } from "vitest";
import { assumed, complaints, document, givenTexts, webService } from "../testing/given-texts.ts";

describe("manifests alone", () => {
  const estate = givenTexts({
    "all.yaml": webService("web", { type: "LoadBalancer" }) + webService("batch", { namespace: "jobs" }),
  });

  test("run on one assumed cluster in one environment", () => {
    expect(estate.environments).toEqual([{ name: "default", criticality: "high", hours: "always", timeZone: "UTC" }]);
    expect(estate.clusters).toHaveLength(1);
    expect(estate.clusters[0]).toMatchObject({
      name: "default",
      region: "westeurope",
      environments: ["default"],
      tier: "Standard",
      network: { plugin: "azureOverlay", outbound: "loadBalancer" },
    });
    expect(estate.clusters[0]?.place).toBeUndefined();
    expect(estate.regions).toEqual([{ name: "westeurope", zones: ["1", "2", "3"] }]);
  });

  test("get a system pool and a user pool whose size follows from the workloads", () => {
    const pools = estate.clusters[0]?.nodePools ?? [];
    expect(pools.map(({ name, mode, countDeclared }) => [name, mode, countDeclared])).toEqual([
      ["system", "System", false],
      ["user", "User", false],
    ]);
    for (const pool of pools)
      expect(pool).toMatchObject({ vmSize: "Standard_D4s_v5", zones: ["1", "2", "3"], minimumNodes: 3 });
  });

  test("make a tenant of each namespace, and journeys of ways in", () => {
    expect(estate.tenants.map(({ name, namespaces }) => [name, namespaces])).toEqual([
      ["default", ["default"]],
      ["jobs", ["jobs"]],
      ["platform", ["kube-node-lease", "kube-public", "kube-system"]],
      ["unassigned", []],
    ]);
    expect(estate.workloads.map(({ id, tenant }) => [id, tenant])).toEqual([
      ["default/default/default/Deployment/web", "default"],
      ["default/default/jobs/Deployment/batch", "jobs"],
    ]);
    expect(estate.journeys.map(({ id }) => id)).toEqual(["default/default/web"]);
  });

  test("name every filling, each with what replaces it", () => {
    expect(assumed(estate)).toEqual([
      "default-cluster Cluster/default",
      "default-region Cluster/default",
      "default-environment Estate",
      "default-node-pools Cluster/default",
      "default-cluster-tier Cluster/default",
      "kubernetes-version Cluster/default",
      "tenant-per-namespace Tenant/default",
      "tenant-per-namespace Tenant/jobs",
      "journey-from-entry-point Journey/default/default/web",
      "default-namespace Namespace/default",
    ]);
    for (const { replaceBy, text } of estate.assumptions) {
      expect(replaceBy).not.toBe("");
      expect(text).toMatch(/\.$/);
    }
  });

  test("are complete in nothing and priced in US dollars", () => {
    expect(estate).toMatchObject({ name: "estate", complete: false, currency: "USD", exchangeRate: undefined });
    expect(estate.place).toBeUndefined();
    expect(complaints(estate)).toEqual([]);
  });
});

describe("a document more", () => {
  const manifests = { "web.yaml": webService("web", { namespace: "shop", type: "LoadBalancer" }) };
  const alone = givenTexts(manifests).assumptions.length;

  test.each([
    ["Estate", document("Estate", "e", "{environments: [{name: prod, criticality: high, hours: always}]}")],
    [
      "Cluster",
      document(
        "Cluster",
        "c",
        "{region: northeurope, tier: Free, kubernetesVersion: '1.35', operatingModel: rawAks, network: {plugin: kubenet, outbound: loadBalancer}}",
      ),
    ],
    ["Tenant", document("Tenant", "t", "{namespaces: [shop], trust: team}")],
    ["Application", document("Application", "a", "{namespace: shop, journeys: [{name: visit, entryPoint: web}]}")],
  ])("of kind %s replaces assumptions", (_kind, text) => {
    const estate = givenTexts({ ...manifests, "doc.yaml": text });
    expect(complaints(estate)).toEqual([]);
    expect(estate.assumptions.length).toBeLessThan(alone);
  });

  test("that names environments without an Estate makes them", () => {
    const cluster = document("Cluster", "c", "{environments: [test, live]}");
    const estate = givenTexts({ ...manifests, "doc.yaml": cluster });
    expect(estate.environments.map(({ name, criticality }) => [name, criticality])).toEqual([
      ["test", "low"],
      ["live", "high"],
    ]);
    expect(complaints(estate)).toEqual([]);
  });
});
