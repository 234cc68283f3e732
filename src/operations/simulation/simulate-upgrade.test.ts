import { describe, expect, test } from "vitest";
import { auditEstate } from "../../audit/audit-estate.ts";
import { disruptionBudgetAllowsEviction } from "../../audit/rules/AVL-003/rule.ts";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { givenTexts } from "../../estate/testing/given-texts.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { simulateUpgrade } from "./simulate-upgrade.ts";
import { UpgradeReplaySchema, upgradeReplayMatches } from "./simulate-upgrade-schema.ts";

function estateWith(budget: string, replicas: number, upgrade = "") {
  return givenTexts({
    "estate.yaml": `apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: main}
spec:
  region: westeurope
  kubernetesVersion: "1.34"
  nodePools:
    - {name: system, mode: System, vmSize: Standard_D4s_v5, zones: ["1", "2", "3"], count: 3${upgrade}}
`,
    "web.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1", resources: {requests: {cpu: 200m, memory: 256Mi}}}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, ${budget}}
`,
  });
}

describe("the same answer as audit rule AVL-003", () => {
  test.each([
    ["minAvailable: 1", 1],
    ["minAvailable: 1", 2],
    ["minAvailable: 50%", 3],
    ["minAvailable: 90%", 3],
    ["minAvailable: 100%", 4],
    ["maxUnavailable: 0", 4],
    ["maxUnavailable: 0%", 2],
    ["maxUnavailable: 1%", 2],
    ["minAvailable: 5", 2],
  ])("%s of %d replicas", (budget, replicas) => {
    const estate = estateWith(budget, replicas);
    const { findings } = auditEstate(estate, placeWorkloads(estate, defaultCatalog), defaultCatalog, {
      rules: [disruptionBudgetAllowsEviction],
      today: "2026-11-22",
      texts: new Map(),
    });
    const isBlocked = findings.some(({ message }) => message.includes("allows no eviction"));
    const [upgrade] = simulateUpgrade(estate, defaultCatalog, { nodes: "planned" }).upgrades;
    expect(upgrade?.blockingBudgets.length).toBe(isBlocked ? 1 : 0);
    expect(upgrade?.outcome).toBe(isBlocked ? "failed" : "finished");
  });
});

test("durations, hours and cost of extra nodes are figures with their reasons", () => {
  const report = simulateUpgrade(estateWith("maxUnavailable: 1", 2), defaultCatalog, { nodes: "planned" });
  expect(upgradeReplayMatches).toBe(true);
  expect(UpgradeReplaySchema.parse(report)).toEqual(report);
  const [upgrade] = report.upgrades;
  expect(upgrade).toMatchObject({ pool: "system", settings: { surge: 1, batch: 1 }, outcome: "finished" });
  const seconds = upgrade?.seconds ?? 0;
  expect(upgrade?.duration.result).toEqual({ kind: "exact", value: Math.round((seconds / 3600) * 1e4) / 1e4 });
  expect(upgrade?.surgeCost.result.kind).toBe("exact");
  expect(upgrade?.surgeCost.reasons.map(({ kind }) => kind)).toEqual(["formula", "fact", "figure"]);
});

test("a surge of the command line stands instead of the declared one", () => {
  const estate = estateWith("maxUnavailable: 1", 2, ', upgrade: {maxSurge: "1", drainTimeout: 10m, soakDuration: 2m}');
  const declared = simulateUpgrade(estate, defaultCatalog, { nodes: "planned" }).upgrades[0];
  const given = simulateUpgrade(estate, defaultCatalog, { nodes: "planned", maxSurge: "100%" }).upgrades[0];
  expect(declared?.settings).toMatchObject({ surge: 1, drainTimeoutSeconds: 600, soakSeconds: 120 });
  expect(given?.settings).toMatchObject({ surge: 3, batch: 3 });
  expect(given?.seconds).toBeLessThan(declared?.seconds ?? 0);
});

test("a surge that is none, a pool that is not there, are diagnosed", () => {
  const estate = estateWith("maxUnavailable: 1", 2);
  const codes = (options: { readonly maxSurge?: string; readonly pool?: string }) =>
    simulateUpgrade(estate, defaultCatalog, { nodes: "planned", ...options })
      .diagnostics.filter(({ severity }) => severity === "error")
      .map(({ code, hint }) => [code, hint]);
  expect(codes({ maxSurge: "some" })).toEqual([["EST-685", 'Write maxSurge as 2 or as "33%".']]);
  expect(codes({ pool: "sytem" })).toEqual([["EST-682", "Did you mean system?"]]);
});
