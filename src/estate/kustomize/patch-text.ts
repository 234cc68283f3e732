import { isJsonObject } from "../kubernetes/json-value.ts";
import { type FieldNode, readNode } from "./field-node.ts";
import { childOrigin, type FieldOrigin, rootOrigin } from "./field-origin.ts";
import { originDocument, type PlacedReading } from "./placed-reading.ts";
import { canonicalCopy } from "./plain-scalar.ts";
import { readResources } from "./read-resources.ts";
import type { Resource } from "./resource.ts";

/** One operation of a JSON patch (RFC 6902). */
export interface PatchOperation {
  readonly op: string;
  readonly path: string;
  readonly from: string | undefined;
  readonly value: FieldNode | undefined;
  readonly origin: FieldOrigin;
}

/** What the text of a patch turned out to be. `reason` is a clause. */
export type PatchContent =
  | { readonly kind: "strategicMerge"; readonly patches: readonly Resource[] }
  | { readonly kind: "json"; readonly operations: readonly PatchOperation[] }
  | { readonly kind: "invalid"; readonly reason: string; readonly origin: FieldOrigin | undefined };

/** Reads a patch: a list is a JSON patch, one or more resources are strategic merge patches. */
export function readPatchText(reading: PlacedReading): PatchContent {
  const [first] = reading.documents;
  if (reading.diagnostics.some(({ severity }) => severity === "error")) {
    return { kind: "invalid", reason: "its text cannot be read", origin: undefined };
  }
  if (first === undefined) return { kind: "invalid", reason: "it is empty", origin: undefined };
  const origin = rootOrigin(originDocument(reading, first));
  if (Array.isArray(first.value)) return readOperations(first.value, origin);
  const { resources, faults } = readResources(reading);
  const [fault] = faults;
  if (fault !== undefined) {
    const reason = `it is no list of JSON patch operations and, as a strategic merge patch, ${fault.reason}`;
    return { kind: "invalid", reason, origin: fault.origin };
  }
  if (resources.length === 0) return { kind: "invalid", reason: "it is empty", origin };
  return { kind: "strategicMerge", patches: resources };
}

function readOperations(items: readonly unknown[], root: FieldOrigin): PatchContent {
  if (items.length === 0) return { kind: "invalid", reason: "it has no operations", origin: root };
  const operations: PatchOperation[] = [];
  for (const [index, item] of items.entries()) {
    const origin = childOrigin(root, index);
    const operation = isJsonObject(item) ? readOperation(item, origin) : undefined;
    if (operation === undefined) {
      const reason = `operation ${index + 1} is no mapping with the texts "op" and "path"`;
      return { kind: "invalid", reason, origin };
    }
    operations.push(operation);
  }
  return { kind: "json", operations };
}

function readOperation(item: { readonly [key: string]: unknown }, origin: FieldOrigin): PatchOperation | undefined {
  const { op, path, from } = item;
  if (typeof op !== "string" || typeof path !== "string") return undefined;
  if (from !== undefined && typeof from !== "string") return undefined;
  const value = "value" in item ? canonicalCopy(readNode(item.value, childOrigin(origin, "value"))) : undefined;
  return { op, path, from, value, origin };
}
