import { expect, test } from "vitest";
import { kustomizePatch } from "./kustomize-patch.ts";

const web = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  namespace: undefined,
  name: "web",
  value: {
    spec: {
      replicas: 1,
      template: { spec: { containers: [{ name: "a" }, { name: "b" }], tolerations: [{ key: "x" }] } },
    },
  },
};
const pod = ["spec", "template", "spec"];

test("fields are merged by the names of containers, taken away with null", () => {
  const patch = kustomizePatch(web, [
    { path: [...pod, "containers", 1, "securityContext", "runAsNonRoot"], value: true },
    { path: [...pod, "containers", 1, "securityContext", "privileged"], value: false },
    { path: ["spec", "replicas"], value: undefined },
  ]);
  expect(patch).toEqual({
    form: "strategicMerge",
    value: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web" },
      spec: {
        replicas: null,
        template: { spec: { containers: [{ name: "b", securityContext: { runAsNonRoot: true, privileged: false } }] } },
      },
    },
  });
});

test("what merging would not give is an operation on a position", () => {
  const patch = kustomizePatch(web, [
    { path: [...pod, "tolerations", 1], value: { key: "y" } },
    { path: [...pod, "tolerations", 0, "key"], value: "z" },
    { path: [...pod, "securityContext", "runAsNonRoot"], value: true },
    { path: [...pod, "securityContext", "runAsUser"], value: 1 },
    { path: ["metadata", "annotations", "a.b/c~d"], value: "e" },
    { path: ["spec", "replicas"], value: undefined },
  ]);
  expect(patch).toEqual({
    form: "json",
    value: [
      { op: "add", path: "/spec/template/spec/tolerations/-", value: { key: "y" } },
      { op: "replace", path: "/spec/template/spec/tolerations/0/key", value: "z" },
      { op: "add", path: "/spec/template/spec/securityContext", value: { runAsNonRoot: true } },
      { op: "add", path: "/spec/template/spec/securityContext/runAsUser", value: 1 },
      { op: "add", path: "/metadata", value: { annotations: { "a.b/c~d": "e" } } },
      { op: "remove", path: "/spec/replicas" },
    ],
  });
});
