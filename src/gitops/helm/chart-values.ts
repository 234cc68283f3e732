import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { ABSENT, type AssignedValue, type ValueOverride } from "./assigned-value.ts";
import type { ValuePath } from "./value-names.ts";

/** The values that the chart comes with: every default, and the maps that the others are set in. */
export function defaultValues(values: readonly AssignedValue[]): JsonObject {
  const root: Record<string, unknown> = {};
  for (const { path, byDefault } of values) {
    const map = mapAt(root, path.slice(0, -1));
    if (byDefault !== ABSENT) map[path.at(-1) ?? ""] = byDefault;
  }
  return root;
}

/** One file of values: what one environment, ring, region, cluster or place sets. */
export interface ValuesFile {
  readonly axis: ValueOverride["axis"];
  readonly name: string;
  readonly values: JsonObject;
}

/** The files that are not empty. */
export function valuesFiles(values: readonly AssignedValue[]): readonly ValuesFile[] {
  const files = new Map<string, { axis: ValueOverride["axis"]; name: string; values: Record<string, unknown> }>();
  for (const { path, overrides } of values) {
    for (const { axis, name, value } of overrides) {
      const key = `${axis}/${name}`;
      const file = files.get(key) ?? { axis, name, values: {} };
      files.set(key, file);
      mapAt(file.values, path.slice(0, -1))[path.at(-1) ?? ""] = value === ABSENT ? null : value;
    }
  }
  return [...files.values()];
}

function mapAt(root: Record<string, unknown>, path: ValuePath): Record<string, unknown> {
  let map = root;
  for (const key of path) {
    const inner = map[key];
    const next: Record<string, unknown> = isJsonObject(inner) ? { ...inner } : {};
    map[key] = next;
    map = next;
  }
  return map;
}
