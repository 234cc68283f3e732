import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { DeliveryUnit } from "../delivery/delivery-unit.ts";
import { factorUnit } from "../factoring/factor-unit.ts";
import { kustomizePackaging } from "./kustomize-packaging.ts";
import { verifyKustomize } from "./verify-kustomize.ts";

function configMap(name: string, data: JsonObject, namespace = "shop"): JsonObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data };
}

function unitOf(...perPlace: readonly (readonly JsonObject[])[]): DeliveryUnit {
  const places = ["dev weu dev-weu", "prod neu prod-neu", "prod weu prod-weu"].map((place) => place.split(" "));
  return {
    tree: "apps",
    name: "shop",
    namespace: "shop",
    tenant: "retail",
    dependsOn: [],
    leaves: perPlace.map((objects, index) => {
      const [environment = "", region = "", cluster = ""] = places[index] ?? [];
      return { environment, ring: undefined, region, cluster, objects };
    }),
  };
}

const filesOf = (unit: DeliveryUnit) =>
  new Map(
    kustomizePackaging()
      .files([factorUnit(unit)])
      .map(({ path, text }) => [path, text]),
  );

describe("the Kustomize form of a unit", () => {
  test("one object a file, a component for what differs, a leaf with one base", () => {
    const files = filesOf(
      unitOf([configMap("a", { x: "1" })], [configMap("a", { x: "2" })], [configMap("a", { x: "2" })]),
    );
    expect([...files.keys()].sort()).toEqual([
      "apps/shop/base/configmap-a.yaml",
      "apps/shop/base/kustomization.yaml",
      "apps/shop/components/env/dev/configmap-a.patch.yaml",
      "apps/shop/components/env/dev/kustomization.yaml",
      "clusters/dev-weu/apps/shop/kustomization.yaml",
      "clusters/prod-neu/apps/shop/kustomization.yaml",
      "clusters/prod-weu/apps/shop/kustomization.yaml",
    ]);
    expect(files.get("apps/shop/components/env/dev/configmap-a.patch.yaml")).toBe(
      '- op: replace\n  path: /data/x\n  value: "1"\n',
    );
    expect(files.get("clusters/dev-weu/apps/shop/kustomization.yaml")).toBe(
      "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\ncomponents:\n  - ../../../../apps/shop/components/env/dev\nresources:\n  - ../../../../apps/shop/base\n",
    );
  });

  test("a target is a whole name, whatever its dots would match", () => {
    const place = (x: string) => [configMap("a.b", { x }), configMap("acb", { x: "1" })];
    const files = filesOf(unitOf(place("1"), place("2"), place("2")));
    expect(files.get("apps/shop/components/env/dev/kustomization.yaml")).toContain('name: "a\\\\.b"');
  });

  test("objects of one name in two namespaces have files of their own", () => {
    const files = filesOf(unitOf([configMap("a", { x: "1" }), configMap("a", { x: "2" }, "other")]));
    expect([...files.keys()].filter((path) => path.startsWith("apps/shop/base/configmap"))).toEqual([
      "apps/shop/base/configmap-other-a.yaml",
      "apps/shop/base/configmap-shop-a.yaml",
    ]);
  });

  test("a file that is not what it should be is found", () => {
    const unit = unitOf([configMap("a", { x: "1" })], [configMap("a", { x: "2" })], [configMap("a", { x: "2" })]);
    const files = kustomizePackaging().files([factorUnit(unit)]);
    expect(verifyKustomize([unit], files)).toEqual([]);
    const broken = files.map((file) => ({ ...file, text: file.text.replace('value: "1"', 'value: "3"') }));
    expect(verifyKustomize([unit], broken).map(({ code }) => code)).toEqual(["EST-954"]);
    const missed = files.map((file) => ({
      ...file,
      text: file.text.replace("name: a\n      namespace: shop", "name: b\n      namespace: shop"),
    }));
    expect(verifyKustomize([unit], missed)[0]?.message).toMatch(/patch|differs/);
  });

  test("every leaf of arbitrary units builds to its objects", () => {
    const text = fc.constantFrom("1", "yes", "a: b", "x\ny\n", "", "~1/~0", "$(x)");
    const spec = fc.dictionary(
      fc.constantFrom("a", "b/c", "d~e", "f.g", "items"),
      fc.oneof(
        text,
        fc.array(text, { maxLength: 3 }),
        fc.integer(),
        fc.boolean(),
        fc.dictionary(fc.constantFrom("p", "q"), text),
      ),
      { maxKeys: 4 },
    );
    const place = fc.record({ web: fc.option(spec), api: fc.option(spec) });
    fc.assert(
      fc.property(fc.tuple(place, place, place), (places) => {
        const objectsOf = (contents: (typeof places)[number]) =>
          Object.entries(contents).flatMap(([name, each]): JsonObject[] =>
            each === null
              ? []
              : [{ apiVersion: "example.com/v1", kind: "Thing", metadata: { name, namespace: "shop" }, spec: each }],
          );
        const unit = unitOf(...places.map(objectsOf));
        expect(verifyKustomize([unit], kustomizePackaging().files([factorUnit(unit)]))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
