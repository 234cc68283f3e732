import { asText, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";

/** A scalar of an object with the way to it, as data and as text with list items by name. */
export interface FlatField {
  readonly path: FieldPath;
  readonly value: unknown;
}

/**
 * Every scalar (and empty list or mapping) of a value by a path in words: `spec.template.spec.containers[web].image`. Items
 * of lists go by `name` or `key` where they have one, so that an item more does not shift the others.
 */
export function flattenObject(value: unknown): ReadonlyMap<string, FlatField> {
  const fields = new Map<string, FlatField>();
  collect(value, "", [], fields);
  return fields;
}

function collect(value: unknown, text: string, path: FieldPath, fields: Map<string, FlatField>): void {
  if (Array.isArray(value) && value.length > 0) {
    const items: readonly unknown[] = value;
    items.forEach((item, index) => {
      collect(item, `${text}[${itemName(item) ?? String(index)}]`, [...path, index], fields);
    });
    return;
  }
  if (isJsonObject(value) && Object.keys(value).length > 0) {
    for (const [key, entry] of Object.entries(value)) {
      collect(entry, text === "" ? key : `${text}.${key}`, [...path, key], fields);
    }
    return;
  }
  fields.set(text, { path, value });
}

function itemName(item: unknown): string | undefined {
  if (!isJsonObject(item)) return undefined;
  return asText(item["name"]) ?? asText(item["key"]) ?? asText(item["mountPath"]);
}
