import { expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { givenTexts } from "../../estate/testing/given-texts.ts";
import { simulateFailure, simulateTraceFailure } from "./simulate-failure.ts";
import { FailureReplaySchema, failureReplayMatches } from "./simulate-failure-schema.ts";

/** Three nodes in three zones; `web` fills half of each, `db` has a disk in its zone. */
const estate = givenTexts({
  "estate.yaml": `apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: main}
spec:
  region: westeurope
  kubernetesVersion: "1.34"
  nodePools:
    - {name: system, mode: System, vmSize: Standard_D4s_v5, zones: ["1", "2", "3"], count: 3}
---
apiVersion: scantling/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  namespace: shop
  manifests: {default: ./shop.yaml}
  entryPoints: [{name: web, workload: shop/Deployment/web, exposure: public}]
  journeys: [{name: checkout, entryPoint: web, through: [shop/StatefulSet/db]}]
`,
  "shop.yaml": `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: one-zone}
provisioner: disk.csi.azure.com
parameters: {skuName: Premium_LRS}
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      topologySpreadConstraints:
        - {topologyKey: topology.kubernetes.io/zone, maxSkew: 1, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: web}}}
      containers:
        - {name: web, image: "web:1", resources: {requests: {cpu: 1500m, memory: 1Gi}}, volumeMounts: [{name: cache, mountPath: /data}]}
      volumes: [{name: cache, emptyDir: {}}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  replicas: 1
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: db, image: "db:1", resources: {requests: {cpu: 500m, memory: 1Gi}}, volumeMounts: [{name: data, mountPath: /var/lib/db}]}]
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {storageClassName: one-zone, accessModes: [ReadWriteOnce], resources: {requests: {storage: 8Gi}}}
`,
});

test("an estate: the zone with the disk takes the journey down, others leave nothing pending or harmed for good", () => {
  const report = simulateFailure(estate, defaultCatalog, { nodes: "planned" });
  expect(failureReplayMatches).toBe(true);
  expect(FailureReplaySchema.parse(report)).toEqual(report);
  const [cluster] = report.clusters;
  expect(cluster).toMatchObject({ cluster: "main", nodes: 3, pendingBefore: [] });
  const zones = (cluster?.failures ?? []).filter(({ kind }) => kind === "zone");
  expect(zones).toHaveLength(3);
  const down = zones.filter(({ journeys }) => journeys.some(({ effect }) => effect === "down"));
  expect(down).toMatchObject([
    {
      lostData: [
        { volume: "cache", kind: "emptyDir", loss: "destroyed", pods: 1 },
        { volume: "data-db-0", kind: "zonalDisk", loss: "outOfReach", pods: 1 },
      ],
    },
  ]);
  expect(cluster?.failures[0]).toMatchObject({ kind: "pool", pendingGroups: expect.anything() as object });
});

test("the same estate gives the same bytes", () => {
  const run = () => JSON.stringify(simulateFailure(estate, defaultCatalog, { nodes: "planned" }));
  expect(run()).toBe(run());
});

test("nothing is answered for a name that no cluster has", () => {
  const targets = { nodes: ["system-9"], pools: [], zones: [] };
  const report = simulateFailure(estate, defaultCatalog, { nodes: "planned", targets });
  expect(report.clusters).toEqual([]);
  expect(report.diagnostics.filter(({ severity }) => severity === "error")).toMatchObject([
    { code: "EST-682", hint: "Did you mean system-0?" },
  ]);
});

test("a table without rows says that there is nothing to lose", () => {
  const report = simulateTraceFailure(
    { source: "nodes.csv", text: "name,cpu_milli,memory_mib\n" },
    { source: "pods.csv", text: "name,cpu_milli,memory_mib\np,1,1\n" },
  );
  expect(report.clusters).toMatchObject([{ nodes: 0, pendingBefore: ["default/p"], failures: [] }]);
  expect(report.diagnostics.map(({ code }) => code)).toContain("EST-683");
});
