import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { FieldChange } from "./document-change.ts";

/**
 * The changes that turn one mapping into another, field by field at its first level, so that what stays the same is not
 * touched: fields that are set in the order of the new mapping, then those that are taken away.
 */
export function fieldChanges(before: JsonObject, after: JsonObject, at: FieldPath): readonly FieldChange[] {
  const removed = Object.keys(before).filter((key) => before[key] !== undefined && after[key] === undefined);
  const set = Object.entries(after).filter(([key, value]) => value !== undefined && !equalValues(before[key], value));
  return [
    ...set.map(([key, value]) => ({ path: [...at, key], value })),
    ...removed.map((key) => ({ path: [...at, key], value: undefined })),
  ];
}
