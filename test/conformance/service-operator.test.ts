import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { loadAll } from "js-yaml";
import { beforeAll, describe, expect, test } from "vitest";
import { readSources } from "../../src/adapters/filesystem/read-sources.ts";
import { equalValues } from "../../src/estate/kubernetes/equal-values.ts";
import type { JsonObject } from "../../src/estate/kubernetes/kubernetes-object.ts";
import { loadEstate } from "../../src/estate/load-estate.ts";
import { cloudGraph } from "../../src/gitops/cloud/graph/cloud-graph.ts";
import type { CloudResource, ResourceGraph } from "../../src/gitops/cloud/graph/resource-graph.ts";
import { operatorObjects } from "../../src/gitops/cloud/service-operator/operator-objects.ts";
import { readServiceOperator } from "../../src/gitops/cloud/service-operator/read-service-operator.ts";
import { serviceOperatorFiles } from "../../src/gitops/cloud/service-operator/service-operator-files.ts";
import { sharedFolder } from "../corpus/placed-files.ts";

/** Go's `(?i)` at the start of a pattern is a flag here. */
const regExp = Object.assign(
  (pattern: string, flags: string) =>
    pattern.startsWith("(?i)") ? new RegExp(pattern.slice("(?i)".length), `${flags}i`) : new RegExp(pattern, flags),
  { code: "new RegExp" },
);
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, code: { regExp } });

function validatorOf(group: string, kind: string, version: string): ValidateFunction | undefined {
  const file = join(sharedFolder, "schemas", group, `${kind.toLowerCase()}_${version}.json`);
  if (!existsSync(file)) return undefined;
  return ajv.getSchema(file) ?? ajv.addSchema(JSON.parse(readFileSync(file, "utf8")) as object, file).getSchema(file);
}

describe("Azure Service Operator on examples/nordwind", () => {
  let graph: ResourceGraph;
  beforeAll(async () => {
    const root = join(import.meta.dirname, "../..");
    graph = cloudGraph(loadEstate(await readSources(["examples/nordwind"], {}, { workingFolder: root }))).graph;
  });

  test("every object that has a schema is valid by it; the kinds without one are known", () => {
    const withoutSchema = new Set<string>();
    const errors: string[] = [];
    let valid = 0;
    for (const { kind, name, spec } of operatorObjects(graph).objects) {
      const validate = validatorOf(kind.group, kind.kind, kind.version);
      expect(validate !== undefined, `${kind.armType} says whether it has a schema`).toBe(kind.hasSchema);
      if (validate === undefined) {
        withoutSchema.add(`${kind.group} ${kind.kind}`);
        continue;
      }
      const object = { apiVersion: `${kind.group}/${kind.version}`, kind: kind.kind, metadata: { name }, spec };
      if (validate(object)) valid += 1;
      else errors.push(...(validate.errors ?? []).map((e) => `${kind.kind}/${name}${e.instancePath}: ${e.message}`));
    }
    expect(errors).toEqual([]);
    expect(valid).toBeGreaterThan(200);
    expect([...withoutSchema].sort()).toEqual([
      "authorization.azure.com RoleAssignment",
      "compute.azure.com DiskEncryptionSet",
      "eventhub.azure.com Namespace",
      "eventhub.azure.com NamespacesEventhub",
      "kubernetesconfiguration.azure.com Extension",
      "kubernetesconfiguration.azure.com FluxConfiguration",
    ]);
  });

  test("read back, the objects are the graph, but for what is said to be lossy", () => {
    const { gaps } = operatorObjects(graph);
    const documents = serviceOperatorFiles(graph).flatMap(({ text }) => loadAll(text) as readonly JsonObject[]);
    const { graph: read, problems } = readServiceOperator(documents);
    expect(problems).toEqual([]);
    const lost = new Set(gaps.filter(({ path }) => path === "").map(({ resource }) => resource));
    const written = graph.resources.filter(({ key }) => !lost.has(key));
    const byKey = new Map(read.resources.map((resource) => [resource.key, resource]));
    expect([...byKey.keys()].sort()).toEqual(written.map(({ key }) => key).sort());
    const differences = written.flatMap((resource) => {
      const lossy = new Set(gaps.filter((gap) => gap.resource === resource.key).map(({ path }) => path));
      return differencesOf(resource, byKey.get(resource.key), lossy);
    });
    expect(differences).toEqual([]);
  });
});

function differencesOf(written: CloudResource, read: CloudResource | undefined, lossy: ReadonlySet<string>): string[] {
  const differences: string[] = [];
  const compare = (left: unknown, right: unknown, path: string): void => {
    if (equalValues(left, right) || lossy.has(path) || lossy.has(`properties.${path}`)) return;
    // A name is written as it is; nodes of an autoscaled pool count for themselves.
    if (isMap(left) && left["output"] === "name" && typeof right === "string") return;
    if (path === "count" && right === undefined && written.properties["enableAutoScaling"] === true) return;
    if (isMap(left) && isMap(right) && !("$ref" in left)) {
      for (const key of new Set([...Object.keys(left), ...Object.keys(right)]))
        compare(left[key], right[key], path === "" ? key : `${path}.${key}`);
      return;
    }
    differences.push(`${written.key} ${path}: ${JSON.stringify(left)} is ${JSON.stringify(right)}`);
  };
  compare(written.properties, read?.properties, "");
  for (const field of ["location", "kind", "sku", "identity", "zones", "tags"] as const) {
    compare(written[field], read?.[field], field);
  }
  return differences;
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
