import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { YamlDocument } from "../sources/yaml-document.ts";
import { readObjects } from "./read-objects.ts";

function document(value: unknown, index = 0): YamlDocument {
  return {
    source: "in.yaml",
    index,
    value,
    locate: (path) => ({ precision: "exact", source: `in.yaml#/${path.join("/")}`, line: index + 1, column: 1 }),
    scalarText: () => undefined,
  };
}

const config = (name: string) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name } });

describe("readObjects", () => {
  test("keeps the order of documents and of list items, and the place of each field", () => {
    const list = {
      apiVersion: "v1",
      kind: "List",
      items: [config("b"), { apiVersion: "v1", kind: "List", items: [config("c")] }],
    };
    const { objects, diagnostics } = readObjects([document(config("a")), document(list, 1), document(config("d"), 2)]);
    expect(diagnostics).toEqual([]);
    expect(objects.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
    expect(objects[2]?.locate(["metadata", "name"]).source).toBe("in.yaml#/items/1/items/0/metadata/name");
  });

  test("gives items of a typed list the kind that the list names", () => {
    const { objects } = readObjects([
      document({ apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleList", items: [{ metadata: { name: "r" } }] }),
    ]);
    expect(objects.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
      "rbac.authorization.k8s.io/v1 Role",
    ]);
  });

  test("keeps kinds that nobody knows, also those that end in List without items", () => {
    const { objects } = readObjects([
      document({ apiVersion: "a.example/v1", kind: "AllowList", metadata: { name: "x" }, spec: {} }),
      document({ apiVersion: "a.example/v1", kind: "Thing", metadata: { name: "y", namespace: "n" } }),
    ]);
    expect(objects.map(({ kind, namespace }) => [kind, namespace])).toEqual([
      ["AllowList", undefined],
      ["Thing", "n"],
    ]);
  });

  test("sets documents of Scantling and OpenSLO apart, also inside a list", () => {
    const slo = { apiVersion: "openslo/v1", kind: "SLO", metadata: { name: "s" } };
    const tenant = { apiVersion: "scantling/v1alpha1", kind: "Tenant", metadata: { name: "t" } };
    const reading = readObjects([document(slo), document({ apiVersion: "v1", kind: "List", items: [tenant] }, 1)]);
    expect(reading.objects).toEqual([]);
    expect(reading.scantlingDocuments.map(({ value }) => value)).toEqual([slo, tenant]);
    expect(reading.scantlingDocuments[1]?.locate(["spec"]).source).toBe("in.yaml#/items/0/spec");
  });

  test.each([
    ["a text", "hello", "EST-300"],
    ["a list", [config("a")], "EST-300"],
    ["neither apiVersion nor kind", { replicaCount: 3 }, "EST-301"],
    ["no kind", { apiVersion: "v1", metadata: { name: "a" } }, "EST-302"],
    ["an apiVersion that is a number", { apiVersion: 1, kind: "Pod", metadata: { name: "a" } }, "EST-302"],
    ["no name", { apiVersion: "v1", kind: "Pod" }, "EST-303"],
    ["metadata that is a list", { apiVersion: "v1", kind: "Pod", metadata: [] }, "EST-303"],
    ["a kustomization", { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization" }, "EST-304"],
    ["items that are no list", { apiVersion: "v1", kind: "List", items: { a: 1 } }, "EST-305"],
  ])("reports %s with its place", (_what, value, code) => {
    const { objects, diagnostics } = readObjects([document(value)]);
    expect(objects).toEqual([]);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(diagnostics[0]?.place?.source).toMatch(/^in\.yaml/);
  });

  test("takes a list of any length", () => {
    const list = { apiVersion: "v1", kind: "List", items: Array.from({ length: 300_000 }, () => config("a")) };
    expect(readObjects([document(list)]).objects).toHaveLength(300_000);
  });

  test("passes over empty documents in silence", () => {
    expect(readObjects([document(null), document(undefined)])).toEqual({
      objects: [],
      scantlingDocuments: [],
      diagnostics: [],
    });
  });

  test("never throws, and loses nothing: every document is an object, set apart, a diagnostic, or an empty list", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (values) => {
        const { objects, scantlingDocuments, diagnostics } = readObjects(values.map((value) => document(value)));
        const nothing = values.filter((value) => value === null).length;
        expect(objects.length + scantlingDocuments.length + diagnostics.length).toBe(values.length - nothing);
      }),
    );
  });
});
