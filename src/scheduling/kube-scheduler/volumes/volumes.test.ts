import { describe, expect, test } from "vitest";
import { createScheduler, type KubeScheduler } from "../kube-scheduler.ts";
import { schedulerVersion } from "../scheduler-version.ts";
import { addNodes, type GivenPod, readPod } from "../testing/given-cluster-objects.ts";
import { readVolumeObjects } from "./volume-objects.ts";

const zoneKey = "topology.kubernetes.io/zone";

function cluster(objects: readonly object[], minor = 34): KubeScheduler {
  const scheduler = createScheduler({ version: schedulerVersion(minor), volumes: readVolumeObjects(objects) });
  addNodes(scheduler, [
    { name: "a", zone: "z1" },
    { name: "b", zone: "z2" },
  ]);
  return scheduler;
}

function claim(name: string, more: object = {}, accessMode = "ReadWriteOnce"): object {
  return {
    kind: "PersistentVolumeClaim",
    metadata: { name, namespace: "shop" },
    spec: {
      storageClassName: "disk",
      accessModes: [accessMode],
      resources: { requests: { storage: "10Gi" } },
      ...more,
    },
  };
}

function volume(name: string, zone: string, more: object = {}, labels: object = {}): object {
  return {
    kind: "PersistentVolume",
    metadata: { name, labels },
    spec: {
      storageClassName: "disk",
      accessModes: ["ReadWriteOnce"],
      capacity: { storage: "10Gi" },
      csi: { driver: "disk.csi.azure.com" },
      nodeAffinity: {
        required: { nodeSelectorTerms: [{ matchExpressions: [{ key: zoneKey, operator: "In", values: [zone] }] }] },
      },
      ...more,
    },
  };
}

function storageClass(more: object = {}): object {
  return {
    kind: "StorageClass",
    metadata: { name: "disk" },
    provisioner: "disk.csi.azure.com",
    volumeBindingMode: "WaitForFirstConsumer",
    ...more,
  };
}

function using(name: string, ...claims: readonly string[]): GivenPod {
  return { name, spec: { volumes: claims.map((claimName) => ({ persistentVolumeClaim: { claimName } })) } };
}

function failures(scheduler: KubeScheduler, pod: GivenPod): readonly (string | undefined)[] {
  const { nodes } = scheduler.describe(readPod(scheduler, pod));
  return Object.values(nodes).map((answer) => ("fail" in answer ? `${answer.fail}: ${answer.reason[0]}` : undefined));
}

