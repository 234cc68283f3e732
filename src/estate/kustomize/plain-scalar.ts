import { resolvePlainScalar } from "../sources/resolve-scalar.ts";
import type { FieldNode, MapNode, ScalarNode } from "./field-node.ts";
import type { FieldOrigin } from "./field-origin.ts";

/** What a text means when it is written into YAML 1.2 without quotes. */
export function plainScalarNode(text: string, origin: FieldOrigin): ScalarNode {
  const value = resolvePlainScalar(text);
  const isText =
    (typeof value === "boolean" && !/^(?:true|false)$/i.test(text)) ||
    (typeof value === "number" && !Number.isFinite(value));
  return { kind: "scalar", value: isText ? text : value, text, quoted: false, origin };
}

/**
 * A copy whose scalars are written as Go writes JSON data into YAML: `1.50` as 1.5, and quotes only where a text would
 * otherwise be something else. What a resource looks like after a JSON patch.
 */
export function canonicalCopy<Node extends FieldNode>(node: Node): Node;
export function canonicalCopy(node: FieldNode): FieldNode {
  switch (node.kind) {
    case "scalar":
      return canonicalScalar(node);
    case "list":
      return { kind: "list", items: node.items.map((item) => canonicalCopy(item)), origin: node.origin };
    case "map": {
      const copy: MapNode = { kind: "map", fields: new Map(), origin: node.origin };
      for (const [key, field] of node.fields) copy.fields.set(key, canonicalCopy(field));
      return copy;
    }
  }
}

function canonicalScalar({ value, origin }: ScalarNode): ScalarNode {
  const quoted = typeof value === "string" && typeof resolvePlainScalar(value) !== "string";
  return { kind: "scalar", value, text: value === null ? "null" : String(value), quoted, origin };
}
