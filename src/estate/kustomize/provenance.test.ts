import { describe, expect, test } from "vitest";
import type { FieldPath } from "../sources/yaml-document.ts";
import { buildKustomization } from "./build-kustomization.ts";

const base = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    app: web
spec:
  replicas: 1
  selector:
    matchLabels:
      app: web
  template:
    spec:
      containers:
        - name: web
          image: nginx:1
          env:
            - name: MODE
              value: fast
        - name: sidecar
          image: proxy:1
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  ports: [{port: 80}]
`;

const patch = `# a comment
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: first
          image: busybox
        - name: web
          resources:
            limits:
              memory: 1Gi
          env:
            - name: LEVEL
              value: high
`;

const kustomization = `namespace: shop
resources:
  - ../base
patches:
  - path: patch.yaml
  - target: {kind: Service}
    patch: |-
      # why
      - op: add
        path: /spec/type
        value: LoadBalancer
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        minReadySeconds: 5
  - patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {paused: true}}'
labels:
  - pairs:
      team: shop
    includeSelectors: true
images:
  - name: nginx
    newTag: "2"
replicas:
  - name: web
    count: 4
commonAnnotations:
  note: hello
configMapGenerator:
  - name: settings
    literals:
      - A=1
    files:
      - app.txt
    envs:
      - settings.env
replacements:
  - source: {kind: Service, name: web, fieldPath: "spec.ports.0.port"}
    targets:
      - select: {kind: Deployment}
        fieldPaths: [spec.template.metadata.annotations.port]
        options: {create: true}
`;

const texts = new Map([
  ["base/kustomization.yaml", "resources: [objects.yaml]\n"],
  ["base/objects.yaml", base],
  ["overlay/kustomization.yaml", kustomization],
  ["overlay/patch.yaml", patch],
  ["overlay/app.txt", "hello\n"],
  ["overlay/settings.env", "# first\nHOST=db\n"],
]);

const { objects, diagnostics } = buildKustomization("overlay", texts);

/** File and text at the place of a field. */
function placeIn(kind: string, path: FieldPath): readonly [source: string, text: string] {
  const object = objects.find((candidate) => candidate.kind === kind);
  if (object === undefined) throw new Error(`there is no ${kind}`);
  const { source, line = 0, column = 0, precision } = object.locate(path);
  expect(precision).toBe("exact");
  const text = texts.get(source)?.split("\n")[line - 1] ?? "";
  return [source, text.slice(column - 1)];
}

const containers = ["spec", "template", "spec", "containers"] as const;

describe("each field knows the text that set it", () => {
  test("the build has nothing to say", () => {
    expect(diagnostics).toEqual([]);
  });

  const overlay = "overlay/kustomization.yaml";

  test.each<[string, FieldPath, string, string]>([
    ["the object itself", [], "base/objects.yaml", "apiVersion: apps/v1"],
    ["a field of the base", ["kind"], "base/objects.yaml", "kind: Deployment"],
    ["a name that a patch only repeats", ["metadata", "name"], "base/objects.yaml", "name: web"],
    ["the namespace", ["metadata", "namespace"], overlay, "namespace: shop"],
    ["a label of the base", ["metadata", "labels", "app"], "base/objects.yaml", "app: web"],
    ["an added label", ["metadata", "labels", "team"], overlay, "team: shop"],
    ["an added selector", ["spec", "selector", "matchLabels", "team"], overlay, "team: shop"],
    ["a common annotation", ["metadata", "annotations", "note"], overlay, "note: hello"],
    ["replicas", ["spec", "replicas"], overlay, "count: 4"],
    ["the image of a moved container", [...containers, 1, "image"], overlay, 'newTag: "2"'],
    ["the name of a moved container", [...containers, 1, "name"], "base/objects.yaml", "name: web"],
    ["a container of the patch", [...containers, 0], "overlay/patch.yaml", "name: first"],
    ["a field of it", [...containers, 0, "image"], "overlay/patch.yaml", "image: busybox"],
    ["a merged field", [...containers, 1, "resources", "limits", "memory"], "overlay/patch.yaml", "memory: 1Gi"],
    ["an item that the patch puts first", [...containers, 1, "env", 0, "value"], "overlay/patch.yaml", "value: high"],
    ["the item of the base behind it", [...containers, 1, "env", 1, "value"], "base/objects.yaml", "value: fast"],
    ["an untouched container", [...containers, 2, "image"], "base/objects.yaml", "image: proxy:1"],
    ["an inline patch in a block", ["spec", "minReadySeconds"], overlay, "minReadySeconds: 5"],
    [
      "an inline patch in quotes",
      ["spec", "paused"],
      overlay,
      "patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {paused: true}}'",
    ],
    [
      "a replacement, at its source",
      ["spec", "template", "metadata", "annotations", "port"],
      "base/objects.yaml",
      "port: 80}]",
    ],
    ["a missing field, at its nearest ancestor", ["spec", "selector", "absent", 3], "base/objects.yaml", "selector:"],
  ])("%s", (_what, path, source, text) => {
    expect(placeIn("Deployment", path)).toEqual([source, text]);
  });

  test("a JSON patch inside the kustomization", () => {
    expect(placeIn("Service", ["spec", "type"])).toEqual([overlay, "value: LoadBalancer"]);
    expect(placeIn("Service", ["spec", "ports", 0, "port"])).toEqual(["base/objects.yaml", "port: 80}]"]);
  });

  test("generated entries", () => {
    expect(placeIn("ConfigMap", [])).toEqual([overlay, "name: settings"]);
    expect(placeIn("ConfigMap", ["metadata", "name"])).toEqual([overlay, "name: settings"]);
    expect(placeIn("ConfigMap", ["data", "A"])).toEqual([overlay, "A=1"]);
    expect(placeIn("ConfigMap", ["data", "app.txt"])).toEqual(["overlay/app.txt", "hello"]);
    expect(placeIn("ConfigMap", ["data", "HOST"])).toEqual(["overlay/settings.env", "HOST=db"]);
  });
});

test("the place of a fault inside an inline patch is exact", () => {
  const broken = buildKustomization(
    ".",
    new Map([
      ["kustomization.yaml", "resources: [a.yaml]\npatches:\n  - patch: |-\n      apiVersion: v1\n      kind: [\n"],
      ["a.yaml", base],
    ]),
  );
  expect(broken.diagnostics[0]?.place).toMatchObject({ source: "kustomization.yaml", precision: "exact" });
  expect(broken.diagnostics[0]?.place?.line).toBeGreaterThanOrEqual(5);
});

test("a broken patch file is reported where it is broken, and the rest is evaluated", () => {
  const broken = buildKustomization(
    ".",
    new Map([
      ["kustomization.yaml", "namespace: shop\nresources: [a.yaml]\npatches: [{path: p.yaml}]\n"],
      ["a.yaml", base],
      ["p.yaml", "a: b\n\tc: d\n"],
    ]),
  );
  expect(broken.diagnostics.map(({ code, place }) => [code, place?.source, place?.line])).toEqual([
    ["EST-002", "p.yaml", 2],
    ["EST-113", "kustomization.yaml", 3],
  ]);
  expect(broken.objects.map(({ namespace }) => namespace)).toEqual(["shop", "shop"]);
});
