import { isJsonObject } from "../../estate/kubernetes/json-value.ts";

/** Scalars below a value; an empty map or list counts as one. */
export function leafFieldCount(value: unknown): number {
  const entries = Array.isArray(value) ? value : isJsonObject(value) ? Object.values(value) : [];
  return entries.length === 0 ? 1 : entries.reduce((sum: number, entry) => sum + leafFieldCount(entry), 0);
}
