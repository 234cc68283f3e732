import { expect, test } from "vitest";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import { loadEstate } from "../estate/load-estate.ts";
import { memorySources } from "../estate/sources/memory-sources.ts";
import { placeWorkloads } from "../scheduling/place-workloads.ts";
import { assessAvailability } from "./assess-availability.ts";
import { standard } from "./testing/given-journey.ts";

const fixed = `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: shop}
spec:
  regions: [{name: westeurope, zones: ["1", "2", "3"]}]
  environments: [{name: prod, criticality: high, hours: always}]
---
apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: weu}
spec:
  region: westeurope
  environments: [prod]
  nodePools: [{name: apps, mode: System, vmSize: Standard_D4s_v5, zones: ["1", "2", "3"], count: 3}]
---
apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: retail}
spec: {owners: [{entraGroup: retail}]}
---
apiVersion: scantling/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  tenant: retail
  environments: [prod]
  namespace: shop
  manifests: {default: ./manifests}
  dependencies: [{from: shop/Deployment/web, to: shop/Deployment/orders, type: hard}]
  entryPoints: [{name: web, workload: shop/Deployment/web, exposure: public}]
  journeys: [{name: checkout, entryPoint: web}]
`;

function deployment(name: string, zone: string | undefined): string {
  const selector = zone === undefined ? "" : `      nodeSelector: {topology.kubernetes.io/zone: westeurope-${zone}}\n`;
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  replicas: 1
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
${selector}      containers: [{name: main, image: "registry.example/${name}:1.0.0", resources: {requests: {cpu: 100m, memory: 128Mi}}}]
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {type: ${name === "web" ? "LoadBalancer" : "ClusterIP"}, selector: {app: ${name}}, ports: [{port: 80, targetPort: 8080}]}
---
`;
}

function checkout(zoneOfWeb: string | undefined, zoneOfOrders: string | undefined) {
  const estate = loadEstate(
    memorySources({
      "estate.yaml": fixed,
      "manifests/shop.yaml": deployment("web", zoneOfWeb) + deployment("orders", zoneOfOrders),
    }),
  );
  expect(estate.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const report = assessAvailability(estate, placeWorkloads(estate, defaultCatalog), defaultCatalog);
  const [journey] = report.journeys;
  const { result } = journey?.unavailability ?? {};
  if (journey === undefined || result?.kind !== "exact") throw new Error(`not exact: ${JSON.stringify(result)}`);
  return { unavailability: result.value, words: journey.cutSets.map(({ words }) => words) };
}

test("single replicas held in two zones fall with either zone and either node", () => {
  const together = checkout("2", "2").unavailability;
  const apart = checkout("1", "3").unavailability;
  expect(apart - together).toBeCloseTo(standard.zone + standard.node, 5);
});

test("which of the zones holds them all does not matter", () => {
  expect(checkout("3", "3").unavailability).toBeCloseTo(checkout("1", "1").unavailability, 12);
});

test("a replica held in a zone cannot leave it, a free one can", () => {
  expect(checkout("2", "2").unavailability).toBeGreaterThan(checkout(undefined, undefined).unavailability + 3e-4);
});

test("each zone is named with the workload that it takes down", () => {
  const words = checkout("1", "3").words.join("\n");
  expect(words).toContain("web runs one replica");
  expect(words).toMatch(/web runs in zone 1 of westeurope only/);
  expect(words).toMatch(/orders runs in zone 3 of westeurope only/);
});
