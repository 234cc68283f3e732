import { describe, expect, test } from "vitest";
import { buildKustomization } from "./build-kustomization.ts";

const widget = `apiVersion: example.com/v1
kind: Widget
metadata: {name: w, labels: {a/b: x}}
spec: {list: [a, b, c], map: {k: v, n: null}, num: 1.50}
`;

function patched(operation: string, field = "patches") {
  return buildKustomization(
    ".",
    new Map([
      ["kustomization.yaml", `resources: [w.yaml]\n${field}: [{path: p.yaml, target: {kind: Widget, name: w}}]`],
      ["w.yaml", widget],
      ["p.yaml", `- ${operation}\n`],
    ]),
  );
}

/** Each outcome was seen with kubectl 1.35 (Kustomize 5.7.1). */
describe("operations", () => {
  test.each<[string, readonly string[]]>([
    ["{op: add, path: /spec/list/1, value: z}", ["a", "z", "b", "c"]],
    ["{op: add, path: /spec/list/3, value: z}", ["a", "b", "c", "z"]],
    ["{op: add, path: /spec/list/-, value: z}", ["a", "b", "c", "z"]],
    ["{op: add, path: /spec/list/-1, value: z}", ["a", "b", "c", "z"]],
    ["{op: add, path: /spec/list/-4, value: z}", ["z", "a", "b", "c"]],
    ["{op: add, path: /spec/list/+1, value: z}", ["a", "z", "b", "c"]],
    ["{op: replace, path: /spec/list/-1, value: z}", ["a", "b", "z"]],
    ["{op: remove, path: /spec/list/-1}", ["a", "b"]],
    ["{op: move, from: /spec/list/0, path: /spec/list/2}", ["b", "c", "a"]],
  ])("%s", (operation, list) => {
    const { objects, diagnostics } = patched(operation);
    expect(diagnostics).toEqual([]);
    expect(objects[0]?.value.spec).toMatchObject({ list });
  });

  test.each<[string, object]>([
    ["{op: replace, path: /spec/new, value: 1}", { spec: { new: 1 } }],
    ["{op: add, path: /spec/map/new}", { spec: { map: { new: null } } }],
    ["{op: replace, path: /spec/map/k}", { spec: { map: { k: null } } }],
    ["{op: copy, from: /spec/absent, path: /spec/copy}", { spec: { copy: null } }],
    ["{op: copy, from: /spec/list/-1, path: /spec/copy}", { spec: { copy: "c" } }],
    ["{op: move, from: /spec/map, path: /spec/moved}", { spec: { moved: { k: "v", n: null } } }],
    ["{op: replace, path: /metadata/labels/a~1b, value: yes}", { metadata: { labels: { "a/b": true } } }],
    ["{op: add, path: /metadata/annotations/x, value: 1.50}", { metadata: { annotations: { x: "1.5" } } }],
    ["{op: replace, path: /spec/num, value: 0644}", { spec: { num: 420 } }],
    ["{op: test, path: /spec/num, value: 1.5}", { spec: { num: 1.5 } }],
    ["{op: test, path: /spec/absent, value: null}", { spec: { num: 1.5 } }],
    ["{op: replace, path: /kind, value: Gadget}", { kind: "Gadget" }],
  ])("%s", (operation, expected) => {
    const { objects, diagnostics } = patched(operation);
    expect(diagnostics).toEqual([]);
    expect(objects[0]?.value).toMatchObject(expected);
  });

  test.each([
    "{op: add, path: /spec/list/4, value: z}",
    "{op: add, path: /spec/list/-5, value: z}",
    "{op: add, path: /spec/list/x, value: z}",
    "{op: add, path: /spec/list/1e0, value: z}",
    "{op: add, path: /spec/new/x, value: 1}",
    "{op: add, path: /spec/num/x, value: 1}",
    "{op: replace, path: /spec/list/3, value: z}",
    "{op: remove, path: /spec/list/3}",
    "{op: remove, path: /spec/absent}",
    "{op: remove, path: /metadata/name}",
    "{op: test, path: /spec/map/k, value: w}",
    "{op: move, from: /spec/map, path: /spec/map/x}",
    "{op: Replace, path: /spec/num, value: 2}",
    "{op: copy, path: /spec/x}",
  ])("%s does not apply, and the resource stays as it was", (operation) => {
    const { objects, diagnostics } = patched(operation);
    expect(diagnostics.map(({ code }) => code)).toEqual(["EST-116"]);
    expect(objects[0]?.value).toEqual({
      apiVersion: "example.com/v1",
      kind: "Widget",
      metadata: { name: "w", labels: { "a/b": "x" } },
      spec: { list: ["a", "b", "c"], map: { k: "v", n: null }, num: 1.5 },
    });
  });

  test("the older field finds no annotations where the manifest has none", () => {
    const { diagnostics } = patched("{op: add, path: /metadata/annotations/x, value: y}", "patchesJson6902");
    expect(diagnostics.map(({ code }) => code)).toEqual(["EST-122", "EST-116"]);
  });
});
