import { describe, expect, it } from "vitest";
import { isRemote, referencedPaths } from "./referenced-paths.ts";

function references(path: string, text: string): readonly string[] {
  return referencedPaths(path, text).map(({ use, path: target }) => `${use} ${target}`);
}

describe("referencedPaths", () => {
  it("follows every field of a kustomization that names files or folders", () => {
    const text = `
resources: [../../base, deployment.yaml, ./sub/]
bases: [../old]
components: [../components/tls]
transformers: [labels.yaml]
generators: [gen.yaml]
validators: [check.yaml]
crds: [crd.json]
configurations: [config.yaml]
openapi: {path: schema.json}
patchesStrategicMerge:
  - patch-1.yaml
  - |-
    kind: Deployment
    metadata: {name: inline}
patches:
  - path: patch-2.yaml
  - patch: |-
      - op: remove
        path: /spec
    target: {kind: Deployment}
patchesJson6902:
  - {path: patch-3.json, target: {kind: Deployment, name: a}}
replacements:
  - path: replacement.yaml
  - {source: {kind: ConfigMap}, targets: []}
configMapGenerator:
  - {name: a, files: [app.properties, key=conf/app.ini], envs: [a.env], env: b.env, literals: [x=y]}
secretGenerator:
  - {name: b, files: [tls.crt]}
helmGlobals: {chartHome: ./my-charts}
helmCharts:
  - {name: redis, valuesFile: redis.yaml, additionalValuesFiles: [more.yaml]}
`;
    expect(references("apps/overlays/dev/kustomization.yaml", text)).toStrictEqual([
      "resource apps/base",
      "resource apps/overlays/dev/deployment.yaml",
      "resource apps/overlays/dev/sub",
      "resource apps/overlays/old",
      "resource apps/overlays/components/tls",
      "resource apps/overlays/dev/labels.yaml",
      "resource apps/overlays/dev/gen.yaml",
      "resource apps/overlays/dev/check.yaml",
      "file apps/overlays/dev/crd.json",
      "file apps/overlays/dev/config.yaml",
      "file apps/overlays/dev/patch-1.yaml",
      "file apps/overlays/dev/patch-2.yaml",
      "file apps/overlays/dev/patch-3.json",
      "file apps/overlays/dev/replacement.yaml",
      "file apps/overlays/dev/app.properties",
      "file apps/overlays/dev/conf/app.ini",
      "file apps/overlays/dev/a.env",
      "file apps/overlays/dev/b.env",
      "file apps/overlays/dev/tls.crt",
      "file apps/overlays/dev/schema.json",
      "chart apps/overlays/dev/my-charts/redis",
      "file apps/overlays/dev/redis.yaml",
      "file apps/overlays/dev/more.yaml",
    ]);
  });

  it("knows the three names of a kustomization, and no other", () => {
    const text = "resources: [a.yaml]";
    expect(references("kustomization.yml", text)).toStrictEqual(["resource a.yaml"]);
    expect(references("x/Kustomization", text)).toStrictEqual(["resource x/a.yaml"]);
    expect(references("x/other.yaml", text)).toStrictEqual([]);
  });

  it("follows Scantling documents among others in one file", () => {
    const text = `
apiVersion: scantling/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  manifests:
    default: ../apps/shop/base
    prod: {chart: ./charts/shop, values: [./values-prod.yaml], release: shop}
---
apiVersion: apps/v1
kind: Deployment
spec: {manifests: {default: ./no}}
---
apiVersion: scantling/v1alpha1
kind: LoadProfile
spec: {series: {file: ./load/web.csv}}
---
apiVersion: scantling/v1alpha1
kind: Application
spec: {manifests: ./plain}
`;
    expect(references("estate/shop.yaml", text)).toStrictEqual([
      "folder apps/shop/base",
      "chart estate/charts/shop",
      "file estate/values-prod.yaml",
      "file estate/load/web.csv",
      "folder estate/plain",
    ]);
    expect(references("-", text)[0]).toBe("folder ../apps/shop/base");
  });

  it.each([
    "https://github.com/org/repo//base?ref=v1",
    "github.com/org/repo/base",
    "git@github.com:org/repo.git",
    "git::https://example.com/x",
    "ssh://git@example.com/x",
    "example.com/org/repo//base?ref=main",
    "oci://registry/x",
  ])("leaves %s alone", (address) => {
    expect(isRemote(address)).toBe(true);
    expect(references("kustomization.yaml", `resources: ["${address}"]`)).toStrictEqual([]);
  });

  it.each(["../base", "github.com.yaml", "git/base", "a b/c", "./x?y", "https"])("takes %s for a path", (path) => {
    expect(isRemote(path)).toBe(false);
  });

  it.each([
    "",
    "resources: 3",
    "resources: [1, null, {a: b}, '']",
    "patches: [x, {path: 3}]",
    "configMapGenerator: [{files: [3]}]",
    "openapi: x",
    "helmCharts: [x]",
    "- a",
    "resources: [",
    "\0",
  ])("finds nothing in %j", (text) => {
    expect(references("kustomization.yaml", text)).toStrictEqual([]);
  });

  it("takes every folder that {cluster} may stand for", () => {
    const manifests = "{dev: '../clusters/{cluster}/apps', prod: {chart: ../chart, values: ['values/{cluster}.yaml']}}";
    expect(
      references("estate/a.yaml", `apiVersion: scantling/v1alpha1\nkind: Application\nspec: {manifests: ${manifests}}`),
    ).toStrictEqual(["folder clusters", "chart chart", "folder estate/values"]);
  });

  it.each([
    "spec: 3",
    "spec: {manifests: 3}",
    "spec: {manifests: {default: 3}}",
    "spec: {manifests: {default: {chart: 3, values: x}}}",
  ])("finds nothing in an Application with %s", (spec) => {
    expect(references("a.yaml", `apiVersion: scantling/v1alpha1\nkind: Application\n${spec}`)).toStrictEqual([]);
  });
});
