import type { JsonObject } from "../kubernetes/kubernetes-object.ts";
import type { FieldNode, MapNode } from "./field-node.ts";

/** The nodes as plain JSON data. */
export function renderedValue(node: FieldNode): unknown {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(renderedValue);
    case "map":
      return renderedObject(node);
  }
}

export function renderedObject(node: MapNode): JsonObject {
  const value: { [key: string]: unknown } = {};
  for (const [key, field] of node.fields) {
    if (key === "__proto__") {
      Object.defineProperty(value, key, {
        value: renderedValue(field),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    } else {
      value[key] = renderedValue(field);
    }
  }
  return value;
}
