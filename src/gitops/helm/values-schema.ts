import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { ValueEncoding } from "./value-encoding.ts";
import type { ValuePath } from "./value-names.ts";

/** A value with what it may be; the switches of objects are booleans. */
export interface SchemaValue {
  readonly path: ValuePath;
  readonly encoding: ValueEncoding | "switch";
}

interface SchemaNode {
  readonly properties: Map<string, SchemaNode>;
  leaf: JsonObject | undefined;
}

/** JSON schema of the values: no others are taken, so that a misspelt one fails before anything is delivered. */
export function valuesSchema(title: string, values: readonly SchemaValue[]): JsonObject {
  const root: SchemaNode = { properties: new Map(), leaf: undefined };
  for (const { path, encoding } of values) {
    let node = root;
    for (const key of path) {
      const next = node.properties.get(key) ?? { properties: new Map(), leaf: undefined };
      node.properties.set(key, next);
      node = next;
    }
    node.leaf = encoding === "switch" ? { type: "boolean" } : leafSchema(encoding);
  }
  const schema = schemaOf(root);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title,
    ...schema,
    // Helm adds it to the values of every chart.
    properties: { ...(schema["properties"] as JsonObject), global: { type: "object" } },
  };
}

function schemaOf({ properties, leaf }: SchemaNode): JsonObject {
  if (leaf !== undefined) return leaf;
  const sorted = [...properties].sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(sorted.map(([key, node]) => [key, schemaOf(node)])),
  };
}

function leafSchema({ types, isBoxed, isOptional }: ValueEncoding): JsonObject {
  if (isBoxed) {
    const list = { type: isOptional ? ["array", "null"] : "array", minItems: 1, maxItems: 1 };
    return { ...list, description: "A list of one, which replaces rather than merges." };
  }
  const allowed = isOptional ? [...types, "null"] : types;
  return { type: allowed.length === 1 ? allowed[0] : allowed };
}
