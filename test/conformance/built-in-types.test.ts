import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { builtInFieldTypes, builtInTypeName, type FieldType } from "../../src/estate/kubernetes/built-in-types.ts";
import { sharedFolder } from "../corpus/placed-files.ts";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: { readonly [field: string]: Schema };
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

const { definitions } = JSON.parse(readFileSync(join(sharedFolder, "schemas/kubernetes-1.34.json"), "utf8")) as {
  readonly definitions: { readonly [name: string]: Schema };
};
/** Fields that the table leaves open: what the cluster writes, not people. */
const leftOpen = new Set(["status", "managedFields"]);

function typeOf(schema: Schema): FieldType["kind"] {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/definitions/", "");
    if (name.endsWith(".Quantity")) return "quantity";
    if (name.endsWith(".IntOrString")) return "integerOrString";
    return definitions[name]?.properties === undefined ? "anything" : "named";
  }
  switch (String(schema.type)) {
    case "string":
      return "string";
    case "boolean":
      return "boolean";
    case "number":
      return "integer";
    case "array":
      return "list";
    case "object":
      return "map";
    default:
      return "anything";
  }
}

test("the table of built-in types has the fields and types of the published schema", () => {
  const names = Object.keys(definitions).flatMap((name) => {
    const short = name.replace(/^io\.k8s\.(?:api|apimachinery\.pkg\.apis)\./, "");
    return builtInFieldTypes(short) === undefined ? [] : [{ name, short }];
  });
  expect(names.length).toBeGreaterThan(350);
  for (const { name, short } of names) {
    const expected = Object.entries(definitions[name]?.properties ?? {}).map(([field, schema]) => [
      field,
      leftOpen.has(field) ? "anything" : typeOf(schema),
    ]);
    const actual = [...(builtInFieldTypes(short) ?? [])].map(([field, type]) => [field, type.kind]);
    expect(Object.fromEntries(actual), short).toEqual(Object.fromEntries(expected));
  }
});

test.each([
  ["apps/v1", "Deployment"],
  ["v1", "Service"],
  ["batch/v1", "CronJob"],
  ["networking.k8s.io/v1", "NetworkPolicy"],
  ["autoscaling/v2", "HorizontalPodAutoscaler"],
  ["policy/v1", "PodDisruptionBudget"],
  ["rbac.authorization.k8s.io/v1", "ClusterRole"],
])("%s %s is in the table", (apiVersion, kind) => {
  expect(builtInTypeName(apiVersion, kind)).toContain(kind);
});
