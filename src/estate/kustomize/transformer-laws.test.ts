import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../kubernetes/kubernetes-object.ts";
import { buildKustomization } from "./build-kustomization.ts";

const name = fc
  .stringMatching(/^[a-z][a-z0-9]{0,5}$/)
  .filter((text) => !["y", "n", "no", "on", "yes", "off", "null"].includes(text));
const kinds = [
  "Deployment",
  "StatefulSet",
  "Service",
  "ConfigMap",
  "ServiceAccount",
  "ClusterRole",
  "Namespace",
] as const;
const apiVersions: { readonly [kind: string]: string } = {
  Deployment: "apps/v1",
  StatefulSet: "apps/v1",
  ClusterRole: "rbac.authorization.k8s.io/v1",
};

const object = fc
  .record({ kind: fc.constantFrom(...kinds), name, namespace: fc.option(name, { nil: undefined }) })
  .map(({ kind, name: objectName, namespace }) => ({
    apiVersion: apiVersions[kind] ?? "v1",
    kind,
    metadata: { name: objectName, ...(namespace === undefined ? {} : { namespace }) },
  }));

/** Objects that stay apart when namespaces are taken away. */
const objects = fc.uniqueArray(object, { selector: ({ kind, metadata }) => `${kind}/${metadata.name}`, maxLength: 8 });

function build(input: readonly unknown[], ...layers: readonly JsonObject[]): readonly JsonObject[] {
  const texts = new Map([["0/objects.json", input.map((item) => JSON.stringify(item)).join("\n---\n")]]);
  layers.forEach((layer, index) => {
    const resources = index === 0 ? ["objects.json"] : [`../${index - 1}`];
    texts.set(`${index}/kustomization.yaml`, JSON.stringify({ resources, ...layer }));
  });
  const { objects: built, diagnostics } = buildKustomization(String(layers.length - 1), texts);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return built.map(({ value }) => value);
}

describe("laws of transformers", () => {
  test("setting a namespace twice is setting it once", () => {
    fc.assert(
      fc.property(objects, name, (input, namespace) => {
        fc.pre(input.filter(({ kind }) => kind === "Namespace").length <= 1);
        expect(build(input, { namespace }, { namespace })).toEqual(build(input, { namespace }));
      }),
    );
  });

  test("labels and annotations set twice are set once", () => {
    fc.assert(
      fc.property(objects, fc.dictionary(name, name, { minKeys: 1, maxKeys: 3 }), (input, pairs) => {
        const layer = { labels: [{ pairs, includeSelectors: true }], commonAnnotations: pairs };
        expect(build(input, layer, layer)).toEqual(build(input, layer));
      }),
    );
  });

  test("two prefixes are one", () => {
    fc.assert(
      fc.property(objects, name, name, (input, inner, outer) => {
        expect(build(input, { namePrefix: inner }, { namePrefix: outer })).toEqual(
          build(input, { namePrefix: outer + inner }),
        );
      }),
    );
  });

  test("a suffix and a prefix do not care which comes first", () => {
    fc.assert(
      fc.property(objects, name, name, (input, namePrefix, nameSuffix) => {
        expect(build(input, { namePrefix }, { nameSuffix })).toEqual(build(input, { nameSuffix }, { namePrefix }));
      }),
    );
  });

  test("a strategic merge patch applied twice is applied once", () => {
    const containers = fc.uniqueArray(fc.record({ name, image: name }), {
      selector: (container) => container.name,
      maxLength: 4,
    });
    const spec = (list: readonly unknown[]) => ({ template: { spec: { containers: list } } });
    fc.assert(
      fc.property(containers, containers, (base, changed) => {
        const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" } };
        const patch = JSON.stringify({ ...deployment, spec: spec(changed) });
        const once = { patches: [{ patch }] };
        const input = [{ ...deployment, spec: spec(base) }];
        const [first] = build(input, once);
        expect(build(input, once, once)).toEqual([first]);
        const names = new Set([...base, ...changed].map((container) => container.name));
        expect(JSON.stringify(first).match(/"image"/g) ?? []).toHaveLength(names.size);
      }),
    );
  });
});
