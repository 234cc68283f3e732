import { expect, test } from "vitest";
import { defaultCatalog } from "../../../catalog/default-catalog.ts";
import { loadEstate } from "../../../estate/load-estate.ts";
import { memorySources } from "../../../estate/sources/memory-sources.ts";
import { readClusterStore } from "./read-cluster-store.ts";

const manifests = (skuName: string, maxShares: string, accessMode: string) => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: pair}
provisioner: disk.csi.azure.com
parameters: {skuName: ${skuName}, maxShares: "${maxShares}"}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec: {storageClassName: pair, volumeMode: Block, accessModes: [${accessMode}], resources: {requests: {storage: 256Gi}}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: db, image: "db:1", volumeDevices: [{name: data, devicePath: /dev/data}]}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
`;

test.each([
  ["Premium_ZRS", "2", "ReadWriteMany", "sharedZrs"],
  ["Premium_LRS", "2", "ReadWriteMany", "sharedLrs"],
  ["Premium_ZRS", "1", "ReadWriteMany", "zrs"],
  ["Premium_LRS", "2", "ReadWriteOnce", "lrs"],
])("a claim of %s with %s shares, %s, is on a %s disk", (skuName, maxShares, accessMode, disk) => {
  const estate = loadEstate(memorySources({ "db.yaml": manifests(skuName, maxShares, accessMode) }));
  const [workload] = estate.workloads;
  expect(workload && readClusterStore(workload, estate, defaultCatalog)).toMatchObject({ disk, replicates: false });
});
