import { load, loadAll } from "js-yaml";
import { expect, test } from "vitest";
import type { ManifestChange } from "../manifest-change.ts";
import { changesAsPatch } from "./changes-as-patch.ts";

const web = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "web" };
const rendered = {
  spec: {
    minReadySeconds: 5,
    template: { spec: { containers: [{ name: "proxy" }, { name: "app", image: "app:1" }] } },
  },
};

test("names the items of lists, sets, and takes away with null", () => {
  const changes: readonly ManifestChange[] = [
    {
      kind: "set",
      target: web,
      path: ["spec", "template", "spec", "containers", 1, "startupProbe"],
      value: { tcpSocket: { port: "http" } },
    },
    { kind: "remove", target: web, path: ["spec", "minReadySeconds"] },
  ];
  expect(load(changesAsPatch(changes, () => rendered))).toEqual({
    spec: {
      template: { spec: { containers: [{ name: "app", startupProbe: { tcpSocket: { port: "http" } } }] } },
      minReadySeconds: null,
    },
  });
});

test("an item beyond the end of a list is a new one", () => {
  const path = ["spec", "template", "spec", "containers", 2];
  const patch = changesAsPatch([{ kind: "set", target: web, path, value: { name: "log" } }], () => rendered);
  expect(load(patch)).toEqual({ spec: { template: { spec: { containers: [{ name: "log" }] } } } });
});

test("several objects say which they are, added ones stand whole", () => {
  const budget = { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name: "web" } };
  const changes: readonly ManifestChange[] = [
    { kind: "set", target: web, path: ["spec", "replicas"], value: 2 },
    { kind: "add", manifest: budget },
  ];
  expect(loadAll(changesAsPatch(changes, () => rendered))).toEqual([
    { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec: { replicas: 2 } },
    budget,
  ]);
});

test("texts that YAML would read as something else keep their quotes", () => {
  const patch = changesAsPatch(
    [{ kind: "set", target: web, path: ["spec", "on"], value: ["yes", "1"] }],
    () => rendered,
  );
  expect(load(patch)).toEqual({ spec: { on: ["yes", "1"] } });
});
