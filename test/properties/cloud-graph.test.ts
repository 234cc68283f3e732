import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readSources } from "../../src/adapters/filesystem/read-sources.ts";
import { azureNameRules } from "../../src/catalog/azure-names.ts";
import { loadEstate } from "../../src/estate/load-estate.ts";
import { cloudFiles } from "../../src/gitops/cloud/cloud-target.ts";
import { verifyBicep } from "../../src/gitops/cloud/equality/verify-cloud.ts";
import { azureName, stableUuid } from "../../src/gitops/cloud/graph/azure-names.ts";
import { type CloudPlan, cloudGraph } from "../../src/gitops/cloud/graph/cloud-graph.ts";
import { deploymentPlan, neededBy } from "../../src/gitops/cloud/graph/deployment-plan.ts";
import type { CloudResource } from "../../src/gitops/cloud/graph/resource-graph.ts";
import { byKey, groupOf, resourceKey } from "../../src/gitops/cloud/graph/resource-value.ts";

const root = resolve(import.meta.dirname, "..", "..");

describe.each(["nordwind", "shop"])("the cloud side of %s", (example) => {
  let plan: CloudPlan;

  beforeAll(async () => {
    plan = cloudGraph(loadEstate(await readSources([join("examples", example)], {}, { workingFolder: root })));
  });

  it("refers only to what is in it, under keys that tell the place", () => {
    const known = byKey(plan.graph.resources);
    for (const resource of plan.graph.resources) {
      for (const key of [...neededBy(resource), ...(resource.dependsOn ?? [])]) expect(known.has(key), key).toBe(true);
      const parent = resource.parent === undefined ? undefined : known.get(resource.parent);
      expect(resourceKey({ ...resource, parent })).toBe(resource.key);
    }
  });

  it("has parts that each go to one group, and never round", () => {
    const known = byKey(plan.graph.resources);
    for (const { parts, subscription } of deploymentPlan(plan.graph)) {
      for (const { resources, name } of parts) {
        expect(new Set(resources.map((resource) => groupOf(resource, known))).size, name).toBe(1);
      }
      const done = new Set<string>();
      for (let round = 0; round < parts.length; round += 1) {
        for (const { name, after } of parts) if (after.every((before) => done.has(before))) done.add(name);
      }
      expect([...done].toSorted(), subscription).toEqual(parts.map(({ name }) => name));
    }
  });

  it("is written as Bicep and read back the same", () => {
    expect(verifyBicep(plan.graph)).toEqual([]);
  });

  it("is the same bytes every time", () => {
    const again = { resources: plan.graph.resources.toReversed().toSorted((a, b) => (a.key < b.key ? -1 : 1)) };
    for (const target of ["bicep", "terraform"] as const) {
      expect(cloudFiles(target, again)).toEqual(cloudFiles(target, plan.graph));
      expect(new Set(cloudFiles(target, plan.graph).map(({ path }) => path)).size).toBe(
        cloudFiles(target, plan.graph).length,
      );
    }
  });

  it("has names that Azure takes", () => {
    const rules = new Map([...azureNameRules.values()].map((rule) => [rule.type, rule]));
    for (const { type, name } of plan.graph.resources) {
      const rule = rules.get(type);
      if (rule === undefined) continue;
      expect(name.length, name).toBeLessThanOrEqual(rule.longest);
      expect(name.length, name).toBeGreaterThanOrEqual(rule.shortest);
      expect(name).toMatch(
        rule.characters.endsWith("yphens") ? /^[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$/ : /^[A-Za-z][A-Za-z0-9]*$/,
      );
    }
  });
});

describe("the cluster of nordwind", () => {
  let cluster: CloudResource | undefined;
  let pools: readonly CloudResource[];

  beforeAll(async () => {
    const estate = loadEstate(await readSources([join("examples", "nordwind")], {}, { workingFolder: root }));
    const { resources } = cloudGraph(estate).graph;
    cluster = resources.find(({ name }) => name === "aks-prod-weu");
    pools = resources.filter(({ parent, type }) => parent === cluster?.key && type.endsWith("/agentPools"));
  });

  it("has every setting that is declared", () => {
    expect(cluster?.sku).toEqual({ name: "Base", tier: "Standard" });
    expect(cluster?.properties).toMatchObject({
      kubernetesVersion: "1.34",
      disableLocalAccounts: true,
      autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "SecurityPatch" },
      networkProfile: { networkPlugin: "azure", networkPluginMode: "overlay", outboundType: "userDefinedRouting" },
      oidcIssuerProfile: { enabled: true },
      apiServerAccessProfile: { enablePrivateCluster: true },
    });
  });

  it("has every pool with its bounds", () => {
    const bounds = pools.map(({ name, properties: { minCount, maxCount, count } }) => [
      name,
      minCount,
      maxCount,
      count,
    ]);
    expect(bounds).toEqual([
      ["batch", 3, 6, 3],
      ["data", 3, 6, 3],
      ["general", 6, 20, 6],
      ["sandbox", 2, 8, 2],
      ["system", undefined, undefined, 3],
      ["treasury", 3, 6, 3],
    ]);
  });
});

it("shortens long names without making them the same", () => {
  const words = ["a".repeat(60), "one"];
  const others = ["a".repeat(60), "two"];
  expect(azureName("vault", words, "estate")).toHaveLength(24);
  expect(azureName("vault", words, "estate")).not.toBe(azureName("vault", others, "estate"));
  expect(azureName("storage", ["My_Store"], "estate")).toMatch(/^stmystore[0-9a-f]{5}$/);
  expect(stableUuid(["a", "b"])).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
