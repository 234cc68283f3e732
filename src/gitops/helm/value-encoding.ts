import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import { ABSENT } from "./assigned-value.ts";
import type { ChartField } from "./chart-field.ts";

/** How a field stands in the values and in the template. */
export interface ValueEncoding {
  /** A list of one: Helm merges maps of several files and takes null for "remove", but never looks into lists. */
  readonly isBoxed: boolean;
  /** All that places have there are collections, which read better as YAML. */
  readonly isCollection: boolean;
  readonly isOptional: boolean;
  /** JSON types of what places have there, sorted. */
  readonly types: readonly string[];
}

export function encodingOf({ values, isOptional }: ChartField): ValueEncoding {
  const present = values.filter((value) => value !== undefined);
  const maps = present.filter(isJsonObject);
  const [first] = maps;
  const isMixed = maps.length > 0 && maps.length < present.length;
  const differ = first !== undefined && maps.some((map) => !equalValues(map, first));
  return {
    isBoxed: isMixed || differ || present.includes(null),
    isCollection: present.every((value) => isFilled(value)),
    isOptional,
    types: [...new Set(present.map(jsonType))].sort(),
  };
}

/** What the values hold for it. */
export function encoded(value: unknown, { isBoxed }: ValueEncoding): unknown {
  if (value === undefined) return ABSENT;
  return isBoxed ? [value] : value;
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : isJsonObject(value) && Object.keys(value).length > 0;
}

function jsonType(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}