describe("volumes", () => {
  test("a bound volume admits only the nodes it reaches", () => {
    const scheduler = cluster([storageClass(), claim("data", { volumeName: "pv" }), volume("pv", "z2")]);
    expect(failures(scheduler, using("p", "data"))).toEqual([
      "VolumeBinding: node(s) didn't match PersistentVolume's node affinity",
      undefined,
    ]);
  });

  test("zone labels of a volume must hold the node's zone", () => {
    const everywhere = { nodeAffinity: undefined };
    const scheduler = cluster([
      claim("data", { volumeName: "pv" }),
      volume("pv", "", everywhere, { [zoneKey]: "z2__z3" }),
    ]);
    expect(failures(scheduler, using("p", "data"))).toEqual([
      "VolumeZone: node(s) had no available volume zone",
      undefined,
    ]);
  });

  test.each([
    ["missing", [], 'VolumeBinding: persistentvolumeclaim "data" not found'],
    [
      "bound at once and not yet bound",
      [storageClass({ volumeBindingMode: "Immediate" }), claim("data")],
      "VolumeBinding: pod has unbound immediate PersistentVolumeClaims",
    ],
    [
      "lost",
      [storageClass(), { ...claim("data", { volumeName: "gone" }), status: { phase: "Lost" } }],
      'VolumeBinding: persistentvolumeclaim "data" bound to non-existent persistentvolume "gone"',
    ],
  ])("a claim that is %s rules out every node", (_case, objects, reason) => {
    expect(failures(cluster(objects), using("p", "data"))).toEqual([reason, reason]);
  });

  test("a claim that waits takes a free volume that fits, else one is made where its topologies allow", () => {
    const allowedTopologies = [{ matchLabelExpressions: [{ key: zoneKey, values: ["z1"] }] }];
    const unbindable = "VolumeBinding: node(s) didn't find available persistent volumes to bind";
    const provisioned = cluster([storageClass({ allowedTopologies }), claim("data")]);
    expect(failures(provisioned, using("p", "data"))).toEqual([undefined, unbindable]);
    const local = { provisioner: "kubernetes.io/no-provisioner" };
    const existing = cluster([
      storageClass(local),
      claim("data"),
      volume("pv", "z2"),
      volume("small", "z1", { capacity: { storage: "1Gi" } }),
    ]);
    expect(failures(existing, using("p", "data"))).toEqual([unbindable, undefined]);
  });

  test("two claims of a pod do not take the same volume", () => {
    const local = storageClass({ provisioner: "kubernetes.io/no-provisioner" });
    const scheduler = cluster([local, claim("one"), claim("two"), volume("pv", "z1")]);
    expect(scheduler.choose(readPod(scheduler, using("p", "one", "two"))).kind).toBe("unschedulable");
    expect(scheduler.choose(readPod(scheduler, using("q", "one"))).kind).toBe("scheduled");
  });

  test("a new Azure disk ties its pod to the zone it was made in, a zone-redundant one does not", () => {
    for (const [skuName, kind] of [
      ["Premium_LRS", "unschedulable"],
      ["Premium_ZRS", "scheduled"],
    ] as const) {
      const scheduler = cluster([storageClass({ parameters: { skuName } }), claim("data")]);
      const pod = readPod(scheduler, using("p", "data"));
      expect(scheduler.schedule(pod)).toMatchObject({ node: "a" });
      scheduler.cluster.removeNode("a");
      expect(scheduler.schedule(pod).kind).toBe(kind);
    }
  });

  test("rolling back unbinds what was bound since", () => {
    const scheduler = cluster([storageClass(), claim("data")]);
    const pod = readPod(scheduler, using("p", "data"));
    const checkpoint = scheduler.cluster.checkpoint();
    scheduler.cluster.addPod(pod, "a");
    scheduler.cluster.rollback(checkpoint);
    scheduler.cluster.removeNode("a");
    expect(scheduler.schedule(pod)).toMatchObject({ kind: "scheduled", node: "b" });
  });

  test("a claim of one pod only keeps others away from 1.27", () => {
    const objects = [storageClass(), claim("data", {}, "ReadWriteOncePod")];
    for (const [minor, kind] of [
      [26, "scheduled"],
      [27, "unschedulable"],
    ] as const) {
      const scheduler = cluster(objects, minor);
      scheduler.schedule(readPod(scheduler, using("first", "data")));
      expect(scheduler.schedule(readPod(scheduler, using("second", "data"))).kind).toBe(kind);
    }
  });

  test("a node takes no more volumes of a driver than it says, the same volume counting once", () => {
    const limit = {
      kind: "CSINode",
      metadata: { name: "a" },
      spec: { drivers: [{ name: "disk.csi.azure.com", allocatable: { count: 1 } }] },
    };
    const scheduler = cluster([storageClass(), limit, claim("one"), claim("two")]);
    scheduler.cluster.addPod(readPod(scheduler, using("first", "one")), "a");
    expect(failures(scheduler, using("second", "two"))[0]).toBe("NodeVolumeLimits: node(s) exceed max volume count");
    expect(failures(scheduler, using("beside", "one"))[0]).toBeUndefined();
  });

  test("a driver that tracks room needs a capacity that reaches the node", () => {
    const capacity = {
      kind: "CSIStorageCapacity",
      storageClassName: "disk",
      capacity: "20Gi",
      nodeTopology: { matchLabels: { [zoneKey]: "z2" } },
    };
    const driver = { kind: "CSIDriver", metadata: { name: "disk.csi.azure.com" }, spec: { storageCapacity: true } };
    const scheduler = cluster([storageClass(), driver, capacity, claim("data")]);
    expect(failures(scheduler, using("p", "data"))).toEqual([
      "VolumeBinding: node(s) did not have enough free storage",
      undefined,
    ]);
  });

  test("claims of ephemeral volumes are named after the pod", () => {
    const scheduler = cluster([storageClass(), claim("p-scratch")]);
    const pod = { name: "p", spec: { volumes: [{ name: "scratch", ephemeral: {} }] } };
    expect(scheduler.choose(readPod(scheduler, pod)).kind).toBe("scheduled");
    expect(scheduler.choose(readPod(scheduler, { ...pod, name: "q" })).kind).toBe("unschedulable");
  });
});
