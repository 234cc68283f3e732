import { expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import {
  givenCluster,
  givenEstate,
  givenObject,
  givenPlacedObject,
  givenTenant,
  givenWorkload,
} from "../../scheduling/testing/given-estate.ts";
import { describeSharing } from "../tenancy-report.ts";

const disk = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d";

/** A volume with this handle, and the claim of a tenant that names it. */
function volumeOf(tenant: string, cluster: string, volumeHandle: string): PlacedObject[] {
  const spec = { csi: { driver: "disk.csi.azure.com", volumeHandle } };
  const volume = givenObject("PersistentVolume", `${tenant}-v`, { metadata: { name: `${tenant}-v` }, spec });
  const claim = givenObject("PersistentVolumeClaim", "c", {
    metadata: { name: "c" },
    spec: { volumeName: `${tenant}-v` },
  });
  return [
    { ...givenPlacedObject(volume, { tenant, cluster }), namespace: undefined },
    givenPlacedObject(claim, { tenant, cluster, namespace: tenant }),
  ];
}

function storageBetween(clusterOfB: string, handles: readonly [string, string]) {
  const workload = (name: string, cluster: string) => {
    const base = givenWorkload({ name, namespace: name, tenant: name, cpu: 100, memoryMiB: 100 });
    return { ...base, cluster, id: base.id.replace("main", cluster) };
  };
  const estate = givenEstate({
    tenants: [givenTenant("a"), givenTenant("b", { accepts: { storage: "separate" } })],
    clusters: ["main", "other"].map((name) => givenCluster({ name })),
    workloads: [workload("a", "main"), workload("b", clusterOfB)],
    objects: [...volumeOf("a", "main", handles[0]), ...volumeOf("b", clusterOfB, handles[1])],
    complete: true,
  });
  const [pair] = describeSharing(estate, defaultCatalog).pairs;
  return pair?.layers.find(({ layer }) => layer === "storage");
}

test.each([
  ["main", [disk, disk], "shared", false],
  ["main", [disk, `${disk}2`], "bounded", false],
  ["other", [disk, disk], "shared", false],
  ["other", [disk, `${disk}2`], "separate", true],
  ["other", ["files", "files"], "unknown", "notEvaluable"],
] as const)("b on %s with volumes %j: %s", (cluster, handles, sharing, met) => {
  expect(storageBetween(cluster, handles)).toMatchObject({ sharing, met });
});

test("a cluster of its own does not part a volume that both mount", () => {
  expect(storageBetween("other", [disk, disk])?.lift).toBe("volumes and file shares of its own for b");
});
