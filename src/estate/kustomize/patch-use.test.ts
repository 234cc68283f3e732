import { expect, test } from "vitest";
import { formatPlace } from "../sources/place.ts";
import { buildKustomization } from "./build-kustomization.ts";

const deployment = (name: string, container: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec: {template: {spec: {containers: [{name: ${container}, image: "x:1"}]}}}
`;

function patchesOf(patches: string) {
  const texts = new Map([
    ["base/kustomization.yaml", "resources: [web.yaml, api.yaml]\n"],
    ["base/web.yaml", deployment("web", "nginx")],
    ["base/api.yaml", deployment("api", "main")],
    ["prod/kustomization.yaml", `resources: [../base]\npatches:\n${patches}`],
  ]);
  return buildKustomization("prod", texts).patches;
}

test("a patch knows what it was applied to, under the names before it", () => {
  const [use] = patchesOf(`- target: {kind: Deployment}
  patch: |-
    - {op: replace, path: /spec/template/spec/containers/0/image, value: "x:2"}
    - {op: add, path: /metadata/labels, value: {tier: web}}
`);
  expect(use?.form).toBe("json");
  const containers = (use?.matched ?? []).map(({ name, itemNames }) => [
    name,
    itemNames.get("/spec/template/spec/containers/0"),
  ]);
  expect(containers).toEqual([
    ["web", "nginx"],
    ["api", "main"],
  ]);
});

test("a patch that matches nothing is kept, with its place", () => {
  const [use] = patchesOf(`- target: {kind: Deployment, name: we}
  patch: "[{op: add, path: /spec/paused, value: true}]"
`);
  expect(use?.matched).toEqual([]);
  expect(use?.target?.name).toBe("we");
  expect(use === undefined ? "" : formatPlace(use.place())).toBe("prod/kustomization.yaml:3:3");
});

test("a strategic merge patch keeps the name of its body beside a target", () => {
  const [use] = patchesOf(`- target: {kind: Deployment}
  patch: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {paused: true}}"
`);
  expect(use?.named).toBe("web");
  expect(use?.matched.map(({ name }) => name)).toEqual(["web", "api"]);
});
