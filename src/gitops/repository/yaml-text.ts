import { stringify } from "yaml";
import { isJsonObject } from "../../estate/kubernetes/json-value.ts";

/** What is read first comes first; the rest is in the order of the alphabet. */
const firstKeys = ["apiVersion", "kind", "name", "namespace", "metadata"];

/**
 * Stable YAML of a value: keys sorted, no anchors, no wrapped lines, and quotes around every text that YAML 1.1 or 1.2
 * would read as something else (versions, zones, `yes`, `0644`).
 */
export function yamlText(value: unknown): string {
  return stringify(withSortedKeys(value), {
    version: "1.1",
    lineWidth: 0,
    aliasDuplicateObjects: false,
    indentSeq: true,
  });
}

/** Objects of one file, in their order. */
export function yamlDocuments(values: readonly unknown[]): string {
  return values.map(yamlText).join("---\n");
}

/** The same data with keys in the order in which files have them. */
export function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => rankOf(left) - rankOf(right) || (left < right ? -1 : 1))
      .map(([key, entry]) => [key, withSortedKeys(entry)]),
  );
}

function rankOf(key: string): number {
  const rank = firstKeys.indexOf(key);
  return rank === -1 ? firstKeys.length : rank;
}
