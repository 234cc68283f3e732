import { expect, test } from "vitest";
import { formatPlace } from "../sources/place.ts";
import { complaints, givenTexts } from "../testing/given-texts.ts";

const text = `apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: prod}
spec:
  sku: Base
  supportPlan: AKSLongTermSupport
  network: {authorizedRanges: [203.0.113.0/24], natGateway: {sku: Standard, zones: ["1"]}}
  identity: {azureRbac: true}
  monitoring: {controlPlaneLogs: [kube-audit-admin]}
  backup: {enabled: true, namespaces: [shop], lastRestoreDrill: "2026-05-01", drillEvery: 2160h}
  autoscaler: {expander: least-waste}
  vcpuQuotas: {standardDDSv5Family: 200}
  nodePools:
    - name: system
      subnet: nodes
      hostEncryption: true
      upgrade: {maxUnavailable: 1, undrainableNodeBehavior: Cordon}
      linux: {podMaxPids: 1024, containerLogMaxSizeMiB: 50}
`;

function given() {
  const estate = givenTexts({ "prod.yaml": text });
  const [cluster] = estate.clusters;
  const [pool] = cluster?.nodePools ?? [];
  return { estate, cluster, pool };
}

test("reads how a cluster is kept up", () => {
  const { estate, cluster } = given();
  // There are no manifests, and that is all.
  expect(complaints(estate)).toEqual(["EST-241"]);
  expect(cluster).toMatchObject({
    sku: "Base",
    supportPlan: "AKSLongTermSupport",
    network: { authorizedRanges: ["203.0.113.0/24"], natGateway: { sku: "Standard", zones: ["1"] } },
    identity: { azureRbac: true },
    monitoring: { controlPlaneLogs: ["kube-audit-admin"] },
    backup: { namespaces: ["shop"], lastRestoreDrill: "2026-05-01", drillEverySeconds: 90 * 24 * 3600 },
    autoscaler: { expander: "least-waste" },
    vcpuQuotas: { standardDDSv5Family: 200 },
  });
});

test("reads what is set on the nodes of a pool", () => {
  expect(given().pool).toMatchObject({
    subnet: "nodes",
    hostEncryption: true,
    upgrade: { maxUnavailable: "1", undrainableNodeBehavior: "Cordon" },
    linux: { podMaxPids: 1024, containerLogMaxSizeMiB: 50, sysctls: {} },
  });
});

test("what is left out is absent, not assumed", () => {
  const { cluster, pool } = given();
  expect(Object.keys(cluster ?? {})).not.toContain("nodeAutoProvisioning");
  expect(Object.keys(pool ?? {})).not.toContain("podSubnet");
});

test("parts know which fields their document states, and where", () => {
  const { cluster, pool } = given();
  expect(cluster?.declared?.states(["tier"])).toBe(false);
  expect(cluster?.declared?.states(["identity", "azureRbac"])).toBe(true);
  expect(pool?.declared?.path).toEqual(["spec", "nodePools", 0]);
  const place = pool?.declared?.locate(["hostEncryption"]);
  expect(place === undefined ? "" : formatPlace(place)).toBe("prod.yaml:16:7");
});
