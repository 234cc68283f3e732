import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import {
  givenClaim,
  givenContainer,
  givenDataStore,
  givenEstate,
  givenWorkload,
} from "../../scheduling/testing/given-estate.ts";
import { workloadChanges } from "./workload-changes.ts";

function replicaChanges(workloads: readonly Workload[], given: Partial<Estate> = {}) {
  return workloadChanges({
    estate: givenEstate({ workloads, ...given }),
    environments: new Set(["prod"]),
    workloads: new Set(workloads.map(({ id }) => id)),
    stores: new Set(),
    services: new Set(),
    nearestRegion: () => undefined,
  }).filter(({ kind }) => kind === "replicas");
}

function running(image: string) {
  return [{ ...givenContainer(), image }];
}

/** A volume of the pod, written to at `mountPath`. */
function withVolume(name: string, source: JsonObject, mountPath: string, kind = "Deployment"): Workload {
  const containers = [givenContainer("app", { volumeMounts: [{ name: "files", mountPath }] })];
  return givenWorkload({ name, kind, containers, podSpec: { volumes: [{ name: "files", ...source }] } });
}

describe("one more replica", () => {
  test.each([
    ["an image of a cache, on an emptyDir", givenWorkload({ name: "cart", containers: running("redis:alpine") })],
    ["an image of a database", givenWorkload({ name: "db", containers: running("docker.io/bitnami/postgresql:16") })],
    ["an image by digest", givenWorkload({ name: "db", containers: running("mongo@sha256:00") })],
    ["a StatefulSet of a broker", givenWorkload({ name: "q", kind: "StatefulSet", containers: running("rabbitmq:3") })],
    ["a claim", givenWorkload({ name: "web", claims: [givenClaim("data", 1)] })],
    ["a path of the node", withVolume("web", { hostPath: { path: "/srv/data" } }, "/data")],
  ])("is not offered for what keeps data: %s", (_, workload) => {
    expect(replicaChanges([workload])).toEqual([]);
  });

  test("is not offered for what a DataStore is declared to be held by", () => {
    const workload = givenWorkload({ name: "own" });
    const held = givenDataStore("own", "statefulSet", { workload: "shop/Deployment/own" });
    expect(replicaChanges([workload], { dataStores: [held] })).toEqual([]);
    expect(replicaChanges([workload])).toHaveLength(1);
  });

  test.each([
    ["an emptyDir that is written to", withVolume("web", { emptyDir: {} }, "/data"), /volume of its own \(files\)/],
    ["a StatefulSet without volumes", givenWorkload({ name: "web", kind: "StatefulSet" }), /is a StatefulSet/],
  ])("has a condition where pods may keep data: %s", (_, workload, caveat) => {
    const [change] = replicaChanges([workload]);
    expect(change?.caveat).toMatch(caveat);
  });

  test.each([
    ["no volume", givenWorkload({ name: "web" })],
    ["scratch space", withVolume("web", { emptyDir: {} }, "/tmp")],
    ["a volume in memory", withVolume("web", { emptyDir: { medium: "Memory" } }, "/data")],
    ["an exporter beside a cache", givenWorkload({ name: "x", containers: running("oliver006/redis_exporter:v1") })],
  ])("has none where pods keep nothing: %s", (_, workload) => {
    expect(replicaChanges([workload]).map(({ caveat }) => caveat)).toEqual([undefined]);
  });

  test("of all that run alone leaves out what may keep data", () => {
    const plain = ["web", "api"].map((name) => givenWorkload({ name }));
    const others = [
      givenWorkload({ name: "cart", containers: running("redis:alpine") }),
      withVolume("files", { emptyDir: {} }, "/data"),
    ];
    const all = replicaChanges([...plain, ...others]).find(({ id }) => id === "replicas/all");
    expect(all?.touches).toEqual(plain.map(({ id }) => id).toSorted());
    expect(replicaChanges([...plain.slice(1), ...others]).find(({ id }) => id === "replicas/all")).toBeUndefined();
  });
});
