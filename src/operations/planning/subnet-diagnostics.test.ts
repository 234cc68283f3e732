import { expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { defaultPolicy } from "../../planning/plan-policy.ts";
import { planStructure } from "../../planning/plan-structure.ts";
import { verifyStructure } from "../../planning/verification/verify-structure.ts";
import { givenCluster, givenEstate, givenPool, givenWorkload } from "../../scheduling/testing/given-estate.ts";
import { subnetDiagnostics } from "./subnet-diagnostics.ts";

type Plugin = ReturnType<typeof givenCluster>["network"]["plugin"];

function planned(plugin: Plugin, prefix: string, maxPods = 30) {
  const cluster = givenCluster({ nodePools: [givenPool({ mode: "System", subnet: "nodes", maxPods })] });
  const estate = givenEstate({
    clusters: [{ ...cluster, network: { ...cluster.network, name: "spoke", plugin } }],
    networks: [
      {
        name: "spoke",
        region: "westeurope",
        zone: undefined,
        addressSpace: ["10.0.0.0/8"],
        subnets: [{ name: "nodes", prefix }],
        egress: { type: undefined, allowedFqdns: [] },
      },
    ],
    workloads: [givenWorkload({ name: "web", replicas: 80, cpu: 50, memoryMiB: 64 })],
  });
  const structure = planStructure(estate, defaultCatalog, { policy: defaultPolicy, solvers: undefined });
  return verifyStructure(estate, structure, { catalog: defaultCatalog });
}

test("pods that take addresses outgrow a subnet that carries the nodes alone", () => {
  expect(subnetDiagnostics(planned("azureOverlay", "10.0.0.0/24")).map(({ code }) => code)).toEqual([]);
  expect(subnetDiagnostics(planned("azureNodeSubnet", "10.0.0.0/26")).map(({ code }) => code)).toEqual(["EST-904"]);
  expect(subnetDiagnostics(planned("azureNodeSubnet", "10.0.0.0/16")).map(({ code }) => code)).toEqual([]);
});

test("no node of the plan has more pods than its pool allows, however small they are", () => {
  const { estate, structure, holds } = planned("azureOverlay", "10.0.0.0/20", 30);
  expect(holds).toBe(true);
  for (const { pools } of structure.clusters) {
    for (const { pool, pods } of pools) {
      const own = pods.reduce((sum, { quantity }) => sum + quantity, 0);
      expect(own).toBeLessThanOrEqual(pool.minimumNodes * pool.maxPods);
    }
  }
  expect(estate.clusters.flatMap(({ nodePools }) => nodePools).every(({ subnet }) => subnet === "nodes")).toBe(true);
});
