import { describe, expect, test } from "vitest";
import { stateOf } from "./testing/place-yaml.ts";

describe("volumes", () => {
  test("claim templates are one a replica, claims by name are resolved", () => {
    const text = `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: a}]
      volumes:
        - {name: shared, persistentVolumeClaim: {claimName: shared}}
        - {name: gone, persistentVolumeClaim: {claimName: gone}}
        - {name: scratch, ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 1Gi}}}}}}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {storageClassName: managed-csi, accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: shared}
spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 5Gi}}, storageClassName: ""}
`;
    const { workloads, claims, diagnostics } = stateOf(text);
    expect(workloads[0]?.claims).toMatchObject([
      {
        name: "data",
        storageClassName: "managed-csi",
        accessModes: ["ReadWriteOnce"],
        sizeBytes: 10 * 2 ** 30,
        perReplica: true,
      },
      {
        name: "shared",
        storageClassName: "",
        accessModes: ["ReadWriteMany"],
        sizeBytes: 5 * 2 ** 30,
        perReplica: false,
      },
      { name: "gone", sizeBytes: undefined, perReplica: false },
      { name: "scratch", sizeBytes: 2 ** 30, perReplica: true },
    ]);
    expect(claims.map(({ id }) => id)).toEqual(["prod/weu/shop/PersistentVolumeClaim/shared"]);
    expect(diagnostics).toMatchObject([{ code: "EST-323", place: { line: 13 } }]);
  });
});
